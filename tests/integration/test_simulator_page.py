"""The page of phones without a browser: its files and policy, what it may fetch, and the live news."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from bot.simulator import CannotDo, Simulator, Town
from bot.simulator.pictures import jpeg
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, echo, running, text

__all__ = ["bot", "line", "town"]

Json = dict[str, Any]


def get(line: Simulator, path: str, **more: Any) -> requests.Response:
    return requests.get(f"{line.api_url}{path}", timeout=10, **more)


def news(line: Simulator, **query: str) -> Iterator[Json]:
    """The news of the live stream, as they come."""
    with requests.get(f"{line.api_url}/web/live", params=query, stream=True, timeout=10) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        for row in response.iter_lines(chunk_size=1):
            if row.startswith(b"data: "):
                yield json.loads(row[6:])


def until(stream: Iterator[Json], part: str) -> Any:
    """The next news of this part."""
    return next(one[part] for one in stream if part in one)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/web/main.js", "text/javascript"), ("/web/page.css", "text/css")],
)
def test_the_page_is_served_under_a_policy_that_runs_nothing_from_messages(
    line: Simulator, path: str, kind: str
) -> None:
    response = get(line, path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(kind)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_itself_has_no_inline_script_or_style(line: Simulator) -> None:
    page = get(line, "/").text
    assert "<script type=\"module\" src=" in page
    assert "style=" not in page
    assert "<style" not in page
    assert "http" not in page


@pytest.mark.parametrize(
    "path", ["/web/../server.py", "/web/..%2fserver.py", "/web/secret.txt", "/web/", "/web/pages.py", "/web/none.js"]
)
def test_only_the_page_s_own_files_are_served(line: Simulator, path: str) -> None:
    prepared = requests.Request("GET", line.api_url).prepare()
    prepared.url = f"{line.api_url}{path}"
    with requests.Session() as session:
        assert session.send(prepared, timeout=10).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}],
    ids=["origin", "fetch-site", "host"],
)
def test_another_site_s_page_can_neither_look_nor_act(line: Simulator, town: Town, headers: dict[str, str]) -> None:
    assert get(line, "/", headers=headers).status_code == 403
    assert get(line, "/web/live", headers=headers).status_code == 403
    body = {"channel": "rangsit", "person": "นก", "text": "ไม่ได้พิมพ์เอง"}
    told = requests.post(f"{line.api_url}/_simulator/person/says", json=body, headers=headers, timeout=10)
    assert told.status_code == 403
    assert town.state["people"] == []


def test_whoever_looks_on_is_told_everything_once_and_then_what_changed(
    line: Simulator, bot: TinyBot, town: Town
) -> None:
    bot.on_event = echo
    nok = town.person("นก")
    nok.sends("ไฟดับ")
    nok.sees("ได้รับ")
    stream = news(line, channel="rangsit")
    first = next(stream)
    assert first["is_first"]
    assert first["line"]["channel"] == "rangsit"
    assert [one["name"] for one in first["people"]] == ["นก"]
    assert [entry["text"] for entry in first["entries"]] == ["ไฟดับ", "ได้รับ: ไฟดับ"]
    assert {one["kind"] for one in first["exchanges"]} == {"text", "reply"}
    nok.sends("น้ำไม่ไหล")
    changed = until(stream, "entries")
    assert changed[0]["text"] == "น้ำไม่ไหล"
    nok.unsends(nok.chat[0])
    assert until(stream, "entries")[0]["unsent"]
    stream.close()  # type: ignore[attr-defined]


def test_an_onlooker_gets_the_messages_of_the_chats_it_shows(line: Simulator, town: Town) -> None:
    nok, ton = town.person("นก"), town.person("ต้น")
    nok.sends("ของนก")
    ton.sends("ของต้น")
    first = next(news(line, channel="rangsit", show=nok.id))
    assert [entry["text"] for entry in first["entries"]] == ["ของนก"]
    assert {one["name"]: one["count"] for one in first["people"]} == {"นก": 1, "ต้น": 1}


def test_every_exchange_is_kept_with_its_json_its_cost_and_its_refusal(
    line: Simulator, bot: TinyBot, town: Town
) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, text("สวัสดี"))
    bot.pushes(nok.id, text(""))
    told = next(news(line, channel="rangsit"))["exchanges"]
    follow, sent, refused = told
    assert (follow["way"], follow["kind"], follow["reason"]) == ("webhook", "follow", "ok")
    assert (sent["kind"], sent["cost"], sent["chat"], sent["is_refused"]) == ("push", 1, nok.id, False)
    assert (refused["status"], refused["is_refused"], refused["cost"]) == (400, True, 0)
    whole = line.call("line/exchange", n=refused["n"])
    assert whole["request"]["messages"] == [text("")]
    assert whole["details"] == [{"message": "May not be empty", "property": "messages[0].text"}]
    assert line.call("line/exchange", n=follow["n"])["request"]["events"][0]["type"] == "follow"
    with pytest.raises(CannotDo, match="not kept"):
        line.call("line/exchange", n=10_000)


def test_a_redelivery_is_marked_as_one(line: Simulator, town: Town) -> None:
    town.person("นก").sends("ไฟดับ")
    line.redelivers()
    told = next(news(line, channel="rangsit"))["exchanges"]
    assert [one["is_redelivery"] for one in told] == [False, True]


def test_pictures_of_a_bot_on_this_machine_are_handed_through_and_nothing_else_is_fetched(
    line: Simulator, bot: TinyBot, town: Town
) -> None:
    asked = "/web/picture"
    with running(bot) as webhook:
        line.maps("https://bot.test", webhook.removesuffix("/line/rangsit/webhook"))
        assert get(line, asked, params={"address": "https://bot.test/no-picture"}).status_code == 502
    assert get(line, asked, params={"address": "http://127.0.0.1:1/x.jpg"}).status_code == 404
    assert get(line, asked, params={"address": "https://never-sent.example/x.jpg"}).status_code == 404
    assert get(line, asked, params={"address": "file:///etc/passwd"}).status_code == 404
    line.maps("https://pictures.test", line.api_url)
    shown = get(line, asked, params={"address": "https://pictures.test/web/sample?subject=water"})
    assert shown.status_code == 200
    assert shown.content == jpeg("water")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_a_person_sent_is_shown_until_it_is_unsent(line: Simulator, town: Town) -> None:
    nok = town.person("นก")
    said = nok.sends_photo(jpeg("water"))
    asked = {"channel": "rangsit", "id": said.id}
    assert get(line, "/web/content", params=asked).content == jpeg("water")
    nok.unsends(said)
    assert get(line, "/web/content", params=asked).status_code == 404
    assert get(line, "/web/menu", params=asked).status_code == 404


def test_a_file_is_never_shown_as_a_page(line: Simulator, town: Town) -> None:
    said = town.person("นก").sends_file(b"<script>alert(1)</script>", name="a.html")
    shown = get(line, "/web/content", params={"channel": "rangsit", "id": said.id})
    assert shown.headers["Content-Type"] == "application/octet-stream"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
