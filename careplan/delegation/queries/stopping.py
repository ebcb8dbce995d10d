"""What fell away and who knows of it, and how workers were prepared, as frozen values."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select

from careplan.db import db
from careplan.delegation.domain.stopping import Cause, Known, Stop, StopParty
from careplan.delegation.domain.workers import Preparation, PreparationKind
from careplan.delegation.models import PreparationRow, StopAcknowledgementRow, StopRow
from careplan.kernel.errors import NotFound


def get_stop(*, stop_id: UUID) -> Stop:
    """What fell away, with who knows of it.  Raises NotFound."""
    found = _with_known(db.session.scalars(select(StopRow).where(StopRow.id == stop_id)).all())
    if not found:
        raise NotFound("Nothing of the kind has stopped.")
    return found[0]


def find_person_of_stop(*, stop_id: UUID, **_: object) -> UUID | None:
    """Whose care it concerns, as far as the transaction's actor may see."""
    return db.session.scalar(select(StopRow.person_id).where(StopRow.id == stop_id))


def list_stops(*, delegation_id: UUID) -> list[Stop]:
    """All that ever fell away of a delegation, latest first."""
    query = select(StopRow).where(StopRow.delegation_id == delegation_id)
    return _with_known(db.session.scalars(query.order_by(StopRow.at.desc(), StopRow.id)).all())


def list_open_stops(*, delegator_id: UUID | None = None, provider_id: UUID | None = None) -> list[Stop]:
    """What a professional, or else a provider, does not know of yet, oldest first."""
    party, whose = (
        (StopParty.DELEGATOR, StopRow.delegator_id == delegator_id)
        if delegator_id is not None
        else (StopParty.PROVIDER, StopRow.provider_id == provider_id)
    )
    query = select(StopRow).where(whose, ~_is_known_to(party)).order_by(StopRow.at, StopRow.id)
    return _with_known(db.session.scalars(query).all())


def list_preparations(*, delegation_id: UUID) -> list[Preparation]:
    """How workers were prepared for an activity, by day."""
    query = select(PreparationRow).where(PreparationRow.delegation_id == delegation_id)
    rows = db.session.scalars(query.order_by(PreparationRow.day, PreparationRow.recorded_at, PreparationRow.id))
    return [
        Preparation(
            r.id, r.worker_id, PreparationKind(r.kind), r.instruction_version, r.day, r.by_whom, r.words,
            r.recorded_by, r.recorded_at,
        )
        for r in rows
    ]  # fmt: skip


def _is_known_to(party: StopParty) -> ColumnElement[bool]:
    known = StopAcknowledgementRow
    return exists().where(and_(known.stop_id == StopRow.id, known.party == party.value))


def _with_known(rows: Sequence[StopRow]) -> list[Stop]:
    known: dict[UUID, list[Known]] = {r.id: [] for r in rows}
    if rows:
        query = select(StopAcknowledgementRow).where(StopAcknowledgementRow.stop_id.in_(list(known)))
        for k in db.session.scalars(query.order_by(StopAcknowledgementRow.at, StopAcknowledgementRow.party)):
            known[k.stop_id].append(Known(StopParty(k.party), k.at, k.by, k.words))
    return [_as_stop(r, tuple(known[r.id])) for r in rows]


def _as_stop(row: StopRow, known: tuple[Known, ...]) -> Stop:
    return Stop(
        id=row.id,
        delegation_id=row.delegation_id,
        person_id=row.person_id,
        activity=row.activity,
        delegator_id=row.delegator_id,
        provider_id=row.provider_id,
        worker_id=row.worker_id,
        cause=Cause(row.cause),
        at=row.at,
        reason=row.reason,
        next_occasion=row.next_occasion,
        contact=row.contact,
        by=row.by,
        known=known,
    )
