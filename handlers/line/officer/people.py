"""Who works for the town, managed by an administrator in the chat; and โอนงานทั้งหมด, for somebody's leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot import invitations, officer_words, queries, whole_words
from bot.officer_casework import staff
from bot.replies import Button, Card, Choices, Line, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Department, Officer
from models.officer import Role

Args = dict[str, str]
#: People in one answer: with the other buttons three cards of the five objects that LINE takes.
_AT_A_TIME = 40
#: What is done to a person: that one is active, its row is locked, and an administrator presses.
Handler = Callable[[Talk, Officer, Args], Sequence[Reply]]


def everybody(talk: Talk, args: Args) -> Sequence[Reply]:
    """จัดการเจ้าหน้าที่: everybody who works here, a button each, and one to invite; `after`: whoever stood last."""
    if not _is_administrator(talk):
        return [Say(talk.w("people.only_administrators"))]
    aside = answers.drop(talk)
    people = staff.active(talk.session, talk.town.id)
    start = next((n for n, one in enumerate(people, 1) if str(one.id) == args.get("after")), 0)
    shown, left = people[start : start + _AT_A_TIME], people[start + _AT_A_TIME :]
    buttons = [_of(talk, one, "work.person", f"{one.name} · {_role(talk, one)}") for one in shown]
    if left:
        buttons.append(_more(talk, shown[-1]))
    buttons.append(Button(talk.w("work_label.invite"), "work.invite", style="primary"))
    return [*aside, *_pages(talk, talk.w("people.list", n=len(people)), buttons)]


def _more(talk: Talk, last: Officer) -> Button:
    return Button(talk.w("work_label.more"), "work.people", {"after": last.id})


def invite(talk: Talk, args: Args) -> Sequence[Reply]:
    """เชิญคนใหม่: to which department, as what; then the code, which is shown this once."""
    if not _is_administrator(talk):
        return [Say(talk.w("people.only_administrators"))]
    department = _department(talk, args.get("code", ""))
    if department is None:
        buttons = [
            Button(_name(talk, one), "work.invite", {"code": one.code})
            for one in queries.departments_of(talk.session, talk.town)
        ]
        return _pages(talk, talk.w("people.invite_where"), buttons)
    if args.get("role") not in tuple(Role):
        roles = tuple(
            Button(talk.w(f"officer.role_{role}"), "work.invite", {"code": department.code, "role": role.value})
            for role in Role
        )
        return [Choices(talk.w("people.invite_as", department=_name(talk, department)), roles)]
    code = invitations.invite(talk.session, department, Role(args["role"]), talk.now, who=talk.officer)
    return [Say(talk.w("people.invited", department=_name(talk, department))), Say(code)]


def person(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """One person's card with everything that may be changed."""
    return [_card(talk, subject)]


def add_to(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """เพิ่มหน่วยงาน: which one; then it is so."""
    chosen = _department(talk, args.get("code", ""))
    if chosen is None:
        missing = [one for one in queries.departments_of(talk.session, talk.town) if one not in subject.departments]
        return _ask_department(talk, subject, "work.person_add", "people.add_where", missing)
    staff.add_department(talk.session, subject, chosen, talk.officer, talk.now)
    return [Say(talk.w("people.added", name=subject.name, department=_name(talk, chosen))), _card(talk, subject)]


def remove_from(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """ออกจากหน่วยงาน: which one; then it is so."""
    chosen = _department(talk, args.get("code", ""))
    if chosen is None:
        return _ask_department(talk, subject, "work.person_remove", "people.remove_where", subject.departments)
    before = staff.left_in_hand(talk.session, subject)
    staff.remove_department(talk.session, subject, chosen, talk.officer, talk.now)
    went = before - staff.left_in_hand(talk.session, subject)
    text = talk.w("people.removed", name=subject.name, department=_name(talk, chosen))
    text += f" {talk.w('people.went_back', n=went)}" if went else ""
    return [Say(text), _card(talk, subject)]


def role(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """เปลี่ยนบทบาท: to which; then it is so."""
    if args.get("role") not in tuple(Role):
        others = [one for one in Role if one != subject.role]
        buttons = [_of(talk, subject, "work.person_role", talk.w(f"officer.role_{r}"), role=r.value) for r in others]
        return _pages(talk, talk.w("people.role_which", name=subject.name), buttons)
    staff.change_role(talk.session, subject, Role(args["role"]), talk.officer, talk.now)
    return [Say(talk.w("people.role_changed", name=subject.name, role=_role(talk, subject))), _card(talk, subject)]


def name_for_conduct(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """ให้ดูแลเรื่องลับ, or no longer."""
    staff.name_for_conduct(talk.session, subject, args.get("named") == "yes", talk.officer, talk.now)
    key = "people.named" if subject.is_named_for_conduct else "people.unnamed"
    return [Say(talk.w(key, name=subject.name)), _card(talk, subject)]


def revoke(talk: Talk, subject: Officer, args: Args) -> Sequence[Reply]:
    """ถอนสิทธิ์: asked once, because it cannot be undone with a press."""
    if args.get("sure") != "yes":
        yes = _of(talk, subject, "work.person_revoke", talk.w("work_label.person_revoke_yes"), sure="yes")
        text = talk.w("people.revoke_sure", name=subject.name, n=staff.left_in_hand(talk.session, subject))
        return [Choices(text, (yes, answers.cancel_button(talk)))]
    staff.revoke(talk.session, subject, talk.officer, talk.now)
    return [Say(talk.w("people.revoked", name=subject.name))]


def give_everything(talk: Talk, args: Args) -> Sequence[Reply]:
    """โอนงานทั้งหมด: one's own work, or (a supervisor or administrator) somebody's, to a colleague of the department."""
    assert talk.officer is not None
    subject = _person(talk, args, "officer") if "officer" in args else talk.officer
    if subject is None:
        return [Say(talk.w("officer.old_button"))]
    if subject is not talk.officer and talk.officer.role == Role.OFFICER:
        return [Say(talk.w("people.only_above"))]
    aside = answers.drop(talk)
    count = staff.left_in_hand(talk.session, subject)
    if not count:
        return [*aside, Say(talk.w("people.nothing_in_hand", name=subject.name))]
    others = staff.may_take_over(talk.session, subject)
    to = next((one for one in others if str(one.id) == args.get("to")), None)
    if to is not None:
        went = staff.give_everything_to(talk.session, subject, to, talk.officer, talk.now)
        left = talk.w("people.left_over", n=count - went) if went < count else ""
        text = talk.w("people.given", n=went, name=officer_words.name_of(to, talk.w))
        return [*aside, Say(f"{text} {left}".strip())]
    if not others:
        return [*aside, Say(talk.w("people.nobody_to_take_over"))]
    buttons = [_of(talk, subject, "work.give_everything", one.name, to=one.id) for one in others]
    return [*aside, *_pages(talk, talk.w("people.give_to", n=count, name=subject.name), buttons)]


def _card(talk: Talk, subject: Officer) -> Card:
    w = talk.w
    departments = " · ".join(_name(talk, one) for one in subject.departments)
    lines = [
        Line(w("people.departments"), departments),
        Line(w("people.in_hand"), w("people.tickets", n=staff.left_in_hand(talk.session, subject))),
        Line(w("people.confidential"), w("people.yes" if subject.is_named_for_conduct else "people.no")),
    ]
    buttons = [_of(talk, subject, "work.person_add", w("work_label.person_add"))]
    if len(subject.departments) > 1:
        buttons.append(_of(talk, subject, "work.person_remove", w("work_label.person_remove")))
    buttons.append(_of(talk, subject, "work.person_role", w("work_label.person_role")))
    if subject.is_named_for_conduct:
        buttons.append(_of(talk, subject, "work.person_named", w("work_label.person_unname"), named="no"))
    elif any(own.is_desk for own in subject.departments):
        buttons.append(_of(talk, subject, "work.person_named", w("work_label.person_name"), named="yes"))
    buttons.append(_of(talk, subject, "work.give_everything", w("work_label.give_everything")))
    buttons.append(_of(talk, subject, "work.person_revoke", w("work_label.person_revoke")))
    alt = w("people.alt", name=subject.name, role=_role(talk, subject), departments=departments)
    return Card(subject.name, alt, _role(talk, subject), lines=tuple(lines), buttons=tuple(buttons))


def _ask_department(
    talk: Talk, subject: Officer, action: str, key: str, departments: Sequence[Department]
) -> Sequence[Reply]:
    if not departments:
        return [Say(talk.w("people.no_department", name=subject.name)), _card(talk, subject)]
    buttons = [_of(talk, subject, action, _name(talk, one), code=one.code) for one in departments]
    return _pages(talk, talk.w(key, name=subject.name), buttons)


def _of(talk: Talk, subject: Officer, action: str, label: str, **args: int | str) -> Button:
    return Button(whole_words.shortened(label, 40), action, {"officer": subject.id, **args})


def _pages(talk: Talk, text: str, buttons: Sequence[Button]) -> list[Reply]:
    parts = [tuple(buttons[start : start + answers.CHOICES]) for start in range(0, len(buttons), answers.CHOICES)]
    return [Choices(text if part is parts[0] else talk.w("work.more_choices"), part) for part in parts]


def _is_administrator(talk: Talk) -> bool:
    return talk.officer is not None and talk.officer.role == Role.ADMIN


def _person(talk: Talk, args: Args, name: str) -> Officer | None:
    said = args.get(name, "")
    return staff.find(talk.session, talk.town.id, int(said), lock=True) if said.isascii() and said.isdigit() else None


def _department(talk: Talk, code: str) -> Department | None:
    return next((one for one in queries.departments_of(talk.session, talk.town) if one.code == code), None)


def _name(talk: Talk, department: Department) -> str:
    return talk.w.either(department.name_th, department.name_en)


def _role(talk: Talk, subject: Officer) -> str:
    return talk.w(f"officer.role_{subject.role}")


def _to_somebody(handler: Handler) -> Callable[[Talk, Args], Sequence[Reply]]:
    def pressed(talk: Talk, args: Args) -> Sequence[Reply]:
        if not _is_administrator(talk):
            return [Say(talk.w("people.only_administrators"))]
        subject = _person(talk, args, "officer")
        if subject is None:
            return [Say(talk.w("people.gone"))]
        return handler(talk, subject, args)

    return pressed


#: By the name of the button.
ACTS: dict[str, Callable[[Talk, Args], Sequence[Reply]]] = {
    "people": everybody,
    "invite": invite,
    "give_everything": give_everything,
    "person": _to_somebody(person),
    "person_add": _to_somebody(add_to),
    "person_remove": _to_somebody(remove_from),
    "person_role": _to_somebody(role),
    "person_named": _to_somebody(name_for_conduct),
    "person_revoke": _to_somebody(revoke),
}
#: Typed, by the name of the label.
WORDS = ("people", "give_everything")
