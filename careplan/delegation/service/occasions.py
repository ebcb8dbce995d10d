"""Recording that an activity was done: never refused, judged by the time of the event, told to whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation.domain.authority import Authority, Lack, authority_at
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import AlertKind, Measured, OccasionResult, Reading, compared
from careplan.delegation.models import AlertRow, IncidentRow, OccasionRow, ReadingRow
from careplan.delegation.queries import find_delegation
from careplan.delegation.service.escalating import answer_escalation, begin_escalation
from careplan.delegation.service.workers import suspend_competences
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.kernel.words import clock_time, short_day


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an occasion found."""

    authority: Authority
    readings: tuple[Reading, ...]

    @property
    def out_of_range(self) -> tuple[Reading, ...]:
        return tuple(r for r in self.readings if r.in_range is False)


def record_occasion(
    *,
    occasion_id: UUID,
    person_id: UUID,
    delegation_id: UUID,
    instruction_version: int,
    effective_at: datetime,
    result: OccasionResult,
    actor: Actor,
    now: datetime,
    readings: Sequence[Measured] = (),
    reason: str | None = None,
    visit_id: UUID | None = None,
    corrects: UUID | None = None,
    time_uncertain: bool = False,
) -> Recorded:
    """Keeps an occasion. Without authority at the event's time it is kept as an incident, too, that alerts both sides.

    `time_uncertain` says that the device's clock was wrong, so that a person decides before any worker is suspended.
    Call it with eyes that see everything: the delegation may be another person's.
    """
    delegation = find_delegation(delegation_id=delegation_id)
    authority = authority_at(
        delegation,
        person_id=person_id,
        worker_id=actor.account_id,
        instruction_version=instruction_version,
        instant=effective_at,
    )
    # Only what was done needed authority: that somebody declined it, or that it was left, is no delivery.
    authorised = authority.stood or result is not OccasionResult.DONE
    db.session.add(
        OccasionRow(
            id=occasion_id,
            person_id=person_id,
            delegation_id=delegation_id,
            instruction_version=instruction_version,
            worker_id=actor.account_id,
            visit_id=visit_id,
            effective_at=effective_at,
            received_at=now,
            result=result.value,
            reason=reason or None,
            authorised=authorised,
            corrects=corrects,
        )
    )
    db.session.flush()
    compared_readings = _add_readings(occasion_id, person_id, instruction_version, delegation, readings)
    occasion = _Told(occasion_id, person_id, delegation_id, delegation, effective_at, actor, now)
    if not authorised:
        _raise_incident(occasion, authority, time_uncertain=time_uncertain)
    found = Recorded(Authority() if authorised else authority, compared_readings)
    if found.out_of_range and delegation is not None and Lack.OTHER_PERSON not in authority.lacks:
        _escalate(occasion, delegation, _out_of_range_words(delegation, found.out_of_range))
    return found


def acknowledge_alert(*, alert_id: UUID, words: str, actor: Actor, now: datetime) -> AlertRow:
    """Whoever was told says that they know, and what they do about it. A second time changes nothing.

    Raises NotFound for somebody who was not told.
    """
    row = db.session.get(AlertRow, alert_id, with_for_update=True)
    if row is None or (row.account_id != actor.account_id and row.organisation_id != actor.organisation_id):
        raise NotFound("There is no such alert.")
    if row.escalation_id is not None:
        # Whoever was told as one of an organisation need not be related to the person whose reading it is.
        see_everything(db.session, as_="escalation-answer")
        answer_escalation(escalation_id=row.escalation_id, words=words, actor=actor, now=now)
        return row
    if row.acknowledged_at is None:
        row.acknowledged_at = now
        row.acknowledged_by = actor.account_id
        row.acknowledged_words = words.strip() or None
        db.session.flush()
    return row


@dataclass(frozen=True, slots=True)
class _Told:
    """The occasion as far as alerts need it."""

    occasion_id: UUID
    person_id: UUID
    delegation_id: UUID
    delegation: Delegation | None
    effective_at: datetime
    actor: Actor
    now: datetime

    @property
    def concerned_person_id(self) -> UUID:
        """Under whose record it is told: the delegation's person, so that the delegator learns of nobody else."""
        return self.delegation.person_id if self.delegation else self.person_id


def _add_readings(
    occasion_id: UUID,
    person_id: UUID,
    instruction_version: int,
    delegation: Delegation | None,
    readings: Sequence[Measured],
) -> tuple[Reading, ...]:
    instruction = delegation.instruction(instruction_version) if delegation else None
    found = tuple(compared(m, instruction) for m in readings)
    for position, r in enumerate(found):
        db.session.add(
            ReadingRow(
                occasion_id=occasion_id,
                position=position,
                person_id=person_id,
                name=r.name,
                value=r.value,
                unit=r.unit,
                in_range=r.in_range,
            )
        )
    db.session.flush()
    return found


def _raise_incident(told: _Told, authority: Authority, *, time_uncertain: bool) -> None:
    db.session.add(
        IncidentRow(
            id=new_id(),
            person_id=told.concerned_person_id,
            delegation_id=told.delegation_id,
            occasion_id=told.occasion_id,
            worker_id=told.actor.account_id,
            provider_id=told.actor.organisation_id,
            lacks=[lack.value for lack in authority.lacks],
            occurred_at=told.effective_at,
            recorded_at=told.now,
            time_uncertain=time_uncertain,
        )
    )
    activity = told.delegation.activity if told.delegation else "A health activity"
    _tell(told, AlertKind.UNAUTHORISED, f"{activity} was done without authority: {authority.words}.")
    if told.delegation and not time_uncertain:
        suspend_competences(
            delegation_id=told.delegation.id,
            worker_id=told.actor.account_id,
            reason="The activity was done without authority.",
            now=told.now,
        )


def _escalate(told: _Told, delegation: Delegation, words: str) -> None:
    """By the ladder where there is one; else the delegator and the provider are told at once."""
    if not delegation.ladder:
        _tell(told, AlertKind.OUT_OF_RANGE, words)
        return
    late = f" It was read at {clock_time(told.effective_at)} on {short_day(local_date(told.effective_at))}."
    begin_escalation(delegation=delegation, occasion_id=told.occasion_id, words=words + late, now=told.now)


def _tell(told: _Told, kind: AlertKind, words: str) -> None:
    """Alerts the delegator, the provider that was asked, and the worker's own where that is another."""
    providers = {told.actor.organisation_id, told.delegation.provider_id if told.delegation else None} - {None}
    if told.delegation:
        _add_alert(told, kind, words, account_id=told.delegation.delegator_id)
    for provider_id in sorted(p for p in providers if p is not None):
        _add_alert(told, kind, words, organisation_id=provider_id)
    db.session.flush()


def _add_alert(
    told: _Told, kind: AlertKind, words: str, *, account_id: UUID | None = None, organisation_id: UUID | None = None
) -> None:
    db.session.add(
        AlertRow(
            id=new_id(),
            kind=kind.value,
            person_id=told.concerned_person_id,
            delegation_id=told.delegation.id if told.delegation else None,
            occasion_id=told.occasion_id,
            account_id=account_id,
            organisation_id=organisation_id,
            words=words,
            raised_at=told.now,
        )
    )


def _out_of_range_words(delegation: Delegation, readings: Sequence[Reading]) -> str:
    said = ", ".join(f"{r.name} {r.value.normalize():f} {r.unit}".strip() for r in readings)
    return f"{delegation.activity}: {said} lies outside the normal range. {delegation.escalation}".strip()
