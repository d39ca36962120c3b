"""Each thing LINE refuses inside a template or a Flex container is refused once here, by name."""

import pytest

from bot.simulator.refusals import Refusal
from bot.simulator.rules.messages import check_body
from tests.unit.line_samples import (
    BUBBLE,
    BUTTONS,
    CAROUSEL,
    COLUMNS,
    CONFIRM,
    FILM,
    FLEX,
    PICTURES,
    POSTBACK,
    TEXT,
    URL,
    Json,
    body,
    changed,
)

BODY = "contents.body.contents"
BAD: dict[str, tuple[Json, str]] = {
    # Templates.
    "altText missing": ({**BUTTONS, "altText": None}, "messages[0].altText"),
    "altText of 1,501": ({**FLEX, "altText": "ก" * 1_501}, "messages[0].altText"),
    "unknown template": (changed(BUTTONS, "template.type", "list"), "/template/type"),
    "buttons text of 161": (changed(BUTTONS, "template.text", "ก" * 161), "/template/text"),
    "buttons text of 61 with a title": (
        changed(changed(BUTTONS, "template.text", "ก" * 61), "template.title", "ก"),
        "/template/text",
    ),
    "buttons title of 41": (changed(BUTTONS, "template.title", "ก" * 41), "/template/title"),
    "five buttons": (changed(BUTTONS, "template.actions", [POSTBACK] * 5), "/template/actions"),
    "no buttons": (changed(BUTTONS, "template.actions", []), "/template/actions"),
    "template label of 21": (
        changed(BUTTONS, "template.actions.0.label", "ก" * 21),
        "/template/actions/0/label",
    ),
    "camera in a template": (
        changed(BUTTONS, "template.actions.0", {"type": "camera", "label": "ก"}),
        "/template/actions/0/type",
    ),
    "short template colour": (
        changed(BUTTONS, "template.imageBackgroundColor", "#FFF"),
        "/template/imageBackgroundColor",
    ),
    "three answers to a confirm": (
        changed(CONFIRM, "template.actions", [POSTBACK] * 3),
        "/template/actions",
    ),
    "confirm text of 241": (changed(CONFIRM, "template.text", "ก" * 241), "/template/text"),
    "11 columns": (
        changed(COLUMNS, "template.columns", COLUMNS["template"]["columns"] * 6),
        "/template/columns",
    ),
    "column text of 121": (changed(COLUMNS, "template.columns.0.text", "ก" * 121), "/template/columns/0/text"),
    "four actions in a column": (
        changed(COLUMNS, "template.columns.0.actions", [POSTBACK] * 4),
        "/template/columns/0/actions",
    ),
    "columns of different length": (
        changed(COLUMNS, "template.columns.0.actions", [POSTBACK] * 2),
        "/template/columns",
    ),
    "title in one column only": (changed(COLUMNS, "template.columns.0.title", "ก"), "/template/columns"),
    "image carousel label of 13": (
        changed(PICTURES, "template.columns.0.action.label", "ก" * 13),
        "/template/columns/0/action/label",
    ),
    # Flex.
    "unknown container": (changed(FLEX, "contents", {"type": "page"}), "/type"),
    "bubble without blocks": (changed(FLEX, "contents", {"type": "bubble"}), ""),
    "unknown bubble size": (changed(FLEX, "contents.size", "huge"), "/size"),
    "misspelt flex property": (changed(FLEX, f"{BODY}.0.colour", "#000000"), "/body/contents/0/colour"),
    "empty flex text": (changed(FLEX, f"{BODY}.0.text", ""), "/body/contents/0/text"),
    "flex text without text": (changed(FLEX, f"{BODY}.0", {"type": "text"}), "/body/contents/0/text"),
    "empty span": (changed(FLEX, f"{BODY}.1.contents.0.text", ""), "/body/contents/1/contents/0/text"),
    "span outside a text": (changed(FLEX, f"{BODY}.0.type", "span"), "/body/contents/0/type"),
    "icon in a vertical box": (
        changed(FLEX, f"{BODY}.0", {"type": "icon", "url": URL}),
        "/body/contents/0/type",
    ),
    "button in a baseline box": (
        changed(FLEX, f"{BODY}.3.contents.0", {"type": "button", "action": POSTBACK}),
        "/body/contents/3/contents/0/type",
    ),
    "gravity in a baseline box": (
        changed(FLEX, f"{BODY}.3.contents.1.gravity", "top"),
        "/body/contents/3/contents/1/gravity",
    ),
    "unknown layout": (changed(FLEX, "contents.body.layout", "grid"), "/body/layout"),
    "body that is a text": (changed(FLEX, "contents.body", {"type": "text", "text": "ก"}), "/body/type"),
    "first component absolute": (changed(FLEX, "contents.body.position", "absolute"), "/body/position"),
    "colour by name": (changed(FLEX, f"{BODY}.0.color", "red"), "/body/contents/0/color"),
    "size without unit": (changed(FLEX, "contents.body.paddingAll", "12"), "/body/paddingAll"),
    "negative flex": (changed(FLEX, f"{BODY}.0.flex", -1), "/body/contents/0/flex"),
    "wrap as text": (changed(FLEX, f"{BODY}.0.wrap", "true"), "/body/contents/0/wrap"),
    "picture four times as high": (changed(FLEX, "contents.hero.aspectRatio", "1:4"), "/hero/aspectRatio"),
    "flex picture on http": (changed(FLEX, "contents.hero.url", "http://a/b.jpg"), "/hero/url"),
    "flex button without label": (
        changed(FLEX, "contents.footer.contents.0.action.label", None),
        "/footer/contents/0/action/label",
    ),
    "flex button label of 41": (
        changed(FLEX, "contents.footer.contents.0.action.label", "กี่" * 41),
        "/footer/contents/0/action/label",
    ),
    "location in a flex button": (
        changed(FLEX, "contents.footer.contents.0.action", {"type": "location", "label": "ก"}),
        "/footer/contents/0/action/type",
    ),
    "gradient without angle": (
        changed(
            FLEX,
            "contents.body.background",
            {"type": "linearGradient", "startColor": "#000000", "endColor": "#FFFFFF"},
        ),
        "/body/background/angle",
    ),
    "style of an unknown block": (changed(FLEX, "contents.styles", {"side": {}}), "/styles/side"),
    "bubble of 30 KB": (changed(FLEX, f"{BODY}.0.text", "ก" * 10_000), ""),
    "13 bubbles": (changed(CAROUSEL, "contents.contents", [BUBBLE] * 13), "/contents"),
    "no bubbles": (changed(CAROUSEL, "contents.contents", []), "/contents"),
    "bubbles of different size": (changed(CAROUSEL, "contents.contents.0.size", "kilo"), "/contents"),
    "carousel of 50 KB": (
        changed(CAROUSEL, "contents.contents", [changed(FLEX, f"{BODY}.0.text", "ก" * 9_000)["contents"]] * 2),
        "",
    ),
    "film in a small bubble": (changed(FILM, "contents.size", "micro"), "/hero"),
    "film in a carousel": (
        changed(CAROUSEL, "contents.contents", [FILM["contents"]]),
        "/contents/0/hero",
    ),
    "postback on a film": (changed(FILM, "contents.hero.action", POSTBACK), "/hero/action/type"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_line_refuses_is_refused_with_its_path(name: str) -> None:
    message, path = BAD[name]
    with pytest.raises(Refusal) as refused:
        check_body(body(message), {})
    assert refused.value.status == 400
    assert refused.value.details[0]["property"] == path


def test_a_fault_inside_flex_is_told_as_line_tells_it() -> None:
    with pytest.raises(Refusal) as refused:
        check_body(body(TEXT, changed(FLEX, f"{BODY}.0.text", "")), {})
    assert refused.value.message == "A message (messages[1]) in the request body is invalid"
