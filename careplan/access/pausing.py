"""Letting what opens a person's record to an account rest for a while, and begin again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from careplan.access.models import Relationship, RelationshipPause
from careplan.db import db
from careplan.kernel.ids import new_id


def pause_account(*, person_id: UUID, account_id: UUID, now: datetime, source_type: str, source_id: UUID) -> UUID:
    """From now on the person's record is shut to the account, however it was open, until the pause is lifted."""
    pause = RelationshipPause(
        id=new_id(),
        person_id=person_id,
        account_id=account_id,
        since=now,
        until=None,
        source_type=source_type,
        source_id=source_id,
    )
    db.session.add(pause)
    db.session.flush()
    open_now = select(Relationship).where(
        Relationship.person_id == person_id,
        Relationship.account_id == account_id,
        or_(Relationship.until.is_(None), Relationship.until > now),
    )
    for row in db.session.scalars(open_now):
        rest(row, pause_id=pause.id, now=now)
    db.session.flush()
    return pause.id


def lift_pause(*, source_id: UUID, now: datetime) -> None:
    """What rests by this decision begins again, unless it would have ended meanwhile or another pause stands."""
    pause = db.session.scalar(
        select(RelationshipPause).where(RelationshipPause.source_id == source_id, RelationshipPause.until.is_(None))
    )
    if pause is None:
        return
    pause.until = max(now, pause.since)
    db.session.flush()
    other = find_pause(person_id=pause.person_id, account_id=pause.account_id)
    for row in list(db.session.scalars(select(Relationship).where(Relationship.pause_id == pause.id))):
        if other is not None:
            row.pause_id = other
        else:
            _begin_again(row, now)
    db.session.flush()


def find_pause(*, person_id: UUID, account_id: UUID) -> UUID | None:
    """The pause that stands between this account and this person's record."""
    return db.session.scalar(
        select(RelationshipPause.id)
        .where(
            RelationshipPause.person_id == person_id,
            RelationshipPause.account_id == account_id,
            RelationshipPause.until.is_(None),
        )
        .limit(1)
    )


def rest(row: Relationship, *, pause_id: UUID, now: datetime) -> None:
    """Ends a relationship for now, and keeps until when it would have gone on."""
    row.would_end_at, row.pause_id = row.until, pause_id
    row.until = max(now, row.since)


def end_what_rests(row: Relationship) -> None:
    """What ended while it rested does not begin again."""
    row.would_end_at, row.pause_id = None, None


def runs_until(row: Relationship) -> datetime | None:
    """Until when a relationship runs, or would run if it did not rest."""
    return row.until if row.pause_id is None else row.would_end_at


def let_run_until(row: Relationship, at: datetime | None) -> None:
    """Moves that end; what rests goes on resting."""
    if row.pause_id is None:
        row.until = at
    else:
        row.would_end_at = at


def _begin_again(row: Relationship, now: datetime) -> None:
    until = row.would_end_at
    end_what_rests(row)
    if until is not None and until <= now:
        return
    db.session.add(
        Relationship(
            id=new_id(),
            person_id=row.person_id,
            kind=row.kind,
            account_id=row.account_id,
            organisation_id=None,
            since=max(now, row.since),
            until=until,
            source_type=row.source_type,
            source_id=row.source_id,
        )
    )
