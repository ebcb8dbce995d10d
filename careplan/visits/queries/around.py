"""What stands around a record that has come: all that judging it needs, read by one statement."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, Uuid, and_, bindparam, exists, func, literal, or_, select

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.types import UtcInstant
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.people import queries as people
from careplan.people.domain.sharing import SharingDecision
from careplan.plans import counting
from careplan.plans import queries as plans
from careplan.plans.counting import Counting
from careplan.visits.domain.alert import CORRECTED_BY_A_START
from careplan.visits.domain.drawing import USUAL_DRAWS, Draws
from careplan.visits.domain.incoming import AnyRecord, IncomingVisit, OfPerson, Sender
from careplan.visits.domain.visit import Visit
from careplan.visits.models import (
    DeviceRow,
    SyncReceiptRow,
    VisitAlertRow,
    VisitRecordRow,
    VisitRow,
    VisitWorkerRow,
)
from careplan.visits.queries.rows import PARTS, with_parts
from careplan.visits.queries.watching import draws_of, draws_that_hold


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a record was taken before: from whom, with what content, and what was answered."""

    worker_id: UUID
    body_hash: str
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What stood around a record when it came.

    `is_known`: the sender's organisation has, or once had, to do with the person. `objection`: the choice by which the
    person objects to sharing. `is_corrected`: another record of the worker stands in its place already;
    `is_corrected_elsewhere`: one that belongs to another visit.
    """

    receipt: Receipt | None = None
    is_revoked: bool = False
    is_known: bool = False
    visit: Visit | None = None
    plan_id: UUID | None = None
    version: Counting | None = None
    draws: Draws = field(default=USUAL_DRAWS)
    is_on_round: bool = False
    is_with_provider: bool = False
    died_on: date | None = None
    objection: UUID | None = None
    is_alerted: bool = False
    is_corrected: bool = False
    is_corrected_elsewhere: bool = False


def look_around(*, record_id: UUID, record: AnyRecord | None, sender: Sender) -> Around:
    """What stands around a record; of one that cannot be read, only whether it came before."""
    about = {**_NOBODY, **_about(record, sender)} if isinstance(record, OfPerson) else _NOBODY
    account, organisation = sender.actor.account_id, sender.actor.organisation_id
    said = {"record": record_id, "worker": account, "organisation": organisation, "device": sender.device_id, **about}
    return _around(db.session.execute(_AROUND, said).one())


def start_of(record: OfPerson, sender: Sender) -> datetime:
    """The effective instant at which what a record tells of began."""
    return (record.started_at if isinstance(record, IncomingVisit) else record.occurred_at) + sender.skew


def _about(record: OfPerson, sender: Sender) -> dict[str, Any]:
    start = start_of(record, sender)
    day = local_date(start)
    return {
        "person": record.person, "visit": record.visit, "at": start, "day_begins": start_of_day(day),
        "day_ends": end_of_day(day), "night_begins": start_of_day(day - timedelta(days=1)),
    }  # fmt: skip


def _around(row: Any) -> Around:
    objects = row.choice is not None and row.choice["decision"] == SharingDecision.OBJECTS
    return Around(
        receipt=_receipt(row.receipt) if row.receipt else None,
        is_revoked=row.is_revoked,
        is_known=row.is_known,
        visit=with_parts(row, row) if row.id else None,
        plan_id=row.plan_of_person,
        version=counting.counting_of(row.version),
        draws=draws_of(row.draws),
        is_on_round=row.is_on_round,
        is_with_provider=row.is_with_provider,
        died_on=row.died_on,
        objection=UUID(row.choice["id"]) if objects else None,
        is_alerted=row.is_alerted,
        is_corrected=row.is_corrected,
        is_corrected_elsewhere=row.is_corrected_elsewhere,
    )


def _receipt(said: dict[str, Any]) -> Receipt:
    return Receipt(UUID(said["worker_id"]), said["body_hash"], said["answer"])


_NOBODY: dict[str, Any] = dict.fromkeys(("person", "visit", "at", "day_begins", "day_ends", "night_begins"))
_RECORD, _PERSON, _VISIT, _WORKER, _ORGANISATION, _DEVICE = (
    bindparam(name, type_=Uuid()) for name in ("record", "person", "visit", "worker", "organisation", "device")
)
_AT, _DAY_BEGINS, _DAY_ENDS, _NIGHT_BEGINS = (
    bindparam(name, type_=UtcInstant()) for name in ("at", "day_begins", "day_ends", "night_begins")
)
_VISITS = cast(Table, VisitRow.__table__)
_CORRECTED = and_(
    VisitRecordRow.corrects == _RECORD, VisitRecordRow.worker_id == _WORKER, VisitRecordRow.person_id == _PERSON
)
_OTHER = VisitRow.__table__.alias("other_visit")
# The worker was to see the person that day, or through the night before it.
_HAS_VISIT = (
    exists()
    .where(VisitWorkerRow.visit_id == _OTHER.c.id)
    .where(
        VisitWorkerRow.worker_id == _WORKER,
        _OTHER.c.person_id == _PERSON,
        _OTHER.c.planned_start < _DAY_ENDS,
        or_(_OTHER.c.planned_start >= _DAY_BEGINS, _OTHER.c.planned_end > _DAY_BEGINS),
        _OTHER.c.planned_start >= _NIGHT_BEGINS,
    )
)
_SENT = exists().where(VisitWorkerRow.visit_id == _VISIT, VisitWorkerRow.worker_id == _WORKER)
_ONE = select(literal(1).label("one")).subquery("one")
_AROUND = (
    select(
        *_VISITS.c,
        *PARTS,
        select(func.to_jsonb(cast(Table, SyncReceiptRow.__table__).table_valued()))
        .where(SyncReceiptRow.id == _RECORD)
        .scalar_subquery()
        .label("receipt"),
        exists().where(DeviceRow.id == _DEVICE, DeviceRow.revoked_at.is_not(None)).label("is_revoked"),
        access.ever_related(organisation_id=_ORGANISATION, person_id=_PERSON).label("is_known"),
        access.stands_related(organisation_id=_ORGANISATION, person_id=_PERSON, kind=Kind.PACKAGE, at=_AT).label(
            "is_with_provider"
        ),
        plans.select_plan_of_person(person_id=_PERSON).scalar_subquery().label("plan_of_person"),
        counting.select_counting_rule(person_id=_PERSON, at=_AT).label("version"),
        draws_that_hold(provider_id=_ORGANISATION, at=func.coalesce(_VISITS.c.planned_start, _AT)).label("draws"),
        or_(_SENT, _HAS_VISIT).label("is_on_round"),
        people.day_of_death(person_id=_PERSON).label("died_on"),
        people.last_choice(person_id=_PERSON).label("choice"),
        exists()
        .where(VisitAlertRow.visit_id == _VISIT, VisitAlertRow.kind.in_([k.value for k in CORRECTED_BY_A_START]))
        .label("is_alerted"),
        exists().where(_CORRECTED).label("is_corrected"),
        exists().where(_CORRECTED, VisitRecordRow.visit_id.is_distinct_from(_VISIT)).label("is_corrected_elsewhere"),
    )
    .select_from(_ONE)
    .outerjoin(_VISITS, _VISITS.c.id == _VISIT)
)
