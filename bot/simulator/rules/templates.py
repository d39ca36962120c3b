"""The older template messages: buttons, confirm, carousel, image carousel."""

from bot.simulator.counting import graphemes
from bot.simulator.refusals import Json
from bot.simulator.rules import actions
from bot.simulator.rules.checks import (
    Findings,
    Where,
    by_type,
    label,
    list_of,
    matching,
    one_of,
    picture_url,
    shape,
    typed,
)

_colour = matching(r"#[0-9A-Fa-f]{6}", "Invalid colour, must be #RRGGBB")
_picture = {
    "thumbnailImageUrl": picture_url,
    "imageBackgroundColor": _colour,
    "title": label(40),
    "defaultAction": actions.as_default,
}
_layout = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
_SHORT_TEXT = 60  # with a title or a picture


def _short_text(card: Json, where: Where, found: Findings) -> None:
    decorated = card.get("title") is not None or card.get("thumbnailImageUrl") is not None
    words = card.get("text")
    if decorated and isinstance(words, str) and graphemes(words) > _SHORT_TEXT:
        found.add(where.field("text"), f"Length must be between 1 and {_SHORT_TEXT}")


def _alike(carousel: Json, where: Where, found: Findings) -> None:
    columns = [column for column in carousel.get("columns") or [] if isinstance(column, dict)]
    spot = where.field("columns")
    counts = {len(column["actions"]) for column in columns if isinstance(column.get("actions"), list)}
    if len(counts) > 1:
        found.add(spot, "All columns must have the same number of actions")
    for name in ("title", "thumbnailImageUrl"):
        if len({column.get(name) is None for column in columns}) > 1:
            found.add(spot, f"Either all columns have {name} or none")


_column = shape(
    {"text": label(120), "actions": list_of(actions.in_template, 1, 3)},
    _picture,
    _short_text,
)
_image_column = shape({"imageUrl": picture_url, "action": actions.in_image_carousel})
template = by_type(
    {
        "buttons": typed(
            {"text": label(160), "actions": list_of(actions.in_template, 1, 4)},
            {**_picture, **_layout},
            _short_text,
        ),
        "confirm": typed({"text": label(240), "actions": list_of(actions.in_template, 2, 2)}),
        "carousel": typed({"columns": list_of(_column, 1, 10)}, _layout, _alike),
        "image_carousel": typed({"columns": list_of(_image_column, 1, 10)}),
    }
)
