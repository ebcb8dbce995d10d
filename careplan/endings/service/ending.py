"""Recording an ending: all that ends with it ends in the same transaction, and how it stood is written beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from careplan.access import service as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.delegation import service as delegation
from careplan.endings import queries
from careplan.endings.domain.effect import Effect, What
from careplan.endings.domain.ending import (
    LEAVING,
    AlreadyEnded,
    Ending,
    EndingKind,
    NewEnding,
    access_until,
    check_new,
)
from careplan.endings.models import EndingEffectRow, EndingRow
from careplan.endings.service.telling import tell_ended
from careplan.equipment import queries as equipment
from careplan.hours import service as hours
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.details import details_of
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.visits import service as visits


@dataclass(frozen=True, slots=True)
class Act:
    """An ending that is being recorded: by whom, when, and until when each kind of relationship stands."""

    ending: Ending
    actor: Actor
    now: datetime

    @property
    def until(self) -> dict[Kind, datetime]:
        return access_until(kind=self.ending.kind, ends_at=self.ending.ends_at, now=self.now)

    @property
    def reason(self) -> str:
        """Why it ends, as it stands beside everything that ended."""
        return f"{self.ending.kind.words}."


def record_ending(*, person_id: UUID, said: NewEnding, actor: Actor, now: datetime) -> Ending:
    """Ends a person's care at an instant: the plan, what is planned, rounds, delegations, and who may see the record.

    A death can be recorded of somebody whose care had ended otherwise.  Raises AlreadyEnded, WrongEnding, NotFound.
    """
    # In the order in which records from tablets come by: else one would wait for the other in a ring.
    visits.lock_person(person_id)
    people.hold_person(person_id=person_id)
    _check_goes_on(person_id, said.kind, now)
    plan = plans.find_plan(person_id=person_id, at=now)
    check_new(said, now=now, known_since=plan.created_at if plan else None)
    row = EndingRow(
        id=new_id(),
        person_id=person_id,
        plan_id=plan.id if plan else None,
        kind=said.kind.value,
        ends_at=said.ends_at,
        told_by=said.told_by.strip(),
        moved_to=said.moved_to.strip() or None,
        capacity=said.capacity.strip() or None,
        equipment=_to_collect(person_id, said),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    ending = queries.get_ending(person_id=person_id, ending_id=row.id)
    _keep(ending, [effect for ends in _ENDS for effect in ends(Act(ending, actor, now))])
    tell_ended(ending=ending, actor=actor, now=now)
    return ending


def _to_collect(person_id: UUID, said: NewEnding) -> list[str]:
    """What was named, and what stands in the home by our own record though nobody named it."""
    named = [line.strip() for line in said.equipment if line.strip()]
    known = {n.casefold() for n in named}
    return named + [
        i.said.name for i in equipment.list_in_the_home(person_id=person_id) if i.said.name.casefold() not in known
    ]


def _check_goes_on(person_id: UUID, kind: EndingKind, now: datetime) -> None:
    known = queries.find_over(person_id=person_id, at=now) or queries.find_coming(person_id=person_id, at=now)
    if known is None or (kind is EndingKind.DIED and not known.died):
        return
    raise AlreadyEnded("An ending is recorded already. If it is wrong, mark it as entered in error first.")


def _keep(ending: Ending, effects: list[Effect]) -> None:
    db.session.add_all(
        EndingEffectRow(
            ending_id=ending.id,
            what=e.what.value,
            subject_id=e.subject_id,
            person_id=ending.person_id,
            before=dict(e.before),
        )
        for e in effects
    )
    db.session.flush()


def _end_visits(act: Act) -> Iterator[Effect]:
    for visit_id in visits.call_off_from(
        person_id=act.ending.person_id, since=act.ending.ends_at, reason=act.reason, actor=act.actor, now=act.now
    ):
        yield Effect(What.VISIT, visit_id)


def _end_plan(act: Act) -> Iterator[Effect]:
    ending = act.ending
    if ending.plan_id is None:
        return
    end = plan_service.PlanEnd(ending.ends_at, act.reason)
    before = plan_service.end_plan(plan_id=ending.plan_id, end=end, now=act.now)
    if before is not None:
        yield Effect(What.PLAN, ending.plan_id, {"at": _said(before.at), "reason": before.reason})
        last_day = local_date(ending.ends_at)
        hours.end_service(
            plan_id=ending.plan_id, person_id=ending.person_id, last_day=last_day, actor=act.actor, now=act.now
        )


def _end_delegations(act: Act) -> Iterator[Effect]:
    for closed in delegation.close_delegations(
        person_id=act.ending.person_id, at=act.ending.ends_at, because=act.reason
    ):
        before = {"at": _said(closed.was_at), "because": closed.was_because, "until": closed.at.isoformat()}
        yield Effect(What.DELEGATION, closed.delegation_id, before)


def _end_memberships(act: Act) -> Iterator[Effect]:
    until = act.until[Kind.PACKAGE]
    for seat in people.shorten_seats(person_id=act.ending.person_id, kinds=LEAVING, until=until, reason=act.reason):
        before = {"at": _said(seat.was), "because": seat.was_because, "until": seat.until.isoformat()}
        yield Effect(What.MEMBER, seat.member_id, before)


def _end_access(act: Act) -> Iterator[Effect]:
    for found in access.shorten_relationships(person_id=act.ending.person_id, until=act.until):
        yield Effect(
            What.RELATIONSHIP, found.relationship_id, {"at": _said(found.was), "until": found.until.isoformat()}
        )


def _note_death(act: Act) -> Iterator[Effect]:
    if not act.ending.died:
        return
    person_id, day = act.ending.person_id, local_date(act.ending.ends_at)
    person = people_queries.get_person(person_id=person_id)
    if person.died_on == day:
        return
    corrections = people_queries.list_corrections(person_id=person_id)
    people.correct_person(
        person_id=person_id,
        details=replace(details_of(person), died_on=day),
        reason=f"Told by {act.ending.told_by}.",
        based_on=corrections[0].id if corrections else None,
        actor=act.actor,
        now=act.now,
    )
    yield Effect(What.DEATH, person_id, {"on": person.died_on.isoformat() if person.died_on else None})


# Visits first: the workers on them lose what the visit opened, before what is left is shortened.
_ENDS: tuple[Callable[[Act], Iterator[Effect]], ...] = (
    _end_visits, _end_plan, _end_delegations, _end_memberships, _end_access, _note_death,
)  # fmt: skip


def _said(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
