"""What people see and press: the nearest button, the mark that moves, a PC, a phone that shows pictures."""

import http.server
import threading

import pytest

from bot.simulator import CannotDo, NotSeen, RemoteLine, Simulator, Town, all_text
from bot.simulator.pictures import jpeg, with_gps
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, echo, text
from tests.unit.line_samples import quick

__all__ = ["bot", "line", "town"]


def card(number: str, *labels: str) -> dict:  # type: ignore[type-arg]
    buttons = [
        {"type": "button", "action": {"type": "postback", "label": one, "data": f"{number}/{one}"}} for one in labels
    ]
    body = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": number}, *buttons]}
    return {"type": "bubble", "body": body}


def flex(*bubbles: dict) -> dict:  # type: ignore[type-arg]
    contents = bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": list(bubbles)}
    return {"type": "flex", "altText": "เรื่อง", "contents": contents}


def choice(label: str) -> dict:  # type: ignore[type-arg]
    return {"type": "postback", "label": label, "data": f"quick/{label}", "displayText": label}


def pressed(bot: TinyBot) -> str:
    return str(bot.events[-1]["postback"]["data"])


def test_quick_replies_stand_only_under_the_newest_message(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, quick(choice("ก")), quick(choice("ข")))
    assert nok.labels() == ["ข"]
    nok.presses("ข")
    assert nok.labels() == []
    assert nok.chat[-1].text == "ข"
    bot.pushes(nok.id, quick(choice("ค")))
    nok.sends("ขอคิดก่อน")
    assert not nok.can_press("ค")


def test_a_picker_leaves_the_quick_replies_until_something_is_sent(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, quick({"type": "location", "label": "ส่งตำแหน่ง"}))
    assert nok.presses("ส่งตำแหน่ง")["opened"] == "location"
    assert nok.can_press("ส่งตำแหน่ง")
    nok.sends_place(13.98, 100.61)
    assert not nok.can_press("ส่งตำแหน่ง")
    assert nok.taps == 1


def test_the_nearest_card_is_pressed_and_an_older_one_when_named(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, flex(card("RS-6911-00001", "รับเรื่อง")))
    bot.pushes(nok.id, flex(card("RS-6911-00002", "รับเรื่อง"), card("RS-6911-00003", "รับเรื่อง", "เสร็จแล้ว")))
    nok.presses("รับเรื่อง")
    assert pressed(bot) == "RS-6911-00002/รับเรื่อง"
    nok.presses("รับเรื่อง", containing="00001")
    assert pressed(bot) == "RS-6911-00001/รับเรื่อง"
    nok.presses("รับเรื่อง", which=1)
    assert pressed(bot) == "RS-6911-00003/รับเรื่อง"
    assert nok.labels(containing="00003") == ["รับเรื่อง", "เสร็จแล้ว"]


def test_a_quick_reply_is_nearer_than_a_card(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, flex(card("RS-6911-00001", "ยกเลิก")))
    bot.pushes(nok.id, quick(choice("ยกเลิก")))
    nok.presses("ยกเลิก", where="card")
    assert pressed(bot) == "RS-6911-00001/ยกเลิก"
    nok.presses("ยกเลิก")
    assert pressed(bot) == "quick/ยกเลิก"


def test_on_a_pc_there_are_cards_but_no_quick_replies(bot: TinyBot, town: Town) -> None:
    clerk = town.person("คุณพีซี", on_pc=True)
    clerk.adds_the_account()
    bot.pushes(clerk.id, flex(card("RS-6911-00001", "รับเรื่อง")), quick(choice("ข้าม")))
    assert clerk.labels() == ["รับเรื่อง"]


def test_a_missing_button_says_what_is_there(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, quick(choice("ส่งเรื่อง")))
    with pytest.raises(CannotDo, match="ส่งเรื่อง"):
        nok.presses("เสร็จแล้ว", within=0)


def test_pressing_waits_until_the_button_is_there(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    later = threading.Timer(0.1, bot.pushes, (nok.id, quick(choice("ส่งเรื่อง"))))
    later.start()
    nok.presses("ส่งเรื่อง", within=10)
    later.join()
    assert pressed(bot) == "quick/ส่งเรื่อง"


def test_each_kind_of_action_does_what_line_does(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    keyboard = {"type": "postback", "label": "ค้นหา", "data": "s", "inputOption": "openKeyboard", "fillInText": "RS-"}
    actions = (
        {"type": "message", "label": "พูด", "text": "สวัสดี"},
        {"type": "uri", "label": "โทร", "uri": "tel:199"},
        {"type": "datetimepicker", "label": "วัน", "data": "d", "mode": "date", "initial": "2026-11-30"},
        {"type": "clipboard", "label": "คัดลอก", "clipboardText": "RS-6911-00001"},
        keyboard,
    )
    for action in actions:
        bot.pushes(nok.id, quick(action))
        nok.presses(action["label"])
    assert bot.events[1]["message"]["text"] == "สวัสดี"
    assert bot.events[2]["postback"] == {"data": "d", "params": {"date": "2026-11-30"}}
    state = nok.state
    assert (state["opened"], state["clipboard"], state["keyboard"]) == (["tel:199"], "RS-6911-00001", "RS-")


def test_seeing_moves_on_and_the_same_words_need_a_new_message(bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    nok = town.person("นก")
    nok.sends("ขยะ ซอย 46")
    first = nok.sees("ขยะ")
    assert nok.sees("ซอย 46").n == first.n
    with pytest.raises(NotSeen):
        nok.sees("ขยะ", within=0)
    nok.sends("ขยะ ซอย 47")
    assert nok.sees("ขยะ", "47").n > first.n
    assert nok.times_seen("ขยะ") == 2
    assert nok.sees("46", within=0, since=0).n == first.n
    assert nok.state["answers"] == 2


def test_never_seeing_looks_back_and_a_moment_ahead(bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    nok = town.person("นก")
    nok.sends("ขยะ")
    nok.never_sees("น้ำ", within=0)
    mark = nok.mark()
    with pytest.raises(NotSeen):
        nok.never_sees("ขยะ", within=0)
    nok.never_sees("ขยะ", within=0, since=mark)


def test_who_blocked_receives_nothing(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends("สวัสดี")
    nok.blocks_the_bot()
    assert bot.replies(bot.events[0], text("สวัสดี")).status_code == 200
    assert nok.times_seen("สวัสดี") == 0


def test_people_can_be_driven_from_another_process(line: Simulator, bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    elsewhere = RemoteLine(line.api_url)
    assert elsewhere.is_there()
    nok = elsewhere.town("rangsit").person("นก")
    nok.sends_photo(jpeg("garbage"))
    nok.sends("ขยะ")
    seen = nok.sees("ได้รับ")
    assert all_text(seen) == "ได้รับ: ขยะ"
    with pytest.raises(NotSeen):
        nok.sees("น้ำ", within=0)
    with pytest.raises(CannotDo):
        elsewhere.town("nowhere")
    assert not RemoteLine("http://127.0.0.1:9").is_there()


def test_a_phone_shows_a_picture_and_tells_a_lie_from_it(line: Simulator, bot: TinyBot, town: Town) -> None:
    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = with_gps("water") if self.path == "/media/a.jpg" else b"<html>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "image/jpeg")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    line.maps("https://bot.test", f"http://127.0.0.1:{server.server_port}")
    nok = town.person("นก")
    nok.adds_the_account()
    picture = {"type": "image", "originalContentUrl": "https://bot.test/media/a.jpg"}
    bot.pushes(nok.id, {**picture, "previewImageUrl": "https://bot.test/media/b.jpg"})
    true, lie = nok.looks_at(nok.chat[-1])
    server.shutdown()
    server.server_close()
    assert (true["is_shown"], true["pixels"], true["has_place"]) == (True, [640, 480], True)
    assert (lie["is_shown"], lie["problem"]) == (False, "not a picture")


def test_every_sample_photo_is_different() -> None:
    assert jpeg("a") == jpeg("a")
    assert len({jpeg(subject) for subject in ("a", "b", "water", "water:2", "garbage")}) == 5
