"""Builders: a small town with three departments, its people, and tickets made the way residents make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import casework, intake
from bot.casework import By, Given
from bot.drafts import Draft, Place, Words
from models import (
    Category,
    Department,
    Holiday,
    Media,
    Message,
    Municipality,
    Officer,
    Owner,
    Report,
    Resident,
    Ticket,
)
from models.lifecycle import Actor, TicketStatus
from models.officer import Role

#: Tuesday, 24 November 2026, 11:00 in Bangkok: an ordinary working day.
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
#: Where the Rangsit canal is crossed; inside the town, which has no outline here.
CANAL = Place(latitude=13.9871, longitude=100.6095, words="ซอยรังสิต-นครนายก 46", said="place-1")

_ids = count(1)


@dataclass
class Town:
    """A town in a session; everything about it is found by code or name."""

    session: Session
    row: Municipality
    now: datetime = NOON
    photos_arrive: bool = True  # an officer's photo of finished work is stored at once
    people: dict[str, Resident] = field(default_factory=dict)

    def department(self, code: str) -> Department:
        """One of clerk (the desk), water, environment."""
        wanted = select(Department).where(Department.municipality_id == self.row.id, Department.code == code)
        return self.session.scalars(wanted).one()

    def owner(self, code: str) -> Owner:
        """One of pwa, rid, police."""
        wanted = select(Owner).where(Owner.municipality_id == self.row.id, Owner.code == code)
        return self.session.scalars(wanted).one()

    def category(self, code: str) -> Category:
        """One of the categories of `CATEGORIES`."""
        wanted = select(Category).where(Category.municipality_id == self.row.id, Category.code == code)
        return self.session.scalars(wanted).unique().one()

    def resident(self, name: str, *, language: str = "th") -> Resident:
        """A person of this name, made on the first call."""
        if name not in self.people:
            person = Resident(
                municipality_id=self.row.id,
                line_user_id=f"U{next(_ids):032x}",
                display_name=name,
                language=language,
                first_seen_at=self.now,
            )
            self.session.add(person)
            self.session.flush()
            self.people[name] = person
        return self.people[name]

    def officer(self, name: str, *departments: str, role: Role = Role.OFFICER, language: str = "th") -> Officer:
        """An officer of these departments."""
        officer = Officer(
            municipality_id=self.row.id,
            resident=self.resident(name, language=language),
            name=name,
            role=role,
            created_at=self.now,
            departments=[self.department(code) for code in departments],
        )
        self.session.add(officer)
        self.session.flush()
        return officer

    def ticket(
        self,
        category: str = "tap_water_quality",
        *,
        by: str = "นก",
        words: str = "น้ำประปาเป็นสีแดง",
        place: Place = CANAL,
        is_urgent: bool = False,
        is_unsent: bool = False,
        media: tuple[int, ...] = (),
        at: datetime | None = None,
    ) -> Ticket:
        """A ticket as a resident's draft makes it."""
        said = (Words(f"said-{next(_ids)}", words),) if words else ()
        draft = Draft(
            token=f"draft-{next(_ids)}", words=said, media=media, place=place, category=category, guessed=category,
            confidence=0.87, model_version="test",
        )  # fmt: skip
        person, at = self.resident(by), at or self.now
        filed = intake.report_problem(
            self.session, self.row, person, draft, at, is_urgent=is_urgent, is_unsent=is_unsent
        )
        self.session.flush()
        return filed.ticket

    def join(self, ticket: Ticket, by: str, words: str) -> Report:
        """A second reporter on the same ticket."""
        person = self.resident(by)
        report = Report(
            municipality_id=self.row.id, ticket_id=ticket.id, resident_id=person.id, channel="line", created_at=self.now
        )
        self.session.add(report)
        self.session.flush()
        message = Message(
            municipality_id=self.row.id, ticket_id=ticket.id, report_id=report.id, resident_id=person.id,
            kind="report", said=f"said-{next(_ids)}", text=words, said_at=self.now,
        )  # fmt: skip
        self.session.add(message)
        self.session.flush()
        return report

    def move(self, ticket: Ticket, end: TicketStatus, officer: Officer, given: Given | None = None) -> None:
        """Let an officer move it."""
        by = By(Actor.OFFICER, officer=officer)
        casework.move_ticket(self.session, ticket, end, by, self.now, given or self.needed(end))

    def needed(self, end: TicketStatus) -> Given:
        """What a move to this status needs at least (but an after-photo and another ticket)."""
        return {
            TicketStatus.WAITING: Given(words="บ้านเลขที่เท่าไร", said=f"said-{next(_ids)}"),
            TicketStatus.RESOLVED: Given(words="ล้างท่อแล้ว", said=f"said-{next(_ids)}"),
            TicketStatus.REJECTED: Given(reason="not_found"),
            TicketStatus.FORWARDED: Given(owner=self.owner("pwa"), way="phone"),
            TicketStatus.PLANNED: Given(planned_until=self.now.date()),
        }.get(end, Given())

    def photo(self, by: str = "นก", *, kind: str = "image", state: str = "stored") -> Media:
        """Something to see or hear that this person sent."""
        media = Media(
            municipality_id=self.row.id,
            resident_id=self.resident(by).id,
            kind=kind,
            said=f"media-{next(_ids)}",
            state=state,
            received_at=self.now,
        )
        self.session.add(media)
        self.session.flush()
        return media


#: code, department, owner, promise, clock, after-photo, public
CATEGORIES = (
    ("tap_water_quality", "water", "pwa", 24, "calendar", False, True),
    ("garbage", "environment", None, 2, "working", True, True),
    ("canal", "environment", "rid", 5, "working", False, True),
    ("service", "clerk", None, 7, "working", False, False),
    ("other", "clerk", None, 7, "working", False, False),
)
_NAMES = {
    "tap_water_quality": ("น้ำประปาแดง ขุ่น มีกลิ่น", "Red or discoloured tap water", "🚰"),
    "garbage": ("ขยะและความสะอาด", "Garbage and cleanliness", "🗑️"),
    "canal": ("คลอง น้ำเน่าเสีย", "Canals and foul water", "🛶"),
    "service": ("การให้บริการของเจ้าหน้าที่", "City services and staff", "🏛️"),
    "other": ("อื่น ๆ", "Other", "📌"),
}
_DEPARTMENTS = {
    "clerk": ("ศูนย์รับเรื่อง", "Complaint desk"),
    "water": ("งานประสานการประปา", "Waterworks liaison"),
    "environment": ("สำนักสาธารณสุขและสิ่งแวดล้อม", "Public health and environment"),
}
_OWNERS = {
    "rid": ("กรมชลประทาน (รังสิตใต้)", "Royal Irrigation Department", "กรมชลประทาน", "RID", 7),
    "police": ("ตำรวจ", "Police", "ตำรวจ", "Police", 3),
    "pwa": ("การประปาส่วนภูมิภาค สาขารังสิต", "Provincial Waterworks Authority", "กปภ.", "PWA", 1),
}


def town(session: Session, *, code: str = "rangsit", prefix: str = "RS", **settings: object) -> Town:
    """A town with the desk, two departments, three owners and five categories; `settings` win over the usual ones."""
    row = Municipality(
        code=code,
        ticket_prefix=prefix,
        name_th="เทศบาลนครรังสิต",
        name_en="Rangsit City Municipality",
        town_word_th="เทศบาล",
        town_word_en="the municipality",
        timezone="Asia/Bangkok",
        settings={
            "working_hours": {"opens": "08:30", "closes": "16:30", "weekdays": [0, 1, 2, 3, 4]},
            "quiet_hours": {"starts": "21:00", "ends": "07:00"},
            "rejecting_needs_supervisor": False,
            **settings,
        },
        imported_at=NOON,
    )
    session.add(row)
    session.flush()
    departments = {
        name: Department(
            municipality_id=row.id, code=name, name_th=th, name_en=en, is_desk=name == "clerk", position=place
        )
        for place, (name, (th, en)) in enumerate(_DEPARTMENTS.items(), 1)
    }
    owners = {
        name: Owner(
            municipality_id=row.id, code=name, name_th=th, name_en=en, short_th=short_th, short_en=short_en,
            hotline="1662", follow_up_days=days, position=place,
        )
        for place, (name, (th, en, short_th, short_en, days)) in enumerate(_OWNERS.items(), 1)
    }  # fmt: skip
    holiday = Holiday(
        municipality_id=row.id, day=datetime(2026, 12, 7, tzinfo=UTC).date(), kind="substitution", name_th="ชดเชย",
        name_en="Substitution",
    )  # fmt: skip
    session.add_all([*departments.values(), *owners.values(), holiday])
    session.flush()
    for place, (name, department, owner, promise, clock, after_photo, is_public) in enumerate(CATEGORIES, 1):
        th, en, icon = _NAMES[name]
        session.add(
            Category(
                municipality_id=row.id, code=name, topic=name, name_th=th, name_en=en, label_th=th[:20],
                label_en=en[:20], icon=icon, covers=en, smart_city_domain="living",
                department_id=departments[department].id, owner_id=owners[owner].id if owner else None,
                promise=promise, clock=clock, radius_m=50, needs_after_photo=after_photo, is_public=is_public,
                position=place,
            )
        )  # fmt: skip
    session.flush()
    return Town(session, row)
