"""Long letters, and where the database holds only a part of one."""

from __future__ import annotations

import json

from sqlalchemy import select

from models.base import Base
from tests.talking import Rangsit

#: What LINE lets a person type, and a length that many write.
LENGTHS = (3_000, 5_000)
#: Ours and LINE's messages are made of the rows below; how they look is judged by LINE's rules when they are delivered.
MADE_OF_OTHERS = ("outbox_messages", "inbox_events")


def letter(length: int, begins: str = "น้ำประปาแดงมากตั้งแต่เช้า") -> str:
    """One long letter that begins like a report."""
    words = f"{begins} ฉบับยาว {length} " + "ช่วยมาดูหน่อยนะครับเดือดร้อนกันทั้งซอย " * (length // 30)
    return words[:length].strip().ljust(length, "ๆ")


def kept(town: Rangsit, text: str) -> list[str]:
    """Every place where the database holds the beginning of this text without the rest."""
    broken = []
    with town.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in MADE_OF_OTHERS:
                continue
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    held = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
                    if text[:40] in held and text not in held:
                        broken.append(f"{table.name}.{name}")
    return broken
