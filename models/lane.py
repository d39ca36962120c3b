"""Lane: one per chat; its lease keeps the chat's events in order, one at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InMunicipality


class Lane(Base):
    """A chat. `owner` and `fence` say who holds it; a worker renews inside each transaction.

    What waits in a lane is found by its events and messages, never noted here: the row is the lease alone.
    """

    __tablename__ = "lanes"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)  # "<municipality id>:<LINE user or group id>"
    municipality_id: Mapped[InMunicipality]
    owner: Mapped[str | None] = mapped_column(String(60))
    fence: Mapped[int] = mapped_column(Integer, server_default="0")
    leased_until: Mapped[datetime | None]
