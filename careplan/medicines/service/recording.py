"""Recording an occasion of a medicine: never refused, judged by its own time, told to whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import queries as delegations
from careplan.delegation import service as delegation
from careplan.delegation.domain.occasion import OccasionResult
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.medicines import queries
from careplan.medicines.domain.alert import AlertKind, kinds_of, words_of
from careplan.medicines.domain.chart import BELONGS_WITHIN
from careplan.medicines.domain.dose import DAY, Dose, DoseResult, Warned, room_at, standing
from careplan.medicines.models import DoseRow, MedicineAlertRow
from careplan.people import queries as people
from careplan.people.domain.medicine import Medicine

# Only what a worker gives with their own hands takes the technique that was handed over.
AS_OCCASION = {
    DoseResult.GIVEN: OccasionResult.DONE,
    DoseResult.DECLINED: OccasionResult.DECLINED,
    DoseResult.NOT_AVAILABLE: OccasionResult.NOT_DONE,
    DoseResult.OMITTED: OccasionResult.NOT_DONE,
    DoseResult.SPOILED: OccasionResult.NOT_DONE,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What recording a dose found: whom it alerts why, and whether the worker had the authority that it took."""

    alerts: tuple[AlertKind, ...]
    authorised: bool = True


def record_dose(
    *,
    dose_id: UUID,
    person_id: UUID,
    medicine_id: UUID,
    effective_at: datetime,
    result: DoseResult,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    amount: str | None = None,
    note: str | None = None,
    rang: str | None = None,
    visit_id: UUID | None = None,
    corrects: UUID | None = None,
    time_uncertain: bool = False,
) -> Judged:
    """Keeps an occasion of a medicine, and alerts the worker's provider to what should not have been so.

    Call it with eyes that see everything: the medicine may be another person's.
    """
    medicines = people.list_medicines(person_id=person_id)
    medicine = next((m for m in medicines if m.id == medicine_id), None)
    dose = Dose(
        id=dose_id,
        person_id=person_id,
        medicine_id=medicine_id,
        worker_id=actor.account_id,
        visit_id=visit_id,
        effective_at=effective_at,
        received_at=now,
        result=result,
        reason=reason or None,
        amount=amount or None,
        note=note or None,
        rang=rang or None,
        corrects=corrects,
    )
    db.session.execute(insert(DoseRow).values(**_values(dose)))
    warnings = _warnings(dose, medicine, medicines)
    holds = medicine is not None and medicine.retraction is None and medicine.holds_on(local_date(effective_at))
    kinds = tuple(kinds_of(dose, medicine, warnings, holds=holds))
    _tell(kinds, dose, medicine, actor=actor, now=now)
    if result.counts:
        _settle_silence(dose, actor=actor, now=now)
    return Judged(kinds, _as_occasion(dose, medicine, medicines, actor=actor, now=now, uncertain=time_uncertain))


def _values(dose: Dose) -> dict[str, object]:
    return {
        "id": dose.id, "person_id": dose.person_id, "medicine_id": dose.medicine_id, "worker_id": dose.worker_id,
        "visit_id": dose.visit_id, "effective_at": dose.effective_at, "received_at": dose.received_at,
        "result": dose.result.value, "reason": dose.reason, "amount": dose.amount, "note": dose.note,
        "rang": dose.rang, "corrects": dose.corrects,
    }  # fmt: skip


def _warnings(dose: Dose, medicine: Medicine | None, medicines: Sequence[Medicine]) -> tuple[Warned, ...]:
    needed = medicine.details.as_needed if medicine else None
    if medicine is None or needed is None or not dose.result.counts:
        return ()
    ids = queries.line_ids(medicine, medicines)
    around = queries.list_doses(person_id=dose.person_id, since=dose.effective_at - DAY, until=dose.effective_at + DAY)
    others = [d.effective_at for d in standing(around) if d.id != dose.id and d.medicine_id in ids and d.result.counts]
    return room_at(needed, others=others, at=dose.effective_at).warnings


def _tell(kinds: Sequence[AlertKind], dose: Dose, medicine: Medicine | None, *, actor: Actor, now: datetime) -> None:
    if actor.organisation_id is None or not kinds:
        return
    rows = [
        {
            "id": new_id(), "kind": kind.value, "person_id": dose.person_id, "medicine_id": dose.medicine_id,
            "dose_id": dose.id, "organisation_id": actor.organisation_id,
            "words": words_of(kind, medicine, dose), "raised_at": now,
        }
        for kind in kinds
    ]  # fmt: skip
    db.session.execute(insert_or_skip(MedicineAlertRow).values(rows).on_conflict_do_nothing())


def _settle_silence(dose: Dose, *, actor: Actor, now: datetime) -> None:
    """A record that comes late answers what was told of the silence before it."""
    db.session.execute(
        update(MedicineAlertRow)
        .where(
            MedicineAlertRow.medicine_id == dose.medicine_id,
            MedicineAlertRow.kind == AlertKind.NOT_RECORDED.value,
            MedicineAlertRow.acknowledged_at.is_(None),
            MedicineAlertRow.due_at.between(dose.effective_at - BELONGS_WITHIN, dose.effective_at + BELONGS_WITHIN),
        )
        .values(
            acknowledged_at=now, acknowledged_by=actor.account_id,
            acknowledged_words="It was recorded after all.",
        )
    )  # fmt: skip


def _as_occasion(
    dose: Dose,
    medicine: Medicine | None,
    medicines: Sequence[Medicine],
    *,
    actor: Actor,
    now: datetime,
    uncertain: bool,
) -> bool:
    """A medicine that takes a technique is one doing of its delegation too; answers whether authority stood."""
    delegation_id = queries.find_delegation_of(medicine, medicines) if medicine else None
    result = AS_OCCASION.get(dose.result)
    if delegation_id is None or result is None:
        return True
    found = delegations.get_delegation(delegation_id=delegation_id)
    instruction = found.instruction_at(dose.effective_at) or found.instructions[0]
    recorded = delegation.record_occasion(
        occasion_id=uuid5(dose.id, "occasion"),
        person_id=dose.person_id,
        delegation_id=delegation_id,
        instruction_version=instruction.number,
        effective_at=dose.effective_at,
        result=result,
        reason=dose.reason or (None if result is OccasionResult.DONE else dose.result.words),
        visit_id=dose.visit_id,
        corrects=uuid5(dose.corrects, "occasion") if dose.corrects else None,
        time_uncertain=uncertain,
        actor=actor,
        now=now,
    )
    return recorded.authority.stood
