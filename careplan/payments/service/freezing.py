"""Freezing visits: what is paid and charged rests on facts that nothing can change any more."""

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert as upsert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.payments import rows
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.models import FinancePersonRow, FreezeRow, FrozenVisitRow
from careplan.payments.service.keeping import insert_many
from careplan.people import queries as people


def freeze(*, span: Span, visits: Sequence[SettledVisit], actor: Actor, now: datetime) -> UUID:
    """Keeps these visits of some days as they stand now, and the names of whom they were to."""
    freeze_id = new_id()
    db.session.add(
        FreezeRow(id=freeze_id, starts_on=span.starts_on, ends_on=span.ends_on, as_of=now, made_by=actor.account_id)
    )
    db.session.flush()
    know(person_ids={v.person_id for v in visits}, now=now)
    insert_many(FrozenVisitRow, [rows.frozen(v, freeze_id=freeze_id) for v in visits])
    return freeze_id


def know(*, person_ids: Iterable[UUID], now: datetime) -> None:
    """Gives people a reference with finance where they have none, and keeps their name as it is now."""
    found = people.list_people_by_id(person_ids=person_ids)
    values = [
        {"person_id": p.id, "reference": reference_of(p.id), "name": p.name, "recorded_at": now} for p in found.values()
    ]
    if values:
        statement = upsert(FinancePersonRow)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[FinancePersonRow.person_id], set_={"name": statement.excluded.name}
            ),
            values,
        )


def reference_of(person_id: UUID) -> str:
    """What stands on invoices, such as F-K7QF2M9X; the same for a person for ever."""
    return f"F-{base64.b32encode(person_id.bytes[-5:]).decode()}"
