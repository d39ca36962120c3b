"""Flex messages of our own, each with a fact about its layout that LINE documents.

A fact is a JavaScript expression over `r` (the message's node), `words` (its texts), `parts` (the parts of its body's
box) and `box` (the rectangle of a node); `near` compares pixels.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
PICTURE = "https://pictures.test/web/sample?subject=water"
BACK = {"type": "postback", "label": "ปุ่ม", "data": "x"}
LONG = "ข้อความที่ยาวมากจนไม่มีทางอยู่ในบรรทัดเดียวของการ์ดใบนี้ได้เลยไม่ว่าจะใช้โทรศัพท์รุ่นไหนก็ตาม"


def text(words: str, **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def box(layout: str, *contents: Json, **more: Any) -> Json:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def bubble(*contents: Json, layout: str = "vertical", body: Json | None = None, **more: Any) -> Json:
    return {"type": "bubble", "body": box(layout, *contents, **(body or {})), **more}


def button(label: str = "ปุ่ม", **more: Any) -> Json:
    return {"type": "button", "action": {**BACK, "label": label}, **more}


def image(**more: Any) -> Json:
    return {"type": "image", "url": PICTURE, **more}


def row(*contents: Json, **more: Any) -> Json:
    return bubble(box("horizontal", *contents, **more))


A, B, C = text("ก"), text("ข"), text("ค")
LINE = {"type": "separator"}
_SIZES = (("nano", 120), ("micro", 160), ("deca", 220), ("hecto", 241), ("kilo", 260), ("mega", 300))

SAMPLES: dict[str, tuple[Json, str]] = {
    **{
        f"size_{name}": (bubble(A, size=name), f"near(box(r.querySelector('.fx-bubble')).width, {wide})")
        for name, wide in _SIZES
    },
    "size_is_mega_by_itself": (bubble(A), "near(box(r.querySelector('.fx-bubble')).width, 300)"),
    "blocks_stand_in_order": (
        {"type": "bubble", **{name: box("vertical", text(name)) for name in ("footer", "hero", "body", "header")}},
        "words.map((one) => one.textContent).join() === 'header,hero,body,footer' "
        "&& words.every((one, i) => !i || box(one).top > box(words[i - 1]).top)",
    ),
    "vertical_is_under_one_another": (bubble(A, B), "box(words[1]).top >= box(words[0]).bottom"),
    "horizontal_shares_equally": (
        row(A, B),
        "near(box(words[0]).width, box(words[1]).width) && box(words[1]).left >= box(words[0]).right",
    ),
    "flex_2_to_1": (
        row(text("ก", flex=2), text("ข", flex=1)),
        "near(box(words[0]).width, 2 * box(words[1]).width, 3)",
    ),
    "flex_0_takes_what_it_needs": (
        row(text("ก", flex=0), B),
        "box(words[0]).width < 30 && box(words[1]).width > 200",
    ),
    "width_is_kept": (
        row(box("vertical", A, width="90px"), B),
        "near(box(words[0].closest('.fx-box')).width, 90)",
    ),
    "percent_of_the_box": (
        bubble(box("vertical", A, width="50%")),
        "near(box(words[0].closest('.fx-box')).width, 130, 2)",
    ),
    "no_wrap_is_one_line_with_an_end": (
        bubble(text(LONG)),
        "box(words[0]).height < 30 && words[0].scrollWidth > words[0].clientWidth",
    ),
    "wrap_makes_lines": (bubble(text(LONG, wrap=True)), "box(words[0]).height > 40"),
    "max_lines": (bubble(text(LONG, wrap=True, maxLines=2)), "near(box(words[0]).height, 45, 4)"),
    "a_line_break_is_kept": (bubble(text("ก\nข", wrap=True)), "near(box(words[0]).height, 45, 4)"),
    "text_sizes": (
        bubble(text("ก", size="xxs"), text("ก"), text("ก", size="5xl"), text("ก", size="25px")),
        "words.map((one) => getComputedStyle(one).fontSize).join() === '11px,16px,74px,25px'",
    ),
    "text_style": (
        bubble(text("ก", weight="bold", style="italic", decoration="underline", color="#123456")),
        "((s) => s.fontWeight === '700' && s.fontStyle === 'italic' && s.color === 'rgb(18, 52, 86)' "
        "&& s.textDecorationLine === 'underline')(getComputedStyle(words[0]))",
    ),
    "align_end": (bubble(text("ก", align="end")), "getComputedStyle(words[0]).textAlign === 'end'"),
    "gravity_center": (
        row(text("ก\nก\nก", wrap=True), text("ข", gravity="center")),
        "near(box(words[1]).top + box(words[1]).height / 2, box(words[0]).top + box(words[0]).height / 2, 2)",
    ),
    "gravity_bottom": (
        row(text("ก\nก\nก", wrap=True), text("ข", gravity="bottom")),
        "near(box(words[1]).bottom, box(words[0]).bottom, 2)",
    ),
    "spans": (
        bubble(text("กข", contents=[{"type": "span", "text": "ก", "color": "#ff0000"}, {"type": "span", "text": "ข"}]))
        | {"size": "kilo"},
        "words[0].textContent === 'กข' && getComputedStyle(words[0].firstChild).color === 'rgb(255, 0, 0)'",
    ),
    "spacing_between_only": (
        bubble(A, B, body={"spacing": "xl", "paddingAll": "0px"}),
        "near(box(parts[1]).top - box(parts[0]).bottom, 16) && near(box(parts[0]).top, box(parts[0].parentNode).top)",
    ),
    "margin_wins_over_spacing": (
        bubble(A, text("ข", margin="xxl"), text("ค", margin="none"), body={"spacing": "xs"}),
        "near(box(parts[1]).top - box(parts[0]).bottom, 20) && near(box(parts[2]).top, box(parts[1]).bottom)",
    ),
    "first_margin_is_ignored": (
        bubble(text("ก", margin="xxl"), body={"paddingAll": "0px"}),
        "near(box(parts[0]).top, box(parts[0].parentNode).top)",
    ),
    "padding_all_and_start": (
        bubble(A, body={"paddingAll": "4px", "paddingStart": "40px"}),
        "near(box(parts[0]).left - box(parts[0].parentNode).left, 40) "
        "&& near(box(parts[0]).top - box(parts[0].parentNode).top, 4)",
    ),
    "background_and_corner": (
        bubble(box("vertical", A, backgroundColor="#00ff00", cornerRadius="md")),
        "((s) => s.backgroundColor === 'rgb(0, 255, 0)' && s.borderTopLeftRadius === '8px')"
        "(getComputedStyle(parts[0]))",
    ),
    "border": (
        bubble(box("vertical", A, borderWidth="medium", borderColor="#0000ff")),
        "((s) => s.borderTopWidth === '2px' && s.borderTopColor === 'rgb(0, 0, 255)')(getComputedStyle(parts[0]))",
    ),
    "gradient": (
        bubble(
            A,
            body={
                "background": {
                    "type": "linearGradient",
                    "angle": "90deg",
                    "startColor": "#ff0000",
                    "endColor": "#0000ff",
                    "centerColor": "#00ff00",
                    "centerPosition": "30%",
                }
            },
        ),
        "getComputedStyle(parts[0].parentNode).backgroundImage.startsWith('linear-gradient(90deg, rgb(255, 0, 0)')",
    ),
    "justify_content": (
        row(text("ก", flex=0), text("ข", flex=0), justifyContent="space-between"),
        "box(words[1]).left - box(words[0]).right > 200",
    ),
    "align_items": (
        bubble(box("vertical", A, width="40px"), body={"alignItems": "flex-end"}),
        "near(box(parts[0]).right, box(parts[0].parentNode).right - 20)",
    ),
    "separator_lies": (bubble(A, LINE, B), "near(box(parts[1]).height, 1) && near(box(parts[1]).width, 260)"),
    "separator_stands": (
        row(A, LINE, B),
        "((s) => near(s.width, 1) && s.height > 15)(box(r.querySelector('.fx-separator')))",
    ),
    "filler_pushes": (
        row(text("ก", flex=0), {"type": "filler"}, text("ข", flex=0)),
        "box(words[1]).left - box(words[0]).right > 200",
    ),
    "absolute_and_offsets": (
        bubble(
            A,
            box("vertical", B, position="absolute", offsetTop="10px", offsetEnd="12px", width="30px", height="20px"),
        ),
        "((p, s) => near(p.right - s.right, 12) && near(s.top - p.top, 10) && near(s.width, 30) && near(s.height, 20))"
        "(box(parts[0].parentNode), box(parts[1]))",
    ),
    "relative_offset": (
        bubble(A, text("ข", offsetTop="10px"), body={"paddingAll": "0px"}),
        "near(box(parts[1]).top - box(parts[0]).bottom, 10)",
    ),
    "button_heights": (
        bubble(button(height="sm"), button()),
        "((b) => near(box(b[0]).height, 40) && near(box(b[1]).height, 52))(r.querySelectorAll('.fx-press'))",
    ),
    "button_styles": (
        bubble(
            button(style="primary", color="#0c6b66"), button(style="secondary"), button(style="link", color="#ff0000")
        ),
        "((s) => s[0].backgroundColor === 'rgb(12, 107, 102)' && s[0].color === 'rgb(255, 255, 255)' "
        "&& s[1].color === 'rgb(17, 17, 17)' && s[2].color === 'rgb(255, 0, 0)')"
        "([...r.querySelectorAll('.fx-press')].map((one) => getComputedStyle(one)))",
    ),
    "a_long_label_shrinks": (
        bubble(button("บนปุ่มนี้มีคำมากกว่าความกว้างของปุ่มหนึ่งบรรทัด", adjustMode="shrink-to-fit")),
        "((l) => parseFloat(getComputedStyle(l).fontSize) < 16 && l.scrollWidth <= l.clientWidth + 1)"
        "(r.querySelector('.fx-label'))",
    ),
    "image_full_with_ratio": (
        bubble(image(size="full", aspectRatio="20:13", aspectMode="cover"), body={"paddingAll": "0px"}),
        "((s) => near(s.width, 300) && near(s.height, 195))(box(r.querySelector('.fx-frame')))",
    ),
    "image_named_size_is_in_the_middle": (
        bubble(image(size="sm")),
        "((s, p) => near(s.width, 80) && near(s.height, 80) && near(s.left - p.left, 110))"
        "(box(r.querySelector('.fx-frame')), box(r.querySelector('.fx-bubble')))",
    ),
    "image_align_start": (
        bubble(image(size="80px", align="start")),
        "near(box(r.querySelector('.fx-frame')).left, box(r.querySelector('.fx-bubble')).left + 20)",
    ),
    "icon_beside_text": (
        bubble(box("baseline", {"type": "icon", "url": PICTURE, "size": "xl"}, text("ก", size="xl"))),
        "((s) => near(s.width, 22) && near(s.height, 22))(box(r.querySelector('.fx-icon')))",
    ),
    "block_style": (
        bubble(
            A,
            footer=box("vertical", B),
            styles={"footer": {"backgroundColor": "#ffff00", "separator": True, "separatorColor": "#ff0000"}},
        ),
        "((s) => s.backgroundColor === 'rgb(255, 255, 0)' && s.borderTopColor === 'rgb(255, 0, 0)')"
        "(getComputedStyle(r.querySelector('.fx-block-footer')))",
    ),
    "right_to_left": (row(A, B) | {"direction": "rtl"}, "box(words[0]).left > box(words[1]).left"),
    "carousel_side_by_side_and_equally_tall": (
        {"type": "carousel", "contents": [bubble(A), bubble(text(LONG, wrap=True)), bubble(C)]},
        "((b) => b.length === 3 && near(box(b[0]).height, box(b[1]).height) && box(b[1]).left >= box(b[0]).right "
        "&& near(box(b[0]).top, box(b[1]).top))(r.querySelectorAll('.fx-bubble'))",
    ),
    "a_box_can_be_pressed": (
        bubble(box("vertical", text("กดกล่อง"), action=BACK)),
        "r.querySelector('.fx-box[role=button]').getAttribute('aria-label') === 'ปุ่ม'",
    ),
    "markup_stays_words": (
        bubble(text("<img src=x onerror=alert(1)><script>alert(1)</script>", wrap=True)),
        "words[0].children.length === 0 && words[0].textContent.startsWith('<img')",
    ),
}
