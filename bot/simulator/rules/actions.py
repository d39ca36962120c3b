"""What may stand behind a button, and where."""

import re
from datetime import datetime

from bot.simulator.refusals import Json
from bot.simulator.rules.checks import (
    Check,
    Findings,
    Where,
    anything,
    by_type,
    label,
    one_of,
    shape,
    text,
    typed,
    url,
)

# 1,000 until 2026-10-27, 10,000 since; altUri.desktop too.
_uri = url(("http", "https", "line", "tel"), 10_000)
_data = text(300, least=0)
_MOMENTS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}


def _postback_rules(action: Json, where: Where, found: Findings) -> None:
    if action.get("displayText") is not None and action.get("text") is not None:
        found.add(where.field("text"), "Cannot be used together with displayText")
    if action.get("fillInText") is not None and action.get("inputOption") != "openKeyboard":
        found.add(where.field("fillInText"), "Needs inputOption openKeyboard")


def _moment(written: object, mode: str) -> datetime | None:
    """The moment as LINE writes it in this mode, with a lower-case t too; None when it is not one."""
    if not isinstance(written, str) or not re.fullmatch(r"[0-9Tt:\-]+", written):
        return None
    try:
        return datetime.strptime(written.replace("t", "T"), _MOMENTS[mode])  # noqa: DTZ007 (LINE has no zone here)
    except ValueError:
        return None


def _datetime_rules(action: Json, where: Where, found: Findings) -> None:
    mode = action.get("mode")
    if mode not in _MOMENTS:
        return
    moments: dict[str, datetime] = {}
    for name in ("initial", "min", "max"):
        if action.get(name) is None:
            continue
        moment = _moment(action[name], mode)
        if moment is None or (mode != "time" and not 1900 <= moment.year <= 2100):
            found.add(where.field(name), f"Invalid {mode}")
        else:
            moments[name] = moment
    if "min" in moments and "max" in moments and moments["min"] >= moments["max"]:
        found.add(where.field("max"), "Must be later than min")


def _kinds(label_required: bool, label_most: int) -> dict[str, Check]:
    """Every action there is, with the label rule of the place where it stands."""
    the_label = {"label": label(label_most)}
    needed = the_label if label_required else {}
    allowed = {} if label_required else the_label
    return {
        "postback": typed(
            {"data": _data, **needed},
            {
                "displayText": label(300),
                "text": label(300),
                "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
                "fillInText": label(300),
                **allowed,
            },
            _postback_rules,
        ),
        "message": typed({"text": label(300), **needed}, allowed),
        "uri": typed({"uri": _uri, **needed}, {"altUri": shape({}, {"desktop": _uri}), **allowed}),
        "datetimepicker": typed(
            {"data": _data, "mode": one_of(*_MOMENTS), **needed},
            {"initial": anything, "min": anything, "max": anything, **allowed},
            _datetime_rules,
        ),
        "clipboard": typed({"clipboardText": text(1_000), **needed}, allowed),
        "camera": typed(needed, allowed),
        "cameraRoll": typed(needed, allowed),
        "location": typed(needed, allowed),
        "richmenuswitch": typed(
            {"data": _data, "richMenuAliasId": text(32), **needed},
            allowed,
        ),
    }


_EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")


def _only(kinds: dict[str, Check], names: tuple[str, ...]) -> Check:
    return by_type({name: kinds[name] for name in names})


in_quick_reply = _only(_kinds(True, 20), (*_EVERYWHERE, "camera", "cameraRoll", "location"))
in_template = _only(_kinds(True, 20), _EVERYWHERE)
as_default = _only(_kinds(False, 20), _EVERYWHERE)
in_image_carousel = _only(_kinds(False, 12), _EVERYWHERE)
in_flex_button = _only(_kinds(True, 40), _EVERYWHERE)
in_flex = _only(_kinds(False, 40), _EVERYWHERE)
in_flex_video = _only(_kinds(True, 40), ("uri",))
in_rich_menu = _only(_kinds(False, 20), (*_EVERYWHERE, "richmenuswitch"))
