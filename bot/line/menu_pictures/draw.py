"""Draw the rich menus' pictures: `python -m bot.line.menu_pictures.draw` (needs Chromium and two fonts).

    apt-get install chromium fonts-noto-core

A browser lays the text out because Thai needs real shaping: a tone mark over a
vowel over a tall letter. Everything is vector and of our own drawing; areas,
labels and actions come from the definitions, so this file holds only the look.
The pictures are committed; run it again after a change here, in
bot.line.menu_definitions or of the labels in bot/wording.
"""

from __future__ import annotations

import hashlib
import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.line.menu_definitions import MENUS, WIDTH, Area, Menu

MAX_BYTES = 1_000_000  # LINE's limit of a menu picture
NOTE = "drawn-from"
BELOW = 400  # a window is sometimes photographed before it has its full height: what is below the page is cut off
COLOURS = 128  # flat colours and their soft edges need no more

#: Line drawings on a 24 x 24 grid.
ICONS = {
    "report": (
        '<path d="M4 10.2v3.6c0 .7.5 1.2 1.2 1.2H8l7.2 4V5L8 9H5.2c-.7 0-1.2.5-1.2 1.2z"/>'
        '<path d="M8 9v6"/>'
        '<path d="M8.6 15.4l1.1 4.1h1.9l-.7-2.9"/>'
        '<path d="M18.4 9.3a4 4 0 0 1 0 5.4"/>'
    ),
    "track": (
        '<rect x="5" y="4.6" width="14" height="16" rx="2.2"/>'
        '<path d="M9.2 4.6a1.6 1.6 0 0 1 1.6-1.6h2.4a1.6 1.6 0 0 1 1.6 1.6v1.2H9.2z"/>'
        '<path d="M8.4 11l1.2 1.2 2.1-2.3"/>'
        '<path d="M14 11.2h2"/>'
        '<path d="M8.4 16l1.2 1.2 2.1-2.3"/>'
        '<path d="M14 16.2h2"/>'
    ),
    "talk": (
        '<path d="M13.6 4H5.8A1.8 1.8 0 0 0 4 5.8v5.4A1.8 1.8 0 0 0 5.8 13H6.6v2.8L9.6 13h4a1.8 1.8 0 0 0 '
        '1.8-1.8V5.8A1.8 1.8 0 0 0 13.6 4z"/>'
        '<path d="M17.6 8.6h.6A1.8 1.8 0 0 1 20 10.4v5.2a1.8 1.8 0 0 1-1.8 1.8h-.8v2.8l-3-2.8h-3.6a1.8 1.8 0 0 '
        '1-1.6-1"/>'
        '<path d="M7.4 8.5h.01M9.7 8.5h.01M12 8.5h.01" stroke-width="2"/>'
    ),
    "numbers": (
        '<path d="M8.3 4.2l1.7 3.6-1.9 1.7a11 11 0 0 0 6.4 6.4l1.7-1.9 3.6 1.7v2.7a1.7 1.7 0 0 1-1.8 1.7C10.7 '
        '19.6 4.4 13.3 3.9 6a1.7 1.7 0 0 1 1.7-1.8z"/>'
        '<path d="M14 4.3a6 6 0 0 1 5.7 5.7"/>'
        '<path d="M14 7.6a2.8 2.8 0 0 1 2.4 2.4"/>'
    ),
    "near": (
        '<path d="M12 20.4c3.6-3.9 5.6-7.1 5.6-9.8a5.6 5.6 0 0 0-11.2 0c0 2.7 2 5.9 5.6 9.8z"/>'
        '<circle cx="12" cy="10.4" r="2.1"/>'
        '<path d="M5.6 15.4C4.2 16 3.4 16.8 3.4 17.7c0 2 3.9 3.5 8.6 3.5s8.6-1.5 8.6-3.5'
        'c0-.9-.8-1.7-2.2-2.3"/>'
    ),
    "help": (
        '<path d="M12 6.7C10.3 5.5 7.7 5 4 5v13c3.7 0 6.3.5 8 1.7 1.7-1.2 4.3-1.7 8-1.7V5c-3.7 0-6.3.5-8 1.7z"/>'
        '<path d="M12 6.7v13"/>'
        '<path d="M6.8 8.7c1 .05 1.9.2 2.7.4M6.8 12c1 .05 1.9.2 2.7.4"/>'
        '<path d="M17.2 8.7c-1 .05-1.9.2-2.7.4M17.2 12c-1 .05-1.9.2-2.7.4"/>'
    ),
    "tab-new": (
        '<path d="M4 13.5l2.3-7.3A1.8 1.8 0 0 1 8 5h1.6M20 13.5l-2.3-7.3A1.8 1.8 0 0 0 16 5h-1.6"/>'
        '<path d="M4 13.5h4.2l1.3 2.2h5l1.3-2.2H20v4.2a1.8 1.8 0 0 1-1.8 1.8H5.8A1.8 1.8 0 0 1 4 17.7z"/>'
        '<path d="M12 3.5v7M9.5 8.2L12 10.7l2.5-2.5"/>'
    ),
    "tab-mine": (
        '<circle cx="9.6" cy="7.8" r="3.5"/>'
        '<path d="M3.6 19.6c.3-3.7 2.6-5.9 6-5.9 1.1 0 2.1.2 2.9.7"/>'
        '<path d="M13.7 17.6l2.2 2.2 4.3-4.6"/>'
    ),
    "tab-due": (
        '<circle cx="12" cy="13" r="7.4"/>'
        '<path d="M12 8.8V13l2.9 1.9"/>'
        '<path d="M5.2 3.6L2.9 5.7M18.8 3.6l2.3 2.1"/>'
    ),
    "tab-find": (
        '<circle cx="10.6" cy="10.6" r="6.4"/>'
        '<path d="M15.4 15.4l5 5"/>'
        '<path d="M8 10.2a2.8 2.8 0 0 1 2.6-2.4"/>'
    ),
    "tab-today": ('<path d="M4 20.2h16.4"/><path d="M6.6 16.6v-3.8M11.2 16.6V8.4M15.8 16.6v-5.8M20 16.6V5"/>'),
    "tab-resident": (
        '<path d="M3.8 11.2L12 4.4l8.2 6.8"/>'
        '<path d="M6 9.6v9.9h12V9.6"/>'
        '<circle cx="12" cy="12" r="1.7"/>'
        '<path d="M8.9 17.2c.3-1.7 1.5-2.7 3.1-2.7s2.8 1 3.1 2.7"/>'
    ),
    "back": ('<path d="M19 12H5.5M11 6l-6 6 6 6"/>'),
}

STYLE = """
*{margin:0;padding:0;box-sizing:border-box}
html,body{width:WIDTHpx;background:#e9f0ee;overflow:hidden}
body{position:relative;font-family:'Noto Sans Thai','Noto Sans',sans-serif;font-weight:700;color:#14383a}
.area{position:absolute;padding:22px}
.face{width:100%;height:100%;border-radius:56px;background:#fff;display:flex;flex-direction:column;
 align-items:center;justify-content:center;gap:48px;text-align:center;padding:0 36px}
.round{width:330px;height:330px;border-radius:50%;background:#e3f1ee;display:flex;align-items:center;justify-content:center}
svg{width:212px;height:212px;fill:none;stroke:#0c6b66;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.label{font-size:108px;line-height:1.45;white-space:nowrap}
.mixed .label{font-size:93px;line-height:162px}
.lines .face{gap:30px}
.lines .label{font-size:98px;line-height:118px;height:236px;display:flex;align-items:center;
 white-space:normal;text-wrap:balance}
.lines .mixed .label{font-size:93px}
.primary .face{background:#0c6b66;color:#fff}
.primary .round{background:#ffffff26}
.primary svg{stroke:#fff}
.low .face{gap:20px}
.low .round{width:236px;height:236px}
.low svg{width:156px;height:156px}
.tab .face{background:#f8fbfa;color:#47605f}
.tab .round{background:#e9f0ee}
.tab svg{stroke:#47605f}
.active .face{background:#0c6b66;color:#fff}
.active .round{background:#ffffff26}
.active svg{stroke:#fff}
.strip .face{flex-direction:row;gap:40px;background:#d5e8e4;border-radius:56px}
.strip .round{width:auto;height:auto;background:none}
.strip svg{width:116px;height:116px;stroke-width:2}
.strip .label{font-size:100px}
"""


def area_html(area: Area) -> str:
    """One area: a rounded face with its icon and label, a little inside the touchable rectangle."""
    height = "low" if area.height < 780 else "high"
    script = "mixed" if "/" in area.label else "plain"
    box = f"left:{area.x}px;top:{area.y}px;width:{area.width}px;height:{area.height}px"
    icon = f'<svg viewBox="0 0 24 24">{ICONS[area.icon]}</svg>'
    return (
        f'<div class="area {area.look} {height} {script}" style="{box}"><div class="face">'
        f'<div class="round">{icon}</div><div class="label">{html.escape(area.label)}</div></div></div>'
    )


def page(menu: Menu) -> str:
    """The whole menu as a page of exactly its size."""
    style = STYLE.replace("WIDTH", str(WIDTH))
    areas = "".join(area_html(area) for area in menu.areas)
    # Thai labels are short and stand on one line; Latin ones need two, and then all icons move up together
    lines = "lines" if any(area.label.isascii() for area in menu.areas) else "line"
    return (
        f'<!doctype html><html lang="th"><meta charset="utf-8"><style>{style}body{{height:{menu.height}px}}'
        f'</style><body class="{lines}">{areas}</body></html>'
    )


def photograph(menu: Menu, chromium: str, folder: Path) -> Path:
    """The page as the browser shows it, WIDTH x height pixels."""
    source, shot = folder / f"{menu.alias}.html", folder / f"{menu.alias}.png"
    source.write_text(page(menu), encoding="utf-8")
    options = ["--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
    if sys.platform == "linux":
        options.append("--no-sandbox")  # it opens only the file above, and root has no sandbox
    size = f"--window-size={WIDTH},{menu.height + BELOW}"
    command = [chromium, *options, f"--user-data-dir={folder / 'profile'}", size, f"--screenshot={shot}"]
    subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)  # noqa: S603
    return shot


def drawn_from(menu: Menu) -> str:
    """What identifies the page a picture was drawn from; a test compares it with today's page."""
    return hashlib.sha256(page(menu).encode()).hexdigest()


def shrink(shot: Path, menu: Menu) -> int:
    """Keep the picture with few colours and a note of what it was drawn from, and say its bytes."""
    note = PngInfo()
    note.add_text(NOTE, drawn_from(menu))
    with Image.open(shot) as opened:
        whole = opened.convert("RGB").crop((0, 0, WIDTH, menu.height))
        few = whole.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(menu.picture, optimize=True, pnginfo=note)
    return menu.picture.stat().st_size


def main() -> int:
    """Draw all menus anew."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("Chromium is missing: apt-get install chromium fonts-noto-core\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for menu in MENUS:
            size = shrink(photograph(menu, chromium, Path(folder)), menu)
            sys.stderr.write(f"{menu.picture.name}: {size} bytes\n")
            if size > MAX_BYTES:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
