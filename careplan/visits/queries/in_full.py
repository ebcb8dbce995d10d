"""All that is known of one visit, as far as its reader may know it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegation
from careplan.delegation.domain.delegation import NormalRange
from careplan.delegation.domain.occasion import Occasion, Reading
from careplan.hours import queries as hours
from careplan.hours.domain.funding import Paid
from careplan.kernel import corrections
from careplan.outcomes import queries as outcomes
from careplan.outcomes.domain.rating import Rating, standing
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans import queries as plans
from careplan.plans.domain.content import Outcome
from careplan.visits.domain.visit import Visit

Allowed = Collection[tuple[Section, Action]]


@dataclass(frozen=True, slots=True)
class Progress:
    """A note of progress made at the visit; `level_words` is what the level means for this outcome."""

    rating: Rating
    outcome: str
    level_words: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """A reading with the range that the instruction gave for it, where it gave one."""

    reading: Reading
    normal: NormalRange | None


@dataclass(frozen=True, slots=True)
class Activity:
    """A delegated activity as it was recorded at the visit."""

    name: str
    occasion: Occasion
    readings: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class VisitInFull:
    """A visit, what was noted and done at it, and who paid; the parts that a reader may not know are empty."""

    visit: Visit
    person: Person
    progress: tuple[Progress, ...]
    activities: tuple[Activity, ...]
    paid: Paid | None

    @property
    def account_ids(self) -> frozenset[UUID]:
        """Everybody who was to come, came, or noted something."""
        at_the_door = {i for r in self.visit.records for i in (r.worker_id, *r.present)}
        noted = {p.rating.rater_id for p in self.progress} | {a.occasion.worker_id for a in self.activities}
        return frozenset({*self.visit.workers, *at_the_door, *noted})


def get_in_full(*, visit: Visit, allowed: Allowed, at: datetime) -> VisitInFull:
    """The visit with all that `allowed` lets its reader know."""
    ids = frozenset({visit.id, *(r.id for r in visit.records)})

    def may_read(section: Section) -> bool:
        return (section, Action.READ) in allowed

    return VisitInFull(
        visit=visit,
        person=people.get_person(person_id=visit.person_id),
        progress=_progress(visit, ids, at) if may_read(Section.OUTCOMES) else (),
        activities=_activities(ids) if may_read(Section.DELEGATION) else (),
        paid=hours.find_paid(person_id=visit.person_id, group_ids=ids) if may_read(Section.HOURS) else None,
    )


def _progress(visit: Visit, ids: Iterable[UUID], at: datetime) -> tuple[Progress, ...]:
    """Notes that no correction replaced, with the latest words of their outcomes."""
    ratings = standing(outcomes.list_ratings_of_visits(visit_ids=ids))
    plan = plans.find_plan(person_id=visit.person_id, at=at) if ratings else None
    known: dict[UUID, Outcome] = {o.id: o for v in plan.versions for o in v.content.outcomes} if plan else {}
    return tuple(
        Progress(r, known[r.outcome_id].words, known[r.outcome_id].level_words(r.level))
        for r in ratings
        if r.outcome_id in known
    )


def _activities(ids: Iterable[UUID]) -> tuple[Activity, ...]:
    """Occasions that no correction replaced, each with its ranges."""
    occasions = delegation.list_occasions_of_visits(visit_ids=ids)
    holding = corrections.standing(
        corrections.Version(o.id, o.corrects, (o.worker_id, o.delegation_id)) for o in occasions
    )
    return tuple(_activity(o) for o in occasions if o.id in holding)


def _activity(occasion: Occasion) -> Activity:
    given = delegation.get_delegation(delegation_id=occasion.delegation_id)
    instruction = given.instruction(occasion.instruction_version)
    ranges = {(n.name, n.unit): n for n in instruction.ranges} if instruction else {}
    return Activity(
        given.activity, occasion, tuple(Measurement(r, ranges.get((r.name, r.unit))) for r in occasion.readings)
    )
