"""Medicines with what was recorded of them, as frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.medicines.domain.alert import AlertKind, MedicineAlert
from careplan.medicines.domain.chart import DAYS, Line, line_of
from careplan.medicines.domain.dose import Dose, DoseResult, Room, room_at, standing
from careplan.medicines.models import CoveredRow, DoseRow, MedicineAlertRow
from careplan.people import queries as people
from careplan.people.domain import known
from careplan.people.domain.medicine import Medicine

LOOK_BACK = timedelta(days=2)  # more than a day of doses, on both sides of an instant


@dataclass(frozen=True, slots=True)
class DueMedicine:
    """A medicine that is taken now, what was recorded last, and for one taken when needed whether a dose would fit."""

    medicine: Medicine
    last: Dose | None
    room: Room | None
    delegation_id: UUID | None
    taken: tuple[datetime, ...] = ()


def list_doses(*, person_id: UUID, since: datetime | None = None, until: datetime | None = None) -> list[Dose]:
    """Every dose of a person, corrected ones too, by when they happened."""
    query = select(DoseRow).where(DoseRow.person_id == person_id)
    if since is not None:
        query = query.where(DoseRow.effective_at >= since)
    if until is not None:
        query = query.where(DoseRow.effective_at < until)
    return [as_dose(r) for r in db.session.scalars(query.order_by(DoseRow.effective_at, DoseRow.id))]


def find_dose(*, person_id: UUID, dose_id: UUID) -> Dose | None:
    """A dose of a person, corrected or not."""
    row = db.session.scalar(select(DoseRow).where(DoseRow.person_id == person_id, DoseRow.id == dose_id))
    return as_dose(row) if row else None


def find_correction(*, dose_id: UUID) -> Dose | None:
    """The record that stands in a dose's place; of several the first that came."""
    query = select(DoseRow).where(DoseRow.corrects == dose_id).order_by(DoseRow.received_at, DoseRow.id).limit(1)
    row = db.session.scalar(query)
    return as_dose(row) if row else None


def list_doses_of_visits(*, visit_ids: Iterable[UUID]) -> list[Dose]:
    """The doses recorded at these visits that no later record corrects."""
    query = select(DoseRow).where(DoseRow.visit_id.in_(list(visit_ids)))
    return standing(as_dose(r) for r in db.session.scalars(query))


def list_due(*, person_id: UUID, now: datetime) -> tuple[DueMedicine, ...]:
    """The medicines that a person takes on the day of an instant, with how each stands: four statements for all."""
    medicines = people.list_medicines(person_id=person_id)
    current = [m for m in known.standing(medicines) if m.holds_on(local_date(now))]
    if not current:
        return ()
    doses = standing(list_doses(person_id=person_id, since=now - DAYS_REMEMBERED, until=now + LOOK_BACK))
    links = delegations_of(medicines=medicines)
    return tuple(_due(m, line_ids(m, medicines), doses, links, now) for m in current)


DAYS_REMEMBERED = timedelta(days=14)


def get_chart(*, person_id: UUID, first: date, now: datetime) -> list[Line]:
    """The chart of four weeks from a day: every medicine taken in them or recorded in them."""
    medicines = people.list_medicines(person_id=person_id)
    last = first + timedelta(days=DAYS - 1)
    doses = list_doses(person_id=person_id, since=start_of_day(first) - LOOK_BACK, until=end_of_day(last) + LOOK_BACK)
    lines = []
    for medicine in known.standing(medicines):
        ids = line_ids(medicine, medicines)
        line = line_of(medicine, [d for d in doses if d.medicine_id in ids], first=first, now=now)
        if (
            line.others
            or any(c.dose or medicine.holds_on(c.day) for r in line.rows for c in r.cells)
            or (not line.rows and (medicine.holds_on(first) or medicine.holds_on(last)))
        ):
            lines.append(line)
    return lines


def line_ids(medicine: Medicine, medicines: Sequence[Medicine]) -> frozenset[UUID]:
    """The ids under which doses of a medicine were recorded: its own, and those that it was corrected from."""
    by_id = {m.id: m for m in medicines}
    ids, at = {medicine.id}, medicine.corrects
    while at is not None and at not in ids:
        ids.add(at)
        at = by_id[at].corrects if at in by_id else None
    return frozenset(ids)


def delegations_of(*, medicines: Sequence[Medicine]) -> dict[UUID, UUID]:
    """By which delegation each medicine is given, those corrected since too; the latest link counts."""
    if not any(m.details.technique for m in medicines):
        return {}
    query = select(CoveredRow).where(CoveredRow.medicine_id.in_([m.id for m in medicines]))
    rows = db.session.scalars(query.order_by(CoveredRow.linked_at, CoveredRow.id))
    return {r.medicine_id: r.delegation_id for r in rows}


def find_delegation_of(medicine: Medicine, medicines: Sequence[Medicine]) -> UUID | None:
    """The delegation by which a medicine is given, whichever of its corrections it was linked with."""
    return _link(line_ids(medicine, medicines), medicine, delegations_of(medicines=medicines))


def list_open_alerts(*, organisation_id: UUID) -> list[MedicineAlert]:
    """What a provider was told of and has not yet answered, oldest first."""
    query = select(MedicineAlertRow).where(
        MedicineAlertRow.organisation_id == organisation_id, MedicineAlertRow.acknowledged_at.is_(None)
    )
    return [as_alert(r) for r in db.session.scalars(query.order_by(MedicineAlertRow.raised_at, MedicineAlertRow.id))]


def list_alerts(*, person_id: UUID, since: datetime) -> list[MedicineAlert]:
    """What was told of a person's medicines since an instant, latest first."""
    query = select(MedicineAlertRow).where(MedicineAlertRow.person_id == person_id, MedicineAlertRow.raised_at >= since)
    return [as_alert(r) for r in db.session.scalars(query.order_by(MedicineAlertRow.raised_at.desc()))]


def as_dose(row: DoseRow) -> Dose:
    """A row as a value."""
    return Dose(
        id=row.id,
        person_id=row.person_id,
        medicine_id=row.medicine_id,
        worker_id=row.worker_id,
        visit_id=row.visit_id,
        effective_at=row.effective_at,
        received_at=row.received_at,
        result=DoseResult(row.result),
        reason=row.reason,
        amount=row.amount,
        note=row.note,
        rang=row.rang,
        corrects=row.corrects,
    )


def as_alert(row: MedicineAlertRow) -> MedicineAlert:
    """A row as a value."""
    return MedicineAlert(
        id=row.id,
        kind=AlertKind(row.kind),
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        words=row.words,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        acknowledged_words=row.acknowledged_words,
    )


def _due(
    medicine: Medicine, ids: frozenset[UUID], doses: Sequence[Dose], links: dict[UUID, UUID], now: datetime
) -> DueMedicine:
    own = [d for d in doses if d.medicine_id in ids]
    needed = medicine.details.as_needed
    taken = [d.effective_at for d in own if d.result.counts]
    return DueMedicine(
        medicine=medicine,
        last=max((d for d in own if d.effective_at <= now), key=lambda d: d.effective_at, default=None),
        room=room_at(needed, others=taken, at=now) if needed else None,
        delegation_id=_link(ids, medicine, links),
        taken=tuple(taken),
    )


def _link(ids: frozenset[UUID], medicine: Medicine, links: dict[UUID, UUID]) -> UUID | None:
    if not medicine.details.technique:
        return None
    return links.get(medicine.id) or next((links[i] for i in ids if i in links), None)
