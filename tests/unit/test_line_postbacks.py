"""Buttons are signed: nobody makes one of his own, and a genuine one is read as it was made."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.line.postbacks import LIMIT, read, sign
from bot.line.signature import is_genuine

KEY = b"k" * 40


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=8), st.integers() | st.text(min_size=1, max_size=12), max_size=3
    )
)
def test_a_signed_button_is_read_as_it_was_made(args: dict[str, int | str]) -> None:
    args = {name: value for name, value in args.items() if not isinstance(value, str) or value.isprintable()}
    try:
        data = sign("mine.cancel", args, KEY, "rangsit")
    except (ValueError, UnicodeEncodeError):
        return  # too long, or no text at all
    assert len(data) <= LIMIT
    assert data.isascii()
    press = read(data, KEY, "rangsit")
    assert press.is_genuine
    assert press.action == "mine.cancel"
    assert press.args == {name: str(value) for name, value in args.items()}


def test_too_much_for_a_button_is_a_bug_and_said_at_once() -> None:
    with pytest.raises(ValueError, match="longer than 300"):
        sign("mine.cancel", {"x": "ก" * 60}, KEY, "rangsit")


@pytest.mark.parametrize(
    "data", ["", ".", "x", "mine.cancel?ticket=1", ".mine.cancel?ticket=1", "ก.mine", "\x00.x?y=1"]
)
def test_what_we_did_not_sign_is_not_genuine_and_says_nothing(data: str) -> None:
    press = read(data, KEY, "rangsit")
    assert (press.is_genuine, press.args) == (False, {})


def test_another_key_another_town_and_another_letter_are_not_genuine() -> None:
    data = sign("mine.cancel", {"ticket": 12}, KEY, "rangsit")
    assert not read(data, b"other" * 8, "rangsit").is_genuine
    assert not read(data, KEY, "elsewhere").is_genuine
    for place in range(len(data)):
        changed = data[:place] + ("x" if data[place] != "x" else "y") + data[place + 1 :]
        assert not read(changed, KEY, "rangsit").is_genuine


@pytest.mark.parametrize(
    ("data", "action"), [("menu:report", "menu.report"), ("tab:new", "tab.new"), ("menu:", "menu.")]
)
def test_rich_menus_need_no_seal_because_they_give_no_right(data: str, action: str) -> None:
    press = read(data, KEY, "rangsit")
    assert (press.action, press.args, press.is_genuine) == (action, {}, True)


def test_line_s_own_example_of_a_signature_is_genuine_and_nothing_else_is() -> None:
    secret, body = (
        "8c570fa6dd201bb328f1c1eac23a" + "96d8",
        b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
    )
    signature = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert is_genuine(secret, body, signature)
    for wrong in (None, "", signature[:-1], signature + "=", signature.lower(), "ลายเซ็น", "x" * 5000):
        assert not is_genuine(secret, body, wrong)
    assert not is_genuine(secret, body.replace(b":", b": "), signature)
    assert not is_genuine("", body, signature)
