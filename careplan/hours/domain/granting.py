"""What a version changes in a period that is already open: the difference, week by week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from careplan.hours.domain.terms import Funder, Terms, terms_on
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import Period

PARTS_OF_A_TURN = 10
TAKEN_AWAY = 5


@dataclass(frozen=True, slots=True)
class WeekGrant:
    """What the plan wants a funder's bank to hold for a week, by which version."""

    terms: Terms
    week: int
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one week's grant: minutes above nought are given, below nought are to be cut."""

    grant: WeekGrant
    change: int


def part(terms: Terms, week: int = 0) -> int:
    """Under which part of its cause a version posts a week's grant, or (week 0) what is kept aside."""
    return terms.turn * PARTS_OF_A_TURN + week


def part_taken_away(terms: Terms, week: int = 0) -> int:
    """Under which part the same is undone when the version's terms are withdrawn."""
    return part(terms, week) + TAKEN_AWAY


def wanted(versions: Iterable[Terms], *, funder: Funder, period: Period) -> tuple[WeekGrant, ...]:
    """Each week by the terms that hold on its first day; weeks before any terms held have none."""
    known = tuple(versions)
    by_week = ((week.number, terms_on(known, week.starts_on)) for week in period.weeks)
    return tuple(
        WeekGrant(terms, week, terms.minutes_of(funder=funder, week=week))
        for week, terms in by_week
        if terms is not None
    )


def steps(grants: Iterable[WeekGrant], granted: Mapping[int, Minutes]) -> tuple[Step, ...]:
    """From what plans have granted for each week so far to what they want now; unchanged weeks have no step."""
    found = (Step(g, g.minutes - granted.get(g.week, NO_MINUTES)) for g in grants)
    return tuple(s for s in found if s.change)


def contingency_wanted(versions: Iterable[Terms], period: Period) -> tuple[Terms, Minutes] | None:
    """What is kept aside in a period, by the last version that takes effect in it; None before any terms hold."""
    terms = terms_on(versions, period.weeks[-1].starts_on)
    if terms is None:
        return None
    return terms, terms.contingency.minutes if terms.contingency else NO_MINUTES
