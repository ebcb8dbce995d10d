"""An ending that was a mistake: it stays to be seen, and everything that can come back comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from careplan.access import service as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import service as delegation
from careplan.endings import queries
from careplan.endings.domain.effect import Effect, Outcome, What
from careplan.endings.domain.ending import Ending
from careplan.endings.models import EndingEffectRow, EndingRow
from careplan.endings.service.telling import tell_retracted
from careplan.hours import service as hours
from careplan.kernel.clock import local_date
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.details import details_of
from careplan.people.domain.retraction import AlreadyRetracted, checked_reason
from careplan.plans import service as plan_service
from careplan.visits import service as visits

Outcomes = dict[UUID, Outcome]


@dataclass(frozen=True, slots=True)
class _Mistake:
    """An ending that is being taken back, with what it had ended of one kind."""

    ending: Ending
    effects: Sequence[Effect]
    actor: Actor
    now: datetime


def retract_ending(*, person_id: UUID, ending_id: UUID, reason: str, actor: Actor, now: datetime) -> list[Effect]:
    """Marks an ending as entered in error; answers what it had ended, with what became of each.

    Raises AlreadyRetracted, ReasonMissing, NotFound.
    """
    # In the order in which records from tablets come by: else one would wait for the other in a ring.
    visits.lock_person(person_id)
    people.hold_person(person_id=person_id)
    ending = queries.get_ending(person_id=person_id, ending_id=ending_id)
    if ending.retraction is not None:
        raise AlreadyRetracted("This ending is marked as entered in error already.")
    row = db.session.get_one(EndingRow, ending_id)
    row.retracted_because = checked_reason(reason)
    row.retracted_at, row.retracted_by = now, actor.account_id
    db.session.flush()
    effects = queries.list_effects(ending_id=ending_id)
    for what, bring_back in _BACK.items():
        those = [e for e in effects if e.what is what]
        if those:
            _write_down(ending_id, what, bring_back(_Mistake(ending, those, actor, now)))
    tell_retracted(ending=ending, actor=actor, now=now)
    return queries.list_effects(ending_id=ending_id)


def _write_down(ending_id: UUID, what: What, outcomes: Outcomes) -> None:
    for subject_id, outcome in outcomes.items():
        db.session.get_one(EndingEffectRow, (ending_id, what.value, subject_id)).outcome = outcome.value
    db.session.flush()


def _plan(mistake: _Mistake) -> Outcomes:
    (effect,) = mistake.effects
    before = plan_service.PlanEnd(effect.instant("at"), effect.before["reason"])
    end = plan_service.PlanEnd(mistake.ending.ends_at, f"{mistake.ending.kind.words}.")
    if not plan_service.take_back_end(plan_id=effect.subject_id, end=end, before=before, now=mistake.now):
        return {effect.subject_id: Outcome.CHANGED_SINCE}
    if before.at is None:
        hours.resume_service(plan_id=effect.subject_id)
    else:
        hours.end_service(
            plan_id=effect.subject_id, person_id=mistake.ending.person_id, last_day=local_date(before.at),
            actor=mistake.actor, now=mistake.now,
        )  # fmt: skip
    return {effect.subject_id: Outcome.BACK}


def _relationships(mistake: _Mistake) -> Outcomes:
    shortened = [access.Shortened(e.subject_id, e.instant("at"), _until(e)) for e in mistake.effects]
    return _told(mistake, access.lengthen_relationships(shortened=shortened))


def _members(mistake: _Mistake) -> Outcomes:
    shortened = [
        people.ShortenedSeat(e.subject_id, e.instant("at"), e.before["because"], _until(e)) for e in mistake.effects
    ]
    return _told(mistake, people.lengthen_seats(person_id=mistake.ending.person_id, shortened=shortened))


def _delegations(mistake: _Mistake) -> Outcomes:
    closed = [delegation.Closed(e.subject_id, _until(e), e.instant("at"), e.before["because"]) for e in mistake.effects]
    return _told(mistake, delegation.open_delegations(closed=closed))


def _visits(mistake: _Mistake) -> Outcomes:
    found = visits.plan_again(
        person_id=mistake.ending.person_id,
        visit_ids=[e.subject_id for e in mistake.effects],
        actor=mistake.actor,
        now=mistake.now,
    )
    outcomes = _told(mistake, set(found.back))
    outcomes |= dict.fromkeys(found.uncovered, Outcome.UNCOVERED)
    return outcomes | dict.fromkeys(found.too_late, Outcome.TOO_LATE)


def _death(mistake: _Mistake) -> Outcomes:
    (effect,) = mistake.effects
    person = people_queries.get_person(person_id=effect.subject_id)
    if person.died_on != local_date(mistake.ending.ends_at):
        return {effect.subject_id: Outcome.CHANGED_SINCE}
    corrections = people_queries.list_corrections(person_id=effect.subject_id)
    before = effect.before["on"]
    people.correct_person(
        person_id=effect.subject_id,
        details=replace(details_of(person), died_on=date.fromisoformat(before) if before else None),
        reason="The death was entered in error.",
        based_on=corrections[0].id if corrections else None,
        actor=mistake.actor,
        now=mistake.now,
    )
    return {effect.subject_id: Outcome.BACK}


# The plan before the visits that are planned under it; relationships before the rounds that come with the visits.
_BACK: dict[What, Callable[[_Mistake], Outcomes]] = {
    What.PLAN: _plan,
    What.RELATIONSHIP: _relationships,
    What.MEMBER: _members,
    What.DELEGATION: _delegations,
    What.VISIT: _visits,
    What.DEATH: _death,
}


def _told(mistake: _Mistake, back: set[UUID]) -> Outcomes:
    return {e.subject_id: Outcome.BACK if e.subject_id in back else Outcome.CHANGED_SINCE for e in mistake.effects}


def _until(effect: Effect) -> datetime:
    until = effect.instant("until")
    assert until is not None  # noqa: S101  it is written with every effect of this kind
    return until
