"""Carrying a reading out of range up the ladder, from facts: at once for the first name, by a job for the next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.escalation import Told, told_by
from careplan.delegation.domain.ladder import EscalationStep
from careplan.delegation.domain.occasion import AlertKind
from careplan.delegation.models import AlertRow, DelegationRow, EscalationRow, EscalationToldRow
from careplan.delegation.queries.following import as_ladder
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id

LONGEST = 1000


def begin_escalation(*, delegation: Delegation, occasion_id: UUID, words: str, now: datetime) -> UUID:
    """Raises a reading by the ladder as it stands, and tells the first name in the same transaction."""
    row = EscalationRow(
        id=new_id(),
        person_id=delegation.person_id,
        delegation_id=delegation.id,
        occasion_id=occasion_id,
        provider_id=delegation.provider_id,
        organisation_id=delegation.organisation_id,
        words=words,
        raised_at=now,
        ladder=[_step_json(s) for s in delegation.ladder],
    )
    db.session.add(row)
    db.session.flush()
    _carry_on(row, now)
    return row.id


def carry_escalations_on(*, now: datetime) -> int:
    """Tells whoever is next of each that nobody has answered in time; says how many were told anew.

    It may run at any time and twice at once: whom it tells follows from what is stored. Whoever calls sees everything.
    """
    rows = db.session.scalars(
        select(EscalationRow).where(EscalationRow.answered_at.is_(None)).order_by(EscalationRow.raised_at)
    ).all()
    return sum(_carry_on(row, now) for row in rows)


def answer_escalation(*, escalation_id: UUID, words: str, actor: Actor, now: datetime) -> UUID:
    """Somebody says what they did about it, and nobody further is told; a second answer changes nothing.

    The alerts that it sent are acknowledged with it. Answers whose reading it was.  Raises NotFound, Invalid.
    """
    row = db.session.get(EscalationRow, escalation_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no such alert.")
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise invalid("words", "Say what you did, such as whom you rang, what they said and how the person is.")
    if row.answered_at is None:
        row.answered_at, row.answered_by, row.answered_words = now, actor.account_id, said
        db.session.flush()
        db.session.execute(
            update(AlertRow)
            .where(AlertRow.escalation_id == row.id, AlertRow.acknowledged_at.is_(None))
            .values(acknowledged_at=now, acknowledged_by=actor.account_id, acknowledged_words=said)
        )
    return row.person_id


def _carry_on(row: EscalationRow, now: datetime) -> int:
    due = told_by(as_ladder(row.ladder), raised_at=row.raised_at, now=now, holidays=bank_holidays())
    known = set(db.session.scalars(select(EscalationToldRow.position).where(EscalationToldRow.escalation_id == row.id)))
    fresh = [t for t in due if t.position not in known]
    return sum(_tell(row, told, now) for told in fresh)


def _tell(row: EscalationRow, told: Told, now: datetime) -> int:
    """Writes down that somebody is told, once; whoever works here too finds it on their page."""
    written = db.session.execute(
        insert_or_skip(EscalationToldRow)
        .values(
            id=new_id(), escalation_id=row.id, person_id=row.person_id, position=told.position, name=told.name,
            phone=told.phone, account_id=told.account_id, at=told.at,
        )
        .on_conflict_do_nothing()
        .returning(EscalationToldRow.id)
    ).all()  # fmt: skip
    delegator_id = db.session.get_one(DelegationRow, row.delegation_id).delegator_id
    first = told.at == row.raised_at and not told.is_everybody
    audiences = _audiences(row, told, is_first=first, delegator_id=delegator_id) if written else []
    if audiences:
        db.session.execute(insert(AlertRow), [_alert(row, audience, now) for audience in audiences])
    return len(written)


def _audiences(
    row: EscalationRow, told: Told, *, is_first: bool, delegator_id: UUID
) -> Sequence[dict[str, UUID | None]]:
    """Who finds it on their page: the one who is told, or for the first name of a number alone, who delegated."""
    if told.is_everybody:
        everybody = dict.fromkeys((row.provider_id, row.organisation_id))
        return [{"account_id": None, "organisation_id": i} for i in everybody]
    account_id = told.account_id or (delegator_id if is_first else None)
    return [{"account_id": account_id, "organisation_id": None}] if account_id else []


def _alert(row: EscalationRow, audience: dict[str, UUID | None], now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(), "kind": AlertKind.OUT_OF_RANGE.value, "person_id": row.person_id,
        "delegation_id": row.delegation_id, "occasion_id": row.occasion_id, "escalation_id": row.id,
        "words": row.words, "raised_at": now, **audience,
    }  # fmt: skip


def _step_json(step: EscalationStep) -> dict[str, Any]:
    return {
        "position": step.position, "name": step.name, "phone": step.phone, "within_minutes": step.within_minutes,
        "when": step.when.value, "account_id": str(step.account_id) if step.account_id else None,
    }  # fmt: skip
