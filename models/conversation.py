"""Conversation: where the dialogue with one person stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality


class Conversation(Base):
    """One person's dialogue: the step, the draft, what is on offer, and an officer's unfinished act.

    `draft` holds the words of a report that is not sent yet. `offers` are the buttons of the last answer, so
    that typing a label does what pressing it does, and since when they are asked (`at`). `task` is what an officer
    was asked to add; `checking` holds such acts that are complete but for photos, which are still being fetched.
    """

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_step_touched", "step", "touched_at"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), primary_key=True)
    municipality_id: Mapped[InMunicipality]
    step: Mapped[str] = mapped_column(String(40), server_default="idle")
    draft: Mapped[dict[str, Any] | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))  # the ticket that the step is about
    offers: Mapped[list[Any] | None]
    task: Mapped[dict[str, Any] | None]
    checking: Mapped[list[Any] | None]
    version: Mapped[int] = mapped_column(Integer)
    touched_at: Mapped[datetime]
    dialogue_pushed_at: Mapped[datetime | None]  # at most one push of a dead reply's content in ten minutes

    __mapper_args__ = {"version_id_col": version}
