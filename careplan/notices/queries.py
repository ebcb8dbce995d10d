"""What somebody was told, as far as they may still know of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.notices.domain.notice import OFFICES, Notice, NoticeKind, kinds_open_to
from careplan.notices.models import NoticeRow

PAGE = 25
Position = tuple[int, datetime, UUID]


def list_notices(*, actor: Actor, now: datetime, after: Position | None = None, limit: int = PAGE) -> list[Notice]:
    """What this account was told, unread first, then the latest; `after` is the `page_key` of the last one before."""
    query, read = select(NoticeRow).where(is_shown_to(actor, now)), func.num_nonnulls(NoticeRow.read_at)
    if after is not None:
        was_read, told_at, notice_id = after
        later = tuple_(NoticeRow.told_at, NoticeRow.id) < (told_at, notice_id)
        query = query.where(or_(read > was_read, and_(read == was_read, later)))
    query = query.order_by(read, NoticeRow.told_at.desc(), NoticeRow.id.desc())
    return [_notice(row) for row in db.session.scalars(query.limit(limit))]


def page_key(*, notice: Notice) -> Position:
    """Where a page that ends with this notice goes on."""
    return int(notice.read_at is not None), notice.told_at, notice.id


def get_notice(*, notice_id: UUID, actor: Actor, now: datetime) -> Notice:
    """One of this account's notices.  Raises NotFound."""
    row = db.session.scalar(select(NoticeRow).where(NoticeRow.id == notice_id, is_shown_to(actor, now)))
    if row is None:
        raise NotFound("There is no such notice.")
    return _notice(row)


def count_unread(*, actor: Actor, now: datetime) -> int:
    """How many notices this account has not opened."""
    query = select(func.count()).select_from(NoticeRow).where(NoticeRow.read_at.is_(None), is_shown_to(actor, now))
    return db.session.scalar(query) or 0


def is_shown_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """That it is theirs, about people whose record is still open to them in the part that the notice speaks of."""
    open_still: list[ColumnElement[bool]] = [
        and_(
            NoticeRow.kind.in_([k.value for k in kinds]),
            NoticeRow.person_id.in_(access.select_related(actor=actor, kinds=[tie], now=now)),
        )
        for tie, kinds in kinds_open_to(actor.role).items()
    ]
    if actor.role in OFFICES.values():
        open_still.append(NoticeRow.by_office.is_(True))
    return and_(NoticeRow.recipient_id == actor.account_id, or_(False, *open_still))


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        recipient_id=row.recipient_id,
        person_id=row.person_id,
        kind=NoticeKind(row.kind),
        words=row.words,
        address=row.address,
        told_at=row.told_at,
        read_at=row.read_at,
    )
