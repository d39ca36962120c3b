"""รับแจ้งแทน: a report that came by telephone, counter or letter goes through the same draft, in the reporter's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import officer_tasks
from bot.conversation import Step
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from handlers.line import reporting
from handlers.line.officer import answers
from handlers.line.talk import Talk

Args = dict[str, str]
#: LINE is what the reporter does not have; most people call.
_WAYS = ("phone", "counter", "letter", "other")
#: A Thai telephone number as people write it, with what stands between its digits: no longer than it is, so that a
#: second number beside it stays one. Else nine digits or more.
_THAI_PHONE = re.compile(
    r"(?<![0-9])(?:\+66(?:[\s().-]*[0-9]){8,9}|0[689](?:[\s().-]*[0-9]){8}|0[2-57](?:[\s().-]*[0-9]){7})(?![0-9])"
)
_PHONE = re.compile(r"\+?[0-9](?:[\s().-]*[0-9]){8,14}")
_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_LONGEST = 200


def begin(talk: Talk, args: Args) -> Sequence[Reply]:
    """By which channel it came; then who said it."""
    channel = args.get("channel", "")
    aside = answers.drop(talk)
    if channel not in _WAYS:
        buttons = tuple(Button(talk.w(f"work_label.by_{way}"), "work.enter", {"channel": way}) for way in _WAYS)
        return [*aside, Choices(talk.w("officer.calls.which_channel"), buttons, quick=(answers.cancel_button(talk),))]
    task = Task("contact", 0, talk.now.isoformat(), talk.conversation.step, way=channel)
    officer_tasks.keep(talk.conversation, task)
    skip = Button(talk.w("label.skip"), "work.no_contact")
    return [*aside, Say(talk.w("officer.calls.ask_contact"), (skip, answers.cancel_button(talk)))]


def no_contact(talk: Talk, args: Args) -> Sequence[Reply]:
    """ข้าม: nobody can be called back."""
    task = officer_tasks.read(talk.conversation)
    if task is None or task.verb != "contact":
        return [Say(talk.w("officer.old_button"))]
    return contact(talk, task, "", "")


def contact(talk: Talk, task: Task, text: str, said: str) -> Sequence[Reply]:
    """Who said it, and the number to call back; then the words, as from anybody. A whole letter is nobody's name.

    `said` is LINE's id of the message, so that it can be taken back.
    """
    text = text.translate(_THAI_DIGITS)  # no telephone dials them
    found = _THAI_PHONE.search(text) or _PHONE.search(text)
    phone = found[0].strip() if found else ""
    name = " ".join(text.replace(phone, " ").split()).strip(" ,·-()/") if text else ""
    if max(len(phone), len(name)) > _LONGEST:
        skip = Button(talk.w("label.skip"), "work.no_contact")
        return [Say(talk.w("officer.calls.contact_too_long", most=_LONGEST), (skip, answers.cancel_button(talk)))]
    answers.drop(talk)
    draft = reporting.new_draft(talk.waiting)
    draft = replace(draft, channel=task.way, contact=phone, contact_name=name, contact_said=said)
    talk.stand(Step.REPORTING, draft=draft)
    key = "officer.calls.ask_words" if phone else "officer.calls.ask_words_no_phone"
    return [Say(talk.w(key), (Button(talk.w("label.cancel"), "draft.cancel", {"draft": draft.token}),))]
