"""One act for many: the list of everyone it concerns is made at once, and each is begun by itself, some at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, Uuid, cast, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, DomainError, Forbidden
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.plans.standing import select_given_by
from careplan.transfers import queries, rows
from careplan.transfers.domain.act import Act
from careplan.transfers.domain.transfer import Reason, check_new
from careplan.transfers.models import TransferActRow, TransferRow
from careplan.transfers.service.interim import bring_interim
from careplan.transfers.service.telling import tell_begun

BATCH = 50


class NobodyToMove(Conflict):
    """Nobody whom the act's maker may move has this provider there."""

    code = "nobody_to_move"


@dataclass(frozen=True, slots=True)
class NewAct:
    """From whom to whom, where, why and from when. With `told_on` interim versions let the new provider begin."""

    from_provider_id: UUID
    to_provider_id: UUID
    reason: Reason
    changes_on: date
    why: str = ""
    zone_id: UUID | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a run came to: how many were begun, how many could not be, and how many are left."""

    begun: int
    held_up: int
    left: int


def start_act(*, said: NewAct, visible: Select[UUID], actor: Actor, now: datetime) -> Act:
    """Makes the list of those among `visible` to whom the provider gives care there, in one statement.

    Somebody whose care is moving already is left out. Raises WrongTransfer, NobodyToMove, Forbidden.
    """
    if actor.team_id is None:
        raise Forbidden("Only somebody of a team can move its people.")
    check_new(
        from_provider=said.from_provider_id, to_provider=said.to_provider_id, reason=said.reason, why=said.why,
        changes_on=said.changes_on, told_on=said.told_on, today=local_date(now),
    )  # fmt: skip
    row = TransferActRow(
        id=new_id(),
        team_id=actor.team_id,
        from_provider_id=said.from_provider_id,
        to_provider_id=said.to_provider_id,
        zone_id=said.zone_id,
        reason=said.reason.value,
        why=said.why.strip(),
        changes_on=said.changes_on,
        told_on=said.told_on,
        started_at=now,
        started_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    if not _list_people(row, visible, now):
        raise NobodyToMove("This provider gives care to nobody of your team there.")
    return queries.get_act(act_id=row.id)


def go_on(*, act_id: UUID, actor: Actor, now: datetime, most: int = BATCH) -> Batch:
    """Begins the next of an act's people, each whole or not at all; who cannot be begun stands in the list with why.

    Run again, it goes on where it stopped, with those who could not be begun last.
    """
    waiting = list(
        db.session.scalars(
            select(TransferRow)
            .where(TransferRow.act_id == act_id, TransferRow.begun_at.is_(None), TransferRow.withdrawn_at.is_(None))
            .order_by(TransferRow.held_up.is_not(None), TransferRow.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )
    begun = sum(_begin(row, actor=actor, now=now) for row in waiting)
    return Batch(begun, len(waiting) - begun, _left(act_id))


def _begin(row: TransferRow, *, actor: Actor, now: datetime) -> bool:
    try:
        with db.session.begin_nested():
            if row.told_on is not None:
                bring_interim(row, actor=actor, now=now)
            row.begun_at, row.held_up = now, None
            db.session.flush()
            tell_begun(transfer=rows.transfer(row), actor=actor, now=now)
    except DomainError as refused:
        row.held_up = refused.message
        db.session.flush()
        return False
    return True


def _list_people(act: TransferActRow, visible: Select[UUID], now: datetime) -> int:
    given = select_given_by(provider_id=act.from_provider_id, at=now).subquery()
    moving = select(TransferRow.person_id).where(
        TransferRow.withdrawn_at.is_(None), TransferRow.handed_over_at.is_(None)
    )
    chosen = select(
        func.uuidv7(),
        given.c.person_id,
        given.c.plan_id,
        given.c.number,
        *(cast(literal(v), Uuid) for v in (act.id, act.from_provider_id, act.to_provider_id, act.started_by)),
        literal(act.reason),
        literal(act.why),
        *(cast(literal(v), Date) for v in (act.changes_on, act.told_on)),
        cast(literal(now), DateTime(timezone=True)),
    ).where(given.c.person_id.in_(visible), given.c.person_id.not_in(moving))
    if act.zone_id is not None:
        chosen = chosen.where(given.c.person_id.in_(_living_in(act.zone_id, now)))
    columns = [
        "id", "person_id", "plan_id", "base_number", "act_id", "from_provider_id", "to_provider_id", "started_by",
        "reason", "why", "changes_on", "told_on", "started_at",
    ]  # fmt: skip
    db.session.execute(insert(TransferRow).from_select(columns, chosen).on_conflict_do_nothing())
    return db.session.scalar(select(func.count()).where(TransferRow.act_id == act.id)) or 0


def _living_in(zone_id: UUID, now: datetime) -> Select[UUID]:
    postcodes = next((z.postcodes for z in organisations.list_zones() if z.id == zone_id), ())
    return people.select_living_in(postcodes=postcodes, on=local_date(now))


def _left(act_id: UUID) -> int:
    waiting = (TransferRow.act_id == act_id, TransferRow.begun_at.is_(None), TransferRow.withdrawn_at.is_(None))
    return db.session.scalar(select(func.count()).where(*waiting)) or 0
