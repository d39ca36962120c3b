"""Canned replies: chosen instead of typed, for the ticket's category or department; supervisors change them here."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import or_, select

from bot import officer_tasks, queries
from bot.line.counting import graphemes
from bot.line.events import TextSaid
from bot.officer_casework import trail
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import CannedReply, Department, Ticket
from models.officer import Role

#: On a button (LINE's limit, in graphemes), and in one answer.
LONGEST_TITLE, LONGEST = 40, 1_000
#: On one card of choices; the most fitting stand first.
MOST = 15
#: A town does not need more, and nobody would find anything among them.
MOST_OF_A_TOWN = 60


def fitting(talk: Talk, ticket: Ticket) -> list[CannedReply]:
    """Those for this ticket: of its category, then of its department, then for all."""
    statement = select(CannedReply).where(
        CannedReply.municipality_id == talk.town.id,
        CannedReply.is_active,
        or_(CannedReply.category_id == ticket.category_id, CannedReply.category_id.is_(None)),
        or_(CannedReply.department_id == ticket.department_id, CannedReply.department_id.is_(None)),
    )
    found = talk.session.scalars(statement.order_by(CannedReply.id)).all()
    return sorted(found, key=lambda one: (one.category_id is None, one.department_id is None))[:MOST]


def offer(talk: Talk, ticket: Ticket) -> tuple[Button, ...]:
    """The button beside "write to the resident", where there is something to choose."""
    if not fitting(talk, ticket):
        return ()
    return (Button(talk.w("work_label.canned"), "work.canned", {"ticket": ticket.id}),)


def choose(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """Which of them."""
    buttons = tuple(
        Button(one.title, "work.canned_pick", {"ticket": ticket.id, "code": one.code}) for one in fitting(talk, ticket)
    )
    if not buttons:
        return [Say(talk.w("officer.old_button"))]
    text = talk.w("work.choose_canned", number=ticket.number)
    return [Choices(text, buttons, quick=(answers.cancel_button(talk),))]


def picked(talk: Talk, ticket: Ticket, code: str) -> CannedReply | None:
    """The chosen one, while it still fits the ticket."""
    return next((one for one in fitting(talk, ticket) if one.code == code), None)


# ---- what a supervisor changes


def may_edit(talk: Talk) -> bool:
    """Supervisors and administrators."""
    return talk.officer is not None and talk.officer.role in (Role.SUPERVISOR, Role.ADMIN)


def listed(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """ข้อความสำเร็จรูป: all of the town's, to be changed."""
    if not may_edit(talk):
        return [Say(talk.w("canned.for_supervisors"))]
    found = _all(talk)
    buttons = [Button(one.title, "work.canned_edit", {"code": one.code}) for one in found]
    if len(found) < MOST_OF_A_TOWN:
        buttons.insert(0, Button(talk.w("work_label.canned_new"), "work.canned_edit", {"code": ""}, style="primary"))
    parts = [tuple(buttons[start : start + MOST]) for start in range(0, len(buttons), MOST)]
    more = talk.w("work.more_choices")
    text = talk.w("canned.listed", n=len(found))
    return [Choices(text if place == 0 else more, part) for place, part in enumerate(parts)]


def _all(talk: Talk) -> list[CannedReply]:
    statement = select(CannedReply).where(CannedReply.municipality_id == talk.town.id, CannedReply.is_active)
    return list(talk.session.scalars(statement.order_by(CannedReply.id)))


def _by_code(talk: Talk, code: str) -> CannedReply | None:
    return next((one for one in _all(talk) if one.code == code), None)


def edit(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """Show it and wait for its new words; without a code, for a new one."""
    if not may_edit(talk):
        return [Say(talk.w("canned.for_supervisors"))]
    one = _by_code(talk, args.get("code", ""))
    before = answers.drop(talk)
    code = one.code if one is not None else ""
    task = Task("canned", 0, talk.now.isoformat(), talk.conversation.step, owner=code)
    officer_tasks.keep(talk.conversation, task)
    if one is None:
        return [*before, Say(talk.w("canned.ask_new"), (answers.cancel_button(talk),))]
    drop = Button(talk.w("work_label.canned_drop"), "work.canned_drop", {"code": code})
    text = talk.w("canned.ask_text", title=one.title, text=one.text)
    return [*before, Say(text, (drop, answers.cancel_button(talk)))]


def typed(talk: Talk, task: Task, said: TextSaid) -> Sequence[Reply]:
    """The new words: of a new one the first line is its name; of a known one a single line changes the text alone."""
    if not may_edit(talk):
        answers.drop(talk)
        return [Say(talk.w("canned.for_supervisors"))]
    first, _, rest = said.text.strip().partition("\n")
    one = _by_code(talk, task.owner) if task.owner else None
    title, text = (first.strip(), rest.strip()) if rest.strip() else ("", first.strip())
    title = title or (one.title if one is not None else "")
    if not title or not text or graphemes(title) > LONGEST_TITLE or len(text) > LONGEST:
        is_short = graphemes(title) <= LONGEST_TITLE and len(text) <= LONGEST
        key = "canned.ask_new" if one is None and is_short else "canned.too_long"
        return [Say(talk.w(key, most=LONGEST), (answers.cancel_button(talk),))]
    if one is None:
        one = CannedReply(municipality_id=talk.town.id, code=f"chat-{secrets.token_hex(4)}", is_active=True)
        talk.session.add(one)
    _change(talk, one, "canned.changed", title=title, text=text)
    officer_tasks.keep(talk.conversation, None)
    everybody = Button(talk.w("work_label.canned_for_all"), "work.canned_for", {"code": one.code, "department": ""})
    departments = [
        Button(_name(talk, row), "work.canned_for", {"code": one.code, "department": row.code})
        for row in queries.departments_of(talk.session, talk.town)
    ]
    return [Choices(talk.w("canned.for_whom", title=title), (everybody, *departments[: MOST - 1]))]


def belongs(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """Which department it is for."""
    one = _by_code(talk, args.get("code", ""))
    if one is None or not may_edit(talk):
        return [Say(talk.w("officer.old_button"))]
    departments = {row.code: row for row in queries.departments_of(talk.session, talk.town)}
    chosen = departments.get(args.get("department", ""))
    _change(talk, one, "canned.given", department_id=chosen.id if chosen is not None else None)
    whose = _name(talk, chosen) if chosen is not None else talk.w("work_label.canned_for_all")
    return [Say(talk.w("canned.saved", title=one.title, whose=whose))]


def drop(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """It is not offered any more."""
    one = _by_code(talk, args.get("code", ""))
    if one is None or not may_edit(talk):
        return [Say(talk.w("officer.old_button"))]
    answers.drop(talk)
    _change(talk, one, "canned.dropped", is_active=False)
    return [Say(talk.w("canned.dropped", title=one.title))]


def _change(talk: Talk, one: CannedReply, act: str, **values: str | int | bool | None) -> None:
    """Set it, with a line in the trail; from then on an import of the profile leaves it alone."""
    for name, value in values.items():
        setattr(one, name, value)
    one.edited_at, one.edited_by_id = talk.now, talk.officer.id if talk.officer else None
    trail.record(talk.session, talk.town.id, act, talk.officer, talk.now, detail={"code": one.code})
    talk.session.flush()


def _name(talk: Talk, department: Department) -> str:
    return talk.w.either(department.name_th, department.name_en)


WORDS = {"canned": listed}
ACTS = {"canned_edit": edit, "canned_for": belongs, "canned_drop": drop, "canned_list": listed}
