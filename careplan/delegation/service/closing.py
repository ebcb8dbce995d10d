"""Closing delegations because the care that they belong to ends or moves, and opening them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.delegation.domain.delegation import State, state_at
from careplan.delegation.models import DelegationRow
from careplan.delegation.queries import list_delegations

OVER = (State.WITHDRAWN, State.EXPIRED)


@dataclass(frozen=True, slots=True)
class Closed:
    """A delegation that was closed at an instant, and when and why it had been closed for later before, if it had."""

    delegation_id: UUID
    at: datetime
    was_at: datetime | None = None
    was_because: str | None = None


def close_delegations(*, person_id: UUID, at: datetime, because: str, provider_id: UUID | None = None) -> list[Closed]:
    """Lets each delegation that would go on run no longer than to an instant; says which they are.

    With `provider_id` only those to that provider.
    """
    going_on = [
        d.id
        for d in list_delegations(person_id=person_id)
        if state_at(d, at) not in OVER and provider_id in (None, d.provider_id)
    ]
    closed = []
    for row in _locked(going_on):
        closed.append(Closed(row.id, at, row.closed_at, row.closed_because))
        row.closed_at, row.closed_because = at, because
    db.session.flush()
    return closed


def open_delegations(*, closed: Iterable[Closed]) -> set[UUID]:
    """Lets each run as long as before, unless it was closed anew since; says which do."""
    known = {c.delegation_id: c for c in closed}
    rows = [row for row in _locked(known) if row.closed_at == known[row.id].at]
    for row in rows:
        row.closed_at, row.closed_because = known[row.id].was_at, known[row.id].was_because
    db.session.flush()
    return {row.id for row in rows}


def open_closed_at(*, person_id: UUID, at: datetime, provider_id: UUID) -> None:
    """Lets what was closed for a provider at exactly this instant go on without an end of its own."""
    rows = db.session.scalars(
        select(DelegationRow).where(
            DelegationRow.person_id == person_id,
            DelegationRow.provider_id == provider_id,
            DelegationRow.closed_at == at,
        )
    )
    for row in rows:
        row.closed_at = row.closed_because = None
    db.session.flush()


def _locked(delegation_ids: Iterable[UUID]) -> list[DelegationRow]:
    query = select(DelegationRow).where(DelegationRow.id.in_(list(delegation_ids))).order_by(DelegationRow.id)
    return list(db.session.scalars(query.with_for_update()))
