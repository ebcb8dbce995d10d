"""Delegations and competences as frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, select

from careplan.db import db
from careplan.delegation.domain.delegation import (
    Competence,
    ConsentBasis,
    Delegation,
    Event,
    Instruction,
    NormalRange,
    Reach,
    Step,
)
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.models import (
    CompetenceRow,
    DelegationRow,
    EscalationStepRow,
    InstructionRow,
    StepRow,
)
from careplan.kernel.errors import NotFound


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


def find_delegation_of_competence(*, competence_id: UUID) -> Delegation | None:
    """The delegation that a competence is for, with all that happened to it, or None."""
    delegation_id = db.session.scalar(select(CompetenceRow.delegation_id).where(CompetenceRow.id == competence_id))
    return find_delegation(delegation_id=delegation_id) if delegation_id else None


def list_competences_of(*, worker_id: UUID) -> list[tuple[Delegation, Competence]]:
    """All that a worker was ever found competent for, with the delegation."""
    ids = db.session.scalars(select(CompetenceRow.delegation_id).where(CompetenceRow.worker_id == worker_id).distinct())
    found = _ordered(select(DelegationRow).where(DelegationRow.id.in_(ids.all())))
    return [(d, c) for d in found for c in d.competences if c.worker_id == worker_id]


def _ordered(query: Select[DelegationRow]) -> list[Delegation]:
    return _whole(db.session.scalars(query.order_by(DelegationRow.proposed_at, DelegationRow.id)).all())


def _whole(rows: Sequence[DelegationRow]) -> list[Delegation]:
    """Delegations with their parts: four statements however many they are."""
    ids = [r.id for r in rows]
    steps: dict[UUID, list[Step]] = {i: [] for i in ids}
    instructions: dict[UUID, list[Instruction]] = {i: [] for i in ids}
    competences: dict[UUID, list[Competence]] = {i: [] for i in ids}
    ladders: dict[UUID, list[EscalationStep]] = {i: [] for i in ids}
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
        for e in db.session.scalars(
            select(EscalationStepRow)
            .where(EscalationStepRow.delegation_id.in_(ids))
            .order_by(EscalationStepRow.delegation_id, EscalationStepRow.position)
        ):
            ladders[e.delegation_id].append(_as_rung(e))
    return [_as_delegation(r, steps[r.id], instructions[r.id], competences[r.id], ladders[r.id]) for r in rows]


def _as_rung(row: EscalationStepRow) -> EscalationStep:
    return EscalationStep(row.position, row.name, row.phone, row.within_minutes, When(row.told_when), row.account_id)


def _as_delegation(
    row: DelegationRow,
    steps: list[Step],
    instructions: list[Instruction],
    competences: list[Competence],
    ladder: list[EscalationStep],
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
        instructions=tuple(i if i.equipment else replace(i, equipment=row.equipment) for i in instructions),
        competences=tuple(competences),
        closed_at=row.closed_at,
        closed_because=row.closed_because,
        continues=row.continues,
        ladder=tuple(ladder),
        reach=Reach(row.regulator, row.registration_number, row.contact_in_hours, row.contact_out_of_hours),
        consent_basis=ConsentBasis(row.consent_basis) if row.consent_basis else None,
        finding_address=row.finding_address,
        supervision_on=row.supervision_on,
        critical=(row.critical_from, row.critical_until) if row.critical_from and row.critical_until else None,
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
        equipment=row.equipment or "",
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
        suspended_reason=row.suspended_reason,
        trained_by=row.trained_by,
        observed_by=row.observed_by,
        confirms=row.confirms,
    )


def _decimal(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None
