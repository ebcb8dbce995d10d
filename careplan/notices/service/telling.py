"""Telling people what others did, and noting that they read it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, insert, update

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.notices import queries
from careplan.notices.domain.notice import (
    ON_THE_PERSONS_SIDE,
    Audience,
    Notice,
    NoticeKind,
    check_words,
    offices_of,
    ties_of,
)
from careplan.notices.models import NoticeRow
from careplan.people import queries as people
from careplan.people.domain.authority import REACH, Matter


def tell(
    *,
    person_id: UUID,
    audience: Collection[Audience],
    words: str,
    address: str,
    actor: Actor,
    now: datetime,
    kind: NoticeKind,
    accounts: Collection[UUID] = (),
) -> int:
    """Writes a notice for everyone who stands for these audiences now, in the transaction of the act; says how many.

    `words` is one sentence for a signed-in reader, `address` the page where they act; give each audience the address
    that its pages have. `accounts` are told besides, such as whoever made the suggestion that is answered. The actor
    is never told of their own act, and nobody is told twice. Once the person has died, nobody on their side is told
    anything any more.  Raises Invalid.
    """
    said = check_words(words=words, address=address)
    if people.get_person(person_id=person_id).died_on is not None:
        audience = set(audience) - ON_THE_PERSONS_SIDE
    by_tie = _related(person_id, audience, now) | set(accounts)
    by_office = set(access.list_active_accounts(roles=offices_of(audience), at=now)) - by_tie
    rows = [
        {
            "id": new_id(),
            "recipient_id": recipient,
            "person_id": person_id,
            "kind": kind.value,
            "words": said,
            "address": address,
            "told_by": actor.account_id,
            "told_at": now,
            "by_office": recipient in by_office,
            "read_at": None,
        }
        for recipient in sorted(by_tie | by_office)
        if recipient != actor.account_id
    ]
    if rows:
        db.session.execute(insert(NoticeRow), rows)
    return len(rows)


def open_notice(*, notice_id: UUID, actor: Actor, now: datetime) -> Notice:
    """Marks one of this account's notices as read and gives it, with where it leads.  Raises NotFound."""
    found = queries.get_notice(notice_id=notice_id, actor=actor, now=now)
    _mark(NoticeRow.id == found.id, now)
    return found


def read_all(*, actor: Actor, now: datetime) -> int:
    """Marks all that waited for this account at an instant as read; says how many there were."""
    return _mark(and_(NoticeRow.told_at <= now, queries.is_shown_to(actor, now)), now)


def _mark(which: ColumnElement[bool], now: datetime) -> int:
    """An instant before the telling, from a clock that runs behind, becomes that of the telling."""
    marked = db.session.execute(
        update(NoticeRow)
        .where(which, NoticeRow.read_at.is_(None))
        .values(read_at=func.greatest(now, NoticeRow.told_at))
        .returning(NoticeRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(marked.all())


def _related(person_id: UUID, audience: Collection[Audience], now: datetime) -> set[UUID]:
    """The accounts that stand for these audiences by a relationship."""
    found = access.list_related_accounts(person_id=person_id, ties=ties_of(audience), at=now)
    if not any(role is Role.REPRESENTATIVE for role in found.values()):
        return set(found)
    reach_care = {
        a.account_id
        for a in people.list_authorities(person_id=person_id, at=now)
        if Matter.CARE in REACH[a.kind] and not a.leaves_out_care
    }
    return {account for account, role in found.items() if role is not Role.REPRESENTATIVE or account in reach_care}
