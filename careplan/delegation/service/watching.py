"""What ends by itself: delegations on their last day, competences on theirs, and workers who leave."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from careplan.access import queries as access
from careplan.access.domain.actor import SYSTEM
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation, State, state_at
from careplan.delegation.domain.stopping import Cause
from careplan.delegation.domain.workers import WARNED_BEFORE, Standing, standings_of, warning_due
from careplan.delegation.models import CompetenceRow, CompetenceWarningRow, DelegationRow, StopRow
from careplan.delegation.queries import list_delegations_by_id
from careplan.delegation.service.stopping import Falling, raise_stop
from careplan.kernel.clock import end_of_day, local_date
from careplan.kernel.words import day
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service import tell

AT_ONCE = 200
# Of what ended longer ago nobody needs to be told any more.
LOOKED_BACK = timedelta(days=28)


def notice_endings(*, now: datetime) -> int:
    """Tells both sides, once each, of what has ended by itself; says of how much. Call it with eyes that see all."""
    return sum((_notice_leavers(now), _notice_expired(now), _notice_over(now)))


def warn_of_endings(*, now: datetime) -> int:
    """News for both sides 28, 14 and 7 days before a worker may do an activity no longer; says how many were told."""
    told = 0
    for standing in _ending_soon(now):
        due = warning_due(standing.days_left) if standing.days_left is not None else None
        if due is not None and _warns_first(standing, due, now):
            _warn(standing, now)
            told += 1
    return told


def _notice_leavers(now: datetime) -> int:
    """Whoever left may do nothing any more, from the instant of leaving."""
    rows = db.session.scalars(
        select(CompetenceRow)
        .where(
            CompetenceRow.ended_at.is_(None),
            CompetenceRow.declined_at.is_(None),
            CompetenceRow.ends_on >= local_date(now),
            ~access.is_active(account_id=CompetenceRow.worker_id, at=now),
        )
        .order_by(CompetenceRow.id)
        .limit(AT_ONCE)
        .with_for_update(of=CompetenceRow, skip_locked=True)
    ).all()
    found = list_delegations_by_id(delegation_ids={r.delegation_id for r in rows})
    stood = {(r.delegation_id, r.worker_id) for r in rows if _stands(found[r.delegation_id], r, now)}
    for row in rows:
        row.ended_at = now
    db.session.flush()
    for delegation_id, worker_id in sorted(stood):
        raise_stop(found[delegation_id], Falling(Cause.WORKER_LEFT, now, worker_id=worker_id), now=now)
    return len(stood)


def _notice_expired(now: datetime) -> int:
    today = local_date(now)
    rows = db.session.scalars(
        select(DelegationRow)
        .where(
            DelegationRow.ends_on < today,
            DelegationRow.ends_on >= today - LOOKED_BACK,
            ~exists().where(and_(StopRow.delegation_id == DelegationRow.id, StopRow.cause == Cause.EXPIRED.value)),
        )
        .order_by(DelegationRow.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    found = list_delegations_by_id(delegation_ids=[r.id for r in rows])
    ended = [d for d in found.values() if _ran_out(d)]
    for given in ended:
        raise_stop(given, Falling(Cause.EXPIRED, _last_instant(given)), now=now)
    return len(ended)


def _notice_over(now: datetime) -> int:
    today = local_date(now)
    rows = db.session.scalars(
        select(CompetenceRow)
        .where(
            CompetenceRow.ends_on < today,
            CompetenceRow.ends_on >= today - LOOKED_BACK,
            CompetenceRow.accepted_at.is_not(None),
            ~exists().where(
                and_(StopRow.competence_id == CompetenceRow.id, StopRow.cause == Cause.COMPETENCE_OVER.value)
            ),
        )
        .order_by(CompetenceRow.id)
        .limit(AT_ONCE)
        .with_for_update(of=CompetenceRow, skip_locked=True)
    ).all()
    found = list_delegations_by_id(delegation_ids={r.delegation_id for r in rows})
    told = 0
    for row in rows:
        given, ended = found[row.delegation_id], end_of_day(row.ends_on)
        if _stood_until(given, row, ended) and not _stands(given, row, now):
            falling = Falling(Cause.COMPETENCE_OVER, ended, worker_id=row.worker_id, competence_id=row.id)
            raise_stop(given, falling, now=now)
            told += 1
    return told


def _ran_out(given: Delegation) -> bool:
    """Whether workers could do it until its last day; what was suspended by then is over all the same."""
    before = _last_instant(given) - timedelta(microseconds=1)
    return state_at(given, before) in (State.ACTIVE, State.SUSPENDED)


def _last_instant(given: Delegation) -> datetime:
    assert given.ends_on is not None  # noqa: S101  only those with a last day are asked about
    return end_of_day(given.ends_on)


def _stood_until(given: Delegation, row: CompetenceRow, ended: datetime) -> bool:
    """Whether it was this competence by which the worker could do it to the last, and not one that it replaced."""
    counted = {s.competence.id for s in standings_of(given, ended - timedelta(microseconds=1)) if s.stands}
    return state_at(given, ended) is State.ACTIVE and row.id in counted


def _stands(given: Delegation, row: CompetenceRow, at: datetime) -> bool:
    return any(s.stands for s in standings_of(given, at) if s.competence.worker_id == row.worker_id)


def _ending_soon(now: datetime) -> Iterator[Standing]:
    """Workers who may do something now, and not much longer, by their own last day or by that of the delegation."""
    today = local_date(now)
    until = today + timedelta(days=max(WARNED_BEFORE))
    ids = db.session.scalars(
        select(CompetenceRow.delegation_id)
        .join(DelegationRow, DelegationRow.id == CompetenceRow.delegation_id)
        .where(
            CompetenceRow.ends_on >= today,
            or_(CompetenceRow.ends_on <= until, DelegationRow.ends_on.between(today, until)),
            CompetenceRow.accepted_at.is_not(None),
        )
        .distinct()
    )
    found = list_delegations_by_id(delegation_ids=ids.all())
    return (s for d in found.values() for s in standings_of(d, now) if s.ends_soon)


def _warns_first(standing: Standing, due: int, now: datetime) -> bool:
    written = db.session.execute(
        insert(CompetenceWarningRow)
        .values(competence_id=standing.competence.id, days=due, person_id=standing.delegation.person_id, told_at=now)
        .on_conflict_do_nothing()
        .returning(CompetenceWarningRow.days)
    )
    return written.scalar() is not None


def _warn(standing: Standing, now: datetime) -> None:
    given, own = standing.delegation, standing.competence
    who = access.list_account_names(account_ids=[own.worker_id]).get(own.worker_id, "A worker")
    last = min(own.ends_on, given.ends_on or own.ends_on)
    tell(
        person_id=given.person_id,
        audience={Audience.PROVIDER},
        accounts={given.delegator_id},
        words=f"{given.activity}: {who} may do it until {day(last)}, and no longer unless found able again.",
        address=f"/delegations/{given.id}",
        actor=SYSTEM,
        now=now,
        kind=NoticeKind.DELEGATION,
    )
