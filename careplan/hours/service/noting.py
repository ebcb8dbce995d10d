"""Writing down what a record delivered, and in the same statement what stands around it in the ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from careplan.db import db
from careplan.db.types import UtcInstant
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.funding import Standing
from careplan.hours.domain.ledger import Cause, Kind
from careplan.hours.models import (
    HourAdjustment,
    HourBalance,
    HourBank,
    HourDelivery,
    HourEntry,
    HourPause,
    HourReservation,
)
from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Released:
    """Minutes set aside for a visit that are to come back to their bank; `part` counts those that did before."""

    bank_id: UUID
    starts_on: date
    minutes: Minutes
    part: int


@dataclass(frozen=True, slots=True)
class Noted:
    """How things stand once a delivery is written down and before any minute has moved.

    `is_last`: of the visit's records it came last, so that new minutes are drawn in its name. `is_quiet`: the period is
    open, and neither a pause nor a change of hours bears on it. `parts`: how often each kind was drawn in its name.
    """

    standing: Standing
    released: Released | None
    is_last: bool
    is_quiet: bool
    free: Minutes
    unfunded: int
    parts: dict[Kind, int]


def note(bank: Bank, delivery: Delivery, *, starts_at: Any, releases: Minutes | None) -> Noted | None:
    """Writes down a delivery to a bank, which must be locked; None where it stands already.

    What was set aside for the visit is let go: this worker's share of it, all where `releases` is None.
    """
    said = {
        "record": delivery.record_id, "bank": bank.id, "person": bank.person_id, "plan": bank.plan_id,
        "visit": delivery.visit_id, "group": delivery.group_id, "day": delivery.starts_on, "starts_at": starts_at,
        "minutes": delivery.minutes, "now": delivery.received_at, "releases": releases,
    }  # fmt: skip
    row = db.session.execute(_NOTE, said).one()
    return _noted(row, delivery) if row.is_new else None


def _noted(row: Any, delivery: Delivery) -> Noted:
    before = queries.standing(row)
    released = None
    if row.let_go:
        released = Released(row.planned_in, row.planned_on, Minutes(row.let_go), row.released_before)
    return Noted(
        standing=before.with_delivered(delivery.minutes),
        released=released,
        is_last=not row.is_overtaken,
        is_quiet=not (row.is_closed or row.is_changed),
        free=Minutes(row.free),
        unfunded=row.owing,
        parts={Kind.DRAW: row.drawn_before, Kind.DRAW_UNFUNDED: row.unfunded_before},
    )


_BANK, _GROUP, _VISIT = (bindparam(name, type_=Uuid()) for name in ("bank", "group", "visit"))
_RECORD, _PLAN, _NOW = (
    bindparam("record", type_=Uuid()),
    bindparam("plan", type_=Uuid()),
    bindparam("now", type_=UtcInstant()),
)
_SAID = {
    "bank_id": _BANK,
    "visit_id": _VISIT,
    "group_id": _GROUP,
    "starts_on": bindparam("day", type_=Date()),
    "starts_at": bindparam("starts_at", type_=UtcInstant()),
    "minutes": bindparam("minutes", type_=Integer()),
    "received_at": _NOW,
    "reversed_at": None,
}
_NOTED = (
    insert(HourDelivery)
    .values(record_id=_RECORD, person_id=bindparam("person", type_=Uuid()), **_SAID)
    .on_conflict_do_update(index_elements=["record_id"], set_=_SAID, where=HourDelivery.reversed_at.is_not(None))
    .returning(HourDelivery.record_id)
    .cte("noted")
)
_KEPT = func.greatest(
    HourReservation.minutes - func.coalesce(bindparam("releases", type_=Integer()), HourReservation.minutes), 0
)
_LET_GO = (
    update(HourReservation)
    .where(HourReservation.visit_id == _VISIT, HourReservation.minutes > 0, select(_NOTED.c.record_id).exists())
    .values(minutes=_KEPT, reserved=func.least(HourReservation.reserved, _KEPT))
    .returning(
        HourReservation.bank_id.label("planned_in"),
        HourReservation.starts_on.label("planned_on"),
        literal_column("old.reserved - new.reserved", Integer()).label("let_go"),
    )
    .cte("let_go")
)


def _posted(bank_id: ColumnElement[UUID], cause: Cause, cause_id: ColumnElement[UUID], kind: Kind) -> Any:
    return (
        select(func.count())
        .where(
            HourEntry.bank_id == bank_id,
            HourEntry.cause == cause.value,
            HourEntry.cause_id == cause_id,
            HourEntry.kind == kind.value,
        )
        .scalar_subquery()
    )


_STANDING = queries.select_standing(bank_id=_BANK, group_id=_GROUP).subquery("standing")
_NOTE = (
    select(
        select(_NOTED.c.record_id).exists().label("is_new"),
        *_STANDING.c,
        _LET_GO.c.planned_in,
        _LET_GO.c.planned_on,
        _LET_GO.c.let_go,
        case((_LET_GO.c.let_go > 0, _posted(_LET_GO.c.planned_in, Cause.VISIT, _VISIT, Kind.RELEASE)), else_=0).label(
            "released_before"
        ),
        exists()
        .where(
            HourDelivery.bank_id == _BANK,
            HourDelivery.group_id == _GROUP,
            HourDelivery.reversed_at.is_(None),
            tuple_(HourDelivery.received_at, HourDelivery.record_id) > tuple_(_NOW, _RECORD),
        )
        .label("is_overtaken"),
        HourBank.closed_at.is_not(None).label("is_closed"),
        or_(exists().where(HourAdjustment.plan_id == _PLAN), exists().where(HourPause.plan_id == _PLAN)).label(
            "is_changed"
        ),
        HourBalance.bank.label("free"),
        HourBalance.unfunded.label("owing"),
        _posted(_BANK, Cause.RECORD, _RECORD, Kind.DRAW).label("drawn_before"),
        _posted(_BANK, Cause.RECORD, _RECORD, Kind.DRAW_UNFUNDED).label("unfunded_before"),
    )
    .select_from(HourBank)
    .join(HourBalance, HourBalance.bank_id == HourBank.id)
    .join(_STANDING, true())
    .outerjoin(_LET_GO, true())
    .where(HourBank.id == _BANK)
)
