"""What somebody was told, as far as they may still know of it; and how they hear of it outside the product."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.phone import WrongPhone, checked_mobile
from careplan.notices.domain.message import LEAST_GAP, QUIET, Channel, Message, MessageState, Preference
from careplan.notices.domain.notice import OFFICES, Notice, NoticeKind, kinds_open_to
from careplan.notices.models import MessagePreferenceRow, NoticeRow, OutboxMessageRow
from careplan.organisations import queries as organisations
from careplan.people import queries as people

PAGE = 25
Position = tuple[int, datetime, UUID]


@dataclass(frozen=True, slots=True)
class ToBeTold:
    """Somebody who wants to hear of news outside the product, and has some."""

    account_id: UUID
    channel: Channel
    to: str


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


def find_preference(*, account_id: UUID) -> Preference | None:
    """How an account's holder wants to hear of news; None where they were never asked."""
    row = db.session.get(MessagePreferenceRow, account_id)
    if row is None:
        return None
    return Preference(Channel(row.channel) if row.channel else None, row.email, row.mobile)


def find_known(*, actor: Actor, now: datetime) -> Preference:
    """What the record says already of how to reach an account's holder; nobody has been asked whether to use it."""
    own = access.list_related_people(account_id=actor.account_id, kind=Kind.SELF, at=now)
    if own:
        person = people.get_person(person_id=own[0])
        return Preference(email=person.email, mobile=_mobile(person.phone))
    phones = [c.phone for c in people.list_contacts_of_account(account_id=actor.account_id)]
    worker = organisations.find_worker(account_id=actor.account_id)
    phones += [worker.phone] if worker else []
    return Preference(mobile=next((m for phone in phones if (m := _mobile(phone))), None))


def list_to_be_told(*, now: datetime, limit: int = 500) -> list[ToBeTold]:
    """Those who want messages and have unread news that no message has announced.

    News that is younger than a minute waits for more, and the next message for an hour, unless it is of a concern.
    """
    p, last = MessagePreferenceRow, OutboxMessageRow
    announced = select(func.max(last.news_until)).where(last.account_id == p.account_id).scalar_subquery()
    lately = exists().where(last.account_id == p.account_id, last.created_at > now - LEAST_GAP)
    news = exists().where(
        NoticeRow.recipient_id == p.account_id,
        NoticeRow.read_at.is_(None),
        NoticeRow.told_at <= now - QUIET,
        NoticeRow.told_at > func.greatest(announced, p.changed_at),
        or_(~lately, NoticeRow.kind == NoticeKind.CONCERN.value),
        or_(
            NoticeRow.by_office,
            access.holds_any(account_id=NoticeRow.recipient_id, person_id=NoticeRow.person_id, at=now),
        ),
    )
    to = case((p.channel == Channel.EMAIL.value, p.email), else_=p.mobile)
    found = db.session.execute(
        select(p.account_id, p.channel, to.label("to"))
        .where(p.channel.is_not(None), news, access.is_active(account_id=p.account_id, at=now))
        .order_by(p.account_id)
        .limit(limit)
    )
    return [ToBeTold(row.account_id, Channel(row.channel), row.to) for row in found]


def list_messages(
    *, state: MessageState | None = None, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[Message]:
    """The outbox, the latest first: all or one state; `after` is the instant and the id of the last one before."""
    query = select(OutboxMessageRow).order_by(OutboxMessageRow.created_at.desc(), OutboxMessageRow.id.desc())
    if state is not None:
        query = query.where(OutboxMessageRow.state == state.value)
    if after is not None:
        query = query.where(tuple_(OutboxMessageRow.created_at, OutboxMessageRow.id) < after)
    return [message(row) for row in db.session.scalars(query.limit(limit))]


def message(row: OutboxMessageRow) -> Message:
    """The frozen value of a message's row."""
    return Message(
        id=row.id,
        account_id=row.account_id,
        channel=Channel(row.channel),
        to=row.to,
        template=row.template,
        words=row.words,
        state=MessageState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.sent_at,
        sent_as=row.sent_as,
        problem=row.problem,
    )


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


def _mobile(phone: str | None) -> str | None:
    """The number, where texts can be sent to it."""
    try:
        return checked_mobile(phone)
    except WrongPhone:
        return None


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
