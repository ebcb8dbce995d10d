"""Messages outside the product: writing them from what is unread, and noting what becomes of each.

Whoever calls sees everything, and commits after each step: what was claimed is known before anything leaves.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.kernel.transitions import advance
from careplan.kernel.words import clipped
from careplan.notices import queries
from careplan.notices.domain.message import (
    DELIVERED,
    LEASE,
    LOST,
    NEWS,
    QUIET,
    TRANSITIONS,
    WORDS,
    Channel,
    Message,
    MessageState,
    Step,
    next_look,
    next_try,
)
from careplan.notices.models import OutboxMessageRow

LONGEST_PROBLEM = 300
ONE_WRITER = "messages"  # two workers at once would both find the same news


def write_messages(*, address: str, switched_on: Collection[Channel], now: datetime) -> int:
    """One message for everyone who wants them and has unread news that none announced; says how many.

    Where a channel is switched off the message is kept to be read, and is never sent.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(ONE_WRITER, 0))))
    rows = [
        {
            "id": new_id(),
            "account_id": found.account_id,
            "channel": found.channel.value,
            "to": found.to,
            "template": NEWS,
            "words": WORDS.format(address=address),
            "state": (MessageState.WAITING if found.channel in switched_on else MessageState.KEPT).value,
            "attempts": 0,
            "looks": 0,
            "news_until": now - QUIET,
            "created_at": now,
            "due_at": now if found.channel in switched_on else None,
        }
        for found in queries.list_to_be_told(now=now)
    ]
    if rows:
        db.session.execute(insert(OutboxMessageRow), rows)
    return len(rows)


def claim_message(*, now: datetime) -> Message | None:
    """Takes the next message that is due to be sent, for as long as a sender may take; no other worker takes it."""
    row = _next_due((MessageState.WAITING, MessageState.SENDING), now)
    if row is None:
        return None
    _step(row, Step.CLAIM)
    row.attempts += 1
    row.due_at = now + LEASE
    return _kept(row)


def note_sent(*, message_id: UUID, sent_as: str, now: datetime) -> Message:
    """Notify has taken it, and calls it so."""
    row = _locked(message_id)
    _step(row, Step.ACCEPT)
    row.sent_at, row.sent_as, row.problem = now, sent_as, None
    row.due_at = next_look(looks=0, now=now)
    return _kept(row)


def put_off(*, message_id: UUID, why: str, now: datetime) -> Message:
    """It could not be handed over: later again, each time after a longer wait, until it is given up."""
    row = _locked(message_id)
    again = next_try(attempts=row.attempts, now=now)
    if again is None:
        return give_up(message_id=message_id, why=f"Given up after {row.attempts} attempts. {why}")
    _step(row, Step.PUT_OFF)
    row.problem, row.due_at = clipped(why, LONGEST_PROBLEM), again
    return _kept(row)


def give_up(*, message_id: UUID, why: str) -> Message:
    """It will not arrive, for this reason."""
    row = _locked(message_id)
    _step(row, Step.GIVE_UP)
    row.problem, row.due_at = clipped(why, LONGEST_PROBLEM), None
    return _kept(row)


def send_again(*, message_id: UUID, now: datetime) -> Message:
    """A message that failed goes out anew, as if it had never been tried.

    Raises NotFound, and CannotMove where it has not failed.
    """
    row = db.session.get(OutboxMessageRow, message_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such message.")
    _step(row, Step.AGAIN)
    row.attempts, row.looks, row.problem = 0, 0, None
    row.sent_at, row.sent_as, row.due_at = None, None, now
    return _kept(row)


def claim_follow_up(*, now: datetime) -> Message | None:
    """Takes the next message of which to ask whether it arrived; the question after this one is set already."""
    row = _next_due((MessageState.SENT,), now)
    if row is None:
        return None
    row.looks += 1
    row.due_at = next_look(looks=row.looks, now=now)
    return _kept(row)


def note_delivery(*, message_id: UUID, status: str) -> Message:
    """What Notify says became of it; while it is still on its way, nothing changes."""
    if status in LOST:
        return give_up(message_id=message_id, why=LOST[status])
    row = _locked(message_id)
    if status == DELIVERED:
        _step(row, Step.ARRIVE)
        row.due_at = None
    return _kept(row)


def _next_due(states: Collection[MessageState], now: datetime) -> OutboxMessageRow | None:
    return db.session.scalar(
        select(OutboxMessageRow)
        .where(OutboxMessageRow.state.in_([s.value for s in states]), OutboxMessageRow.due_at <= now)
        .order_by(OutboxMessageRow.due_at, OutboxMessageRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _locked(message_id: UUID) -> OutboxMessageRow:
    return db.session.get_one(OutboxMessageRow, message_id, with_for_update=True)


def _step(row: OutboxMessageRow, step: Step) -> None:
    row.state = advance(TRANSITIONS, MessageState(row.state), step).value


def _kept(row: OutboxMessageRow) -> Message:
    db.session.flush()
    return queries.message(row)
