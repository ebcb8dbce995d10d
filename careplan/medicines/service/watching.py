"""Watching over medicines that must come on time: where nothing was recorded, the provider is told, once.

It is worked out from facts each time, so it does not matter when the work was held up, or stopped and begun again.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.medicines import queries
from careplan.medicines.domain.alert import AlertKind, words_of_silence
from careplan.medicines.domain.chart import BELONGS_WITHIN, Slot, unrecorded
from careplan.medicines.models import DoseRow, MedicineAlertRow
from careplan.people import queries as people
from careplan.people.domain import known

# Nothing older is told as if it were new.
LOOK_BACK = timedelta(hours=12)


def watch_over_silence(*, now: datetime) -> int:
    """Tells providers of times that matter and have no record; says how many. Whoever calls sees everything."""
    since = now - LOOK_BACK
    medicines = [m for m in known.standing(people.list_medicines_on_time()) if m.recorded_at <= now]
    if not medicines:
        return 0
    rows = db.session.scalars(
        select(DoseRow).where(
            DoseRow.medicine_id.in_([m.id for m in medicines]), DoseRow.effective_at >= since - BELONGS_WITHIN
        )
    )
    doses = [queries.as_dose(r) for r in rows]
    silent = [
        slot
        for m in medicines
        for slot in unrecorded(m, [d for d in doses if d.medicine_id == m.id], since=max(since, m.recorded_at), now=now)
    ]
    return sum(_tell(slot, now) for slot in silent)


def _tell(slot: Slot, now: datetime) -> int:
    """The provider that looked after the person at the time; nobody does: nobody is told."""
    person_id = slot.medicine.person_id
    provider_id = access.find_related_organisation(person_id=person_id, kind=Kind.PACKAGE, at=slot.due_at)
    if provider_id is None:
        return 0
    told = db.session.execute(
        insert_or_skip(MedicineAlertRow)
        .values(
            id=new_id(), kind=AlertKind.NOT_RECORDED.value, person_id=person_id, medicine_id=slot.medicine.id,
            due_at=slot.due_at, organisation_id=provider_id, words=words_of_silence(slot.medicine, slot.due_at),
            raised_at=now,
        )
        .on_conflict_do_nothing()
        .returning(MedicineAlertRow.id)
    )  # fmt: skip
    return len(told.all())
