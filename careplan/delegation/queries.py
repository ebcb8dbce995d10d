"""Delegations as frozen values."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, select

from careplan.db import db
from careplan.delegation.domain.delegation import Competence, Delegation, Event, Instruction, NormalRange, Step
from careplan.delegation.domain.occasion import Alert, AlertKind, Occasion, OccasionResult, Reading
from careplan.delegation.models import (
    AlertRow,
    CompetenceRow,
    DelegationRow,
    InstructionRow,
    OccasionRow,
    ReadingRow,
    StepRow,
)
from careplan.kernel.errors import NotFound

MOST_OCCASIONS = 200


def get_delegation(*, delegation_id: UUID) -> Delegation:
    """A delegation with all that happened to it.  Raises NotFound."""
    found = find_delegation(delegation_id=delegation_id)
    if found is None:
        raise NotFound("There is no such delegation.")
    return found


def find_delegation(*, delegation_id: UUID) -> Delegation | None:
    """A delegation with all that happened to it, or None."""
    rows = db.session.scalars(select(DelegationRow).where(DelegationRow.id == delegation_id)).all()
    return next(iter(_whole(rows)), None)


def list_delegations(*, person_id: UUID) -> list[Delegation]:
    """Every delegation for a person, whatever its state, oldest first."""
    return _ordered(select(DelegationRow).where(DelegationRow.person_id == person_id))


def list_delegations_by_id(*, delegation_ids: Iterable[UUID]) -> dict[UUID, Delegation]:
    """These delegations by their ids; whoever is not to see one has it left out."""
    return {d.id: d for d in _ordered(select(DelegationRow).where(DelegationRow.id.in_(list(delegation_ids))))}


def list_delegations_of(
    *, visible: Select[UUID], delegator_id: UUID | None = None, provider_id: UUID | None = None
) -> list[Delegation]:
    """Those that a professional made or a provider was asked for, of the people whom the policy shows."""
    query = select(DelegationRow).where(DelegationRow.person_id.in_(visible))
    if delegator_id is not None:
        query = query.where(DelegationRow.delegator_id == delegator_id)
    if provider_id is not None:
        query = query.where(DelegationRow.provider_id == provider_id)
    return _ordered(query)


def find_person_of_delegation(*, delegation_id: UUID, **_: object) -> UUID | None:
    """Whose delegation it is, as far as the transaction's actor may see."""
    return db.session.scalar(select(DelegationRow.person_id).where(DelegationRow.id == delegation_id))


def find_person_of_competence(*, competence_id: UUID, **_: object) -> UUID | None:
    """Whose care a competence is for, as far as the transaction's actor may see."""
    return db.session.scalar(select(CompetenceRow.person_id).where(CompetenceRow.id == competence_id))


def list_competences_of(*, worker_id: UUID) -> list[tuple[Delegation, Competence]]:
    """All that a worker was ever found competent for, with the delegation."""
    ids = db.session.scalars(select(CompetenceRow.delegation_id).where(CompetenceRow.worker_id == worker_id).distinct())
    found = _ordered(select(DelegationRow).where(DelegationRow.id.in_(ids.all())))
    return [(d, c) for d in found for c in d.competences if c.worker_id == worker_id]


def list_occasions(
    *, person_id: UUID | None = None, delegation_id: UUID | None = None, since: datetime | None = None
) -> list[Occasion]:
    """Occasions of a person or of a delegation, latest first, two hundred at most."""
    query = select(OccasionRow).order_by(OccasionRow.effective_at.desc(), OccasionRow.id.desc()).limit(MOST_OCCASIONS)
    if person_id is not None:
        query = query.where(OccasionRow.person_id == person_id)
    if delegation_id is not None:
        query = query.where(OccasionRow.delegation_id == delegation_id)
    if since is not None:
        query = query.where(OccasionRow.effective_at >= since)
    return _with_readings(db.session.scalars(query).all())


def list_whole_occasions(*, person_id: UUID) -> list[Occasion]:
    """Every occasion of a person, earliest first, for the record that is assembled whole."""
    query = select(OccasionRow).where(OccasionRow.person_id == person_id)
    return _with_readings(db.session.scalars(query.order_by(OccasionRow.effective_at, OccasionRow.id)).all())


def list_occasions_of_visits(*, visit_ids: Iterable[UUID]) -> list[Occasion]:
    """Occasions at these visits, earliest first."""
    query = (
        select(OccasionRow)
        .where(OccasionRow.visit_id.in_(list(visit_ids)))
        .order_by(OccasionRow.effective_at, OccasionRow.id)
    )
    return _with_readings(db.session.scalars(query).all())


def list_open_alerts(*, account_id: UUID | None = None, organisation_id: UUID | None = None) -> list[Alert]:
    """What an account or an organisation has been told of and not yet acknowledged, oldest first."""
    query = select(AlertRow).where(AlertRow.acknowledged_at.is_(None)).order_by(AlertRow.raised_at, AlertRow.id)
    if account_id is not None:
        query = query.where(AlertRow.account_id == account_id)
    if organisation_id is not None:
        query = query.where(AlertRow.organisation_id == organisation_id)
    return [_as_alert(r) for r in db.session.scalars(query)]


def _ordered(query: Select[DelegationRow]) -> list[Delegation]:
    return _whole(db.session.scalars(query.order_by(DelegationRow.proposed_at, DelegationRow.id)).all())


def _whole(rows: Sequence[DelegationRow]) -> list[Delegation]:
    """Delegations with their parts: three statements however many they are."""
    ids = [r.id for r in rows]
    steps: dict[UUID, list[Step]] = {i: [] for i in ids}
    instructions: dict[UUID, list[Instruction]] = {i: [] for i in ids}
    competences: dict[UUID, list[Competence]] = {i: [] for i in ids}
    if ids:
        for s in db.session.scalars(
            select(StepRow).where(StepRow.delegation_id.in_(ids)).order_by(StepRow.at, StepRow.id)
        ):
            steps[s.delegation_id].append(Step(Event(s.event), s.at, s.by, s.reason, s.next_occasion))
        for i in db.session.scalars(
            select(InstructionRow).where(InstructionRow.delegation_id.in_(ids)).order_by(InstructionRow.number)
        ):
            instructions[i.delegation_id].append(_as_instruction(i))
        for c in db.session.scalars(
            select(CompetenceRow).where(CompetenceRow.delegation_id.in_(ids)).order_by(CompetenceRow.id)
        ):
            competences[c.delegation_id].append(_as_competence(c))
    return [_as_delegation(r, steps[r.id], instructions[r.id], competences[r.id]) for r in rows]


def _as_delegation(
    row: DelegationRow, steps: list[Step], instructions: list[Instruction], competences: list[Competence]
) -> Delegation:
    return Delegation(
        id=row.id,
        person_id=row.person_id,
        activity_code=row.activity_code,
        activity=row.activity,
        delegator_id=row.delegator_id,
        organisation_id=row.organisation_id,
        provider_id=row.provider_id,
        funder=row.funder,
        why_suitable=row.why_suitable,
        exclusions=row.exclusions,
        equipment=row.equipment,
        consent=row.consent,
        escalation=row.escalation,
        stop_criteria=row.stop_criteria,
        time_window=row.time_window,
        proposed_at=row.proposed_at,
        ends_on=row.ends_on,
        review_on=row.review_on,
        steps=tuple(steps),
        instructions=tuple(instructions),
        competences=tuple(competences),
        closed_at=row.closed_at,
        closed_because=row.closed_because,
        continues=row.continues,
    )


def _as_instruction(row: InstructionRow) -> Instruction:
    return Instruction(
        number=row.number,
        steps=tuple(row.steps),
        ranges=tuple(
            NormalRange(r["name"], r["unit"], _decimal(r.get("low")), _decimal(r.get("high"))) for r in row.normal_range
        ),
        record_what=row.record_what,
        written_by=row.written_by,
        written_at=row.written_at,
        needs_reconfirmation=row.needs_reconfirmation,
        change_reason=row.change_reason,
    )


def _as_competence(row: CompetenceRow) -> Competence:
    return Competence(
        id=row.id,
        worker_id=row.worker_id,
        instruction_version=row.instruction_version,
        trained_on=row.trained_on,
        observed_on=row.observed_on,
        assessed_by=row.assessed_by,
        assessed_at=row.assessed_at,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        accepted_at=row.accepted_at,
        declined_at=row.declined_at,
        suspended_at=row.suspended_at,
        ended_at=row.ended_at,
    )


def _with_readings(rows: Sequence[OccasionRow]) -> list[Occasion]:
    readings: dict[UUID, list[Reading]] = {r.id: [] for r in rows}
    if rows:
        query = (
            select(ReadingRow)
            .where(ReadingRow.occasion_id.in_(list(readings)))
            .order_by(ReadingRow.occasion_id, ReadingRow.position)
        )
        for r in db.session.scalars(query):
            readings[r.occasion_id].append(Reading(r.name, r.value, r.unit, r.in_range))
    return [_as_occasion(r, tuple(readings[r.id])) for r in rows]


def _as_occasion(row: OccasionRow, readings: tuple[Reading, ...]) -> Occasion:
    return Occasion(
        id=row.id,
        person_id=row.person_id,
        delegation_id=row.delegation_id,
        instruction_version=row.instruction_version,
        worker_id=row.worker_id,
        visit_id=row.visit_id,
        effective_at=row.effective_at,
        received_at=row.received_at,
        result=OccasionResult(row.result),
        reason=row.reason,
        authorised=row.authorised,
        corrects=row.corrects,
        readings=readings,
    )


def _as_alert(row: AlertRow) -> Alert:
    return Alert(
        id=row.id,
        kind=AlertKind(row.kind),
        person_id=row.person_id,
        delegation_id=row.delegation_id,
        occasion_id=row.occasion_id,
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        words=row.words,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
    )


def _decimal(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None
