"""What the town knows to say by itself: answers to questions, and what an owner needs to know of a problem."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, InMunicipality, Key


class Answer(Base):
    """The town's answer to a question: "ขยะเก็บวันไหน". `forms` are ways in which people ask it, in any language.

    After `valid_until` (a day of the town's calendar, included) it is not given any more.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[Code]
    forms: Mapped[list[Any]]
    answer_th: Mapped[str] = mapped_column(Text)
    answer_en: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    valid_until: Mapped[date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())


class FollowUp(Base):
    """A short question after the ticket is made, that the category's owner needs and anybody may skip.

    `choices` are quick replies (≤ 20 graphemes each) in the same order in both languages; with none, words or a number
    are expected. `label` names the answer on an officer's card.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    code: Mapped[Code]
    label_th: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    ask_th: Mapped[str] = mapped_column(String(400))
    ask_en: Mapped[str] = mapped_column(String(400))
    choices_th: Mapped[list[Any]]
    choices_en: Mapped[list[Any]]
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
