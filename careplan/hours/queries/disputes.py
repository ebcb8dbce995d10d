"""Disputes about unfunded time, with what of it still stands unfunded."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.queries import select_visible
from careplan.db import db
from careplan.hours.domain.disputing import Dispute, Outcome, Party
from careplan.hours.models import HourDispute
from careplan.hours.queries.ledger import list_uncovered
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes

MOST = 200


def get_dispute(*, dispute_id: UUID) -> Dispute:
    """A dispute as it stands.  Raises NotFound."""
    row = db.session.get(HourDispute, dispute_id, populate_existing=True)
    if row is None:
        raise NotFound("There is no such dispute.")
    return _with_uncovered([row])[0]


def find_person_of_dispute(*, dispute_id: UUID, **_: object) -> UUID | None:
    """Whose hours a dispute is about."""
    return db.session.scalar(select(HourDispute.person_id).where(HourDispute.id == dispute_id))


def find_open_dispute(*, visit_id: UUID) -> UUID | None:
    """The dispute about a visit that nobody has decided."""
    return db.session.scalar(
        select(HourDispute.id).where(HourDispute.visit_id == visit_id, HourDispute.outcome.is_(None))
    )


def list_disputes(*, bank_ids: Collection[UUID]) -> list[Dispute]:
    """The disputes about visits of these banks, by the day of the visit."""
    return _with_uncovered(
        db.session.scalars(
            select(HourDispute)
            .where(HourDispute.bank_id.in_(bank_ids))
            .order_by(HourDispute.day, HourDispute.disputed_at)
        )
    )


def list_waiting_disputes(*, actor: Actor, now: datetime) -> list[Dispute]:
    """What waits for the social worker, of the people whose contingency this actor may see, the earliest answer first.

    Where the time has been paid for in another way since, nothing is left to decide.
    """
    visible = select_visible(actor=actor, section=Section.CONTINGENCY, action=Action.READ, now=now)
    found = db.session.scalars(
        select(HourDispute)
        .where(HourDispute.outcome.is_(None), HourDispute.person_id.in_(visible))
        .order_by(HourDispute.answer_by, HourDispute.id)
        .limit(MOST)
    )
    return [d for d in _with_uncovered(found) if d.uncovered]


def _with_uncovered(found: Iterable[HourDispute]) -> list[Dispute]:
    disputed = list(found)
    banks = {row.bank_id for row in disputed}
    uncovered = {u.visit_id: u.minutes for u in list_uncovered(bank_ids=banks)} if banks else {}
    return [_dispute(row, uncovered.get(row.visit_id, Minutes(0))) for row in disputed]


def _dispute(row: HourDispute, uncovered: Minutes) -> Dispute:
    return Dispute(
        id=row.id,
        person_id=row.person_id,
        bank_id=row.bank_id,
        visit_id=row.visit_id,
        day=row.day,
        minutes=Minutes(row.minutes),
        uncovered=uncovered,
        party=Party(row.party),
        why=row.why,
        disputed_by=row.disputed_by,
        disputed_at=row.disputed_at,
        answer_by=row.answer_by,
        outcome=Outcome(row.outcome) if row.outcome else None,
        words=row.words or "",
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
