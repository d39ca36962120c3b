"""วันนี้: the officer's departments, or the whole town, in figures and a few bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import dates, province, rights
from bot.officer_casework.figures import WEEK, Figures, figures
from bot.replies import Bar, Card, Chart, Line, Reply
from handlers.line.talk import Talk

#: Owners that get a bar; the rest lie there for a shorter time.
OWNERS = 4
#: Towns of a province on one card, which shows no more facts.
TOWNS = 20


def shown(talk: Talk) -> Sequence[Reply]:
    """The card of now; a province's supervisor sees the towns that it lies over on cards of their own."""
    assert talk.officer is not None
    found = figures(talk.session, talk.town, rights.may_see(talk.session, talk.officer), talk.now)
    w, when = talk.w, dates.day(found.day, talk.town.timezone, talk.w.language)
    alt = w(
        "officer.today.alt", when=when, open=found.open, overdue=found.overdue, due=found.due_today,
        came=found.came[-1], done=found.finished[-1],
    )  # fmt: skip
    if talk.officer.sees_everything:
        scope = w("officer.today.scope_all")
    else:
        scope = " · ".join(w.either(one.name_th, one.name_en) for one in talk.officer.departments)
    charts = tuple(_charts(talk, found))
    card = Card(w("officer.today.title", when=when), alt, lines=_lines(talk, found), note=scope, charts=charts)
    towns = province.lines(talk.session, talk.town, talk.officer, w, talk.now)
    title = w("officer.today.towns", when=when)
    parts = [tuple(towns[start : start + TOWNS]) for start in range(0, len(towns), TOWNS)]
    return [card, *(Card(title, title, lines=part) for part in parts)]


def _lines(talk: Talk, found: Figures) -> tuple[Line, ...]:
    w = talk.w
    counts = {
        "open": found.open, "overdue": found.overdue, "due": found.due_today, "waiting": found.waiting,
        "resolved": found.resolved, "calls": found.calls, "came": found.came[-1], "done": found.finished[-1],
        "reopened": found.reopened,
    }  # fmt: skip
    always = ("open", "overdue", "due", "came", "done")
    lines = [
        Line(w(f"officer.today.{name}"), w("officer.today.tickets", n=n))
        for name, n in counts.items()
        if n or name in always
    ]
    lines.append(Line(w("officer.today.average"), _average(talk, found)))
    lines.append(Line(w("officer.today.stars"), _stars(talk, found)))
    return tuple(lines)


def _average(talk: Talk, found: Figures) -> str:
    if found.average_hours is None:
        return talk.w("officer.today.nothing_yet")
    if found.average_hours < 1:
        return talk.w("officer.today.under_an_hour", n=found.averaged)
    if found.average_hours < 48:
        return talk.w("officer.today.hours", hours=round(found.average_hours), n=found.averaged)
    return talk.w("officer.today.days", days=f"{found.average_hours / 24:.1f}", n=found.averaged)


def _stars(talk: Talk, found: Figures) -> str:
    if found.stars is None:
        return talk.w("officer.today.nothing_yet")
    return talk.w("officer.today.of_five", stars=f"{found.stars:.1f}", n=found.rated)


def _charts(talk: Talk, found: Figures) -> list[Chart]:
    w = talk.w
    days = [found.day - timedelta(days=back) for back in reversed(range(WEEK))]
    most = max(*found.came, *found.finished)

    def week(title: str, counts: Sequence[int]) -> Chart:
        names = [dates.day(day, talk.town.timezone, w.language).rsplit(" ", 1)[0] for day in days]
        return Chart(title, tuple(Bar(name, str(n), n / most) for name, n in zip(names, counts, strict=True)))

    charts = []
    if most:
        charts.append(week(w("officer.today.chart_week"), found.came))
        charts.append(week(w("officer.today.chart_done"), found.finished))
    if found.owners:
        longest = max(one.days for one in found.owners) or 1
        bars = tuple(
            Bar(
                w("officer.today.owner", owner=w.either(one.short_th, one.short_en), n=one.tickets),
                w("officer.today.with_owner", days=f"{one.days:.0f}"),
                one.days / longest,
            )
            for one in found.owners[:OWNERS]
        )
        charts.append(Chart(w("officer.today.chart_owners"), bars))
    return charts
