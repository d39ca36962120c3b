"""Every sentence the code asks for exists, is asked for with what it needs, and none stands there unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.line.counting import graphemes
from bot.wording import Wording, key_of_label, languages, sentences
from models.lifecycle import REJECTION_REASONS, TicketStatus

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("bot", "handlers", "models") for path in (ROOT / folder).rglob("*.py"))
#: What a Wording fills in by itself.
ALWAYS = {"town", "town_name"}
#: Standing labels (product), word for word.
STANDING = {
    "label.send": "ส่งเรื่อง",
    "label.send_place": "ส่งตำแหน่ง",
    "label.place_unknown": "ไม่ทราบตำแหน่ง",
    "label.change_category": "เปลี่ยนประเภท",
    "label.content": "เรียบร้อยแล้ว",
    "label.not_content": "ยังไม่เรียบร้อย",
    "label.fixed": "หายแล้ว",
    "label.review": "ขอให้ทบทวน",
    "label.cancel": "ยกเลิก",
    "label.acknowledge": "รับทราบ",
    "label.skip": "ข้าม",
    "menu.report": "แจ้งปัญหา",
    "menu.track": "ติดตามเรื่อง",
    "menu.talk": "คุยกับเจ้าหน้าที่",
    "menu.numbers": "เบอร์สำคัญ",
    "menu.near": "เรื่องใกล้ฉัน",
    "menu.language": "ภาษา/Language",
    "menu.help": "วิธีใช้",
}


def calls(source: str) -> Iterator[tuple[str, set[str] | None]]:
    """Each sentence asked for by its whole name: (key, names given), None where the names are not written out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        key = node.args[0].value
        if name == "w" and isinstance(key, str):
            given = {word.arg for word in node.keywords}
            yield key, None if None in given else {str(one) for one in given}


def blanks(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def constants(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_sentence_that_is_asked_for_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in SOURCES
        for key, _ in calls(path.read_text())
        if key not in sentences("th") or key not in sentences("en")
    }
    assert missing == set()


def test_every_sentence_gets_what_it_needs() -> None:
    wrong = []
    for path in SOURCES:
        for key, given in calls(path.read_text()):
            for language in ("th", "en"):
                needed = blanks(sentences(language).get(key, "")) - ALWAYS
                if given is not None and not needed <= given:
                    wrong.append(f"{path.relative_to(ROOT)}: {key} ({language}) needs {sorted(needed - given)}")
    assert wrong == []


def test_both_languages_want_the_same() -> None:
    th, en = sentences("th"), sentences("en")
    different = [key for key in th if blanks(th[key]) - ALWAYS != blanks(en[key]) - ALWAYS]
    assert different == []


def test_no_resident_sentence_stands_there_unused() -> None:
    said = {text for path in SOURCES for text in constants(path.read_text())}
    prefixes = ("status.", "reason.", "media.got_", "news.", "ticket.closed_", "mine.added_", "menu.", "label.")
    resident = {key for key in sentences("th") if not key.startswith(("officer.", "work.", "work_label.", "doctor."))}
    unused = {key for key in resident if key not in said and not key.startswith(prefixes)}
    assert unused == set()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_status_reason_and_outcome_has_its_words(language: str) -> None:
    w = Wording(language, town="x", town_name="x")
    for status in TicketStatus:
        assert w(f"status.{status}", owner="x")
    for reason in REJECTION_REASONS:
        assert w(f"reason.{reason}")
    for mark in ("unconfirmed", "unreachable"):
        assert w(f"ticket.closed_{mark}")
    for kind in ("image", "audio", "video", "file"):
        assert w(f"media.got_{kind}")
    for how in ("answer", "comment", "late"):
        assert w(f"mine.added_{how}", number="x")


def test_the_standing_labels_stand() -> None:
    thai = sentences("th")
    assert {key: thai[key] for key in STANDING} == STANDING
    w = Wording("th")
    assert [w("label.star" if n == 1 else "label.stars", n=n) for n in (1, 2, 5)] == ["1 ดาว", "2 ดาว", "5 ดาว"]
    assert Wording("en")("label.star", n=1) == "1 star"
    statuses = {status: thai[f"status.{status}"] for status in TicketStatus}
    assert statuses == {
        "new": "รอรับเรื่อง",
        "accepted": "รับเรื่องแล้ว",
        "planned": "มีแผนดำเนินการ",
        "in_progress": "กำลังดำเนินการ",
        "waiting": "รอข้อมูลจากผู้แจ้ง",
        "forwarded": "ส่งต่อให้ {owner} แล้ว",
        "resolved": "แก้ไขแล้ว รอผู้แจ้งยืนยัน",
        "closed": "ปิดเรื่องแล้ว",
        "reopened": "เปิดเรื่องอีกครั้ง",
        "rejected": "ยุติเรื่อง",
        "cancelled": "ผู้แจ้งยกเลิก",
        "merged": "รวมกับเรื่องเดิม",
    }


def test_a_label_is_known_in_every_language_and_by_one_name() -> None:
    for language in languages():
        labels = [value for key, value in sentences(language).items() if key.startswith(("label.", "menu."))]
        same = {value for value in labels if labels.count(value) > 1}
        assert same <= {sentences(language)["label.stars"], sentences(language)["label.to_officer_both"]}, same
    assert key_of_label(" send REPORT ") == "send"


@pytest.mark.parametrize("language", ["th", "en"])
def test_labels_fit_where_they_stand(language: str) -> None:
    too_long = {
        key: value
        for key, value in sentences(language).items()
        if key.startswith(("label.", "menu."))
        and graphemes(value) > 20
        and key not in ("label.desk_chooses", "label.to_officer_both", "label.new_question", "label.cancel_yes")
    }
    assert too_long == {}  # these stand in quick replies and rich menus; the four only on cards


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_sentence_promises_a_repair_or_takes_sides(language: str) -> None:
    said = "\n".join(sentences(language).values())
    for never in ("แก้เสร็จ", "ค่ะ", "ครับ", "กรุณา", "เรียนท่าน", "ดำเนินการแก้ไขให้แล้วเสร็จ", "delivered", "will be fixed"):
        assert never not in said, never


def test_a_missing_sentence_would_be_found() -> None:
    assert list(calls('w("a.b", n=1)\ntalk.w("c.d", **x)\nw(f"e.{x}")\nother("f.g")')) == [
        ("a.b", {"n"}),
        ("c.d", None),
    ]
    assert blanks("{town} {n}") == {"town", "n"}
