"""The lines of the list of people: what tells one from another, and how far their plan has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from careplan.endings import queries as endings
from careplan.endings.domain.ending import Ending
from careplan.kernel import words
from careplan.kernel.clock import local_date
from careplan.people.domain.person import Person
from careplan.plans.domain.state import VersionState
from careplan.plans.standing import Standing, list_standings

STANDINGS = {VersionState.DRAFT: ("Being written", ""), VersionState.AGREED: ("Agreed, not begun", "settled")}


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the list: facts that tell them apart, and how far their plan has come."""

    person: Person
    facts: tuple[str, ...]
    state: str
    state_kind: str


def list_lines(*, shown: Sequence[Person], now: datetime) -> list[Line]:
    """A line for each of these people, in the order given."""
    ids, today = [p.id for p in shown], local_date(now)
    standings, over = list_standings(person_ids=ids, at=now), endings.list_over(person_ids=ids, at=now)
    return [Line(p, facts_of(p, today), *_standing_words(standings.get(p.id), over.get(p.id))) for p in shown]


def facts_of(person: Person, today: date) -> tuple[str, ...]:
    """What tells one person from another of the same name: age, number, home, and the day they died."""
    age = person.age_on(today)
    number = words.spaced_nhs_number(person.nhs_number) if person.nhs_number else "NHS number not known yet"
    home = {True: "lives alone", False: "lives with somebody", None: ""}[person.lives_alone]
    died = f"died {words.short_day(person.died_on)}" if person.died_on else ""
    return tuple(fact for fact in (str(age) if age is not None else "", number, home, died) if fact)


def _standing_words(standing: Standing | None, over: Ending | None) -> tuple[str, str]:
    """How far a plan has come, and the colour of its tag: amber where something waits for somebody."""
    if over is not None:
        return f"Ended on {words.short_day(over.ends_at)}", "stopped"
    if standing is None or standing.latest is None:
        return "No plan yet", "waiting"
    if standing.latest is VersionState.PROPOSED:
        return "Waits for agreement", "waiting"
    if standing.in_force is not None:
        return ("Interim plan", "waiting") if standing.is_interim else ("In force", "settled")
    return STANDINGS.get(standing.latest, (standing.latest.value.capitalize(), ""))
