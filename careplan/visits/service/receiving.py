"""Taking records from tablets: each in a transaction of its own, once for ever, none stopped by another.

The edge commits once for a page; here every record is committed by itself, so that what was taken stays taken when
the next one fails or the connection is cut.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.exc import OperationalError

from careplan.access import audit
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.kernel.canonical import content_hash
from careplan.kernel.errors import DomainError
from careplan.visits.domain import verdict as verdicts
from careplan.visits.domain.flag import Flag
from careplan.visits.domain.incoming import AnyRecord, Entry, OfPerson, RecordKind, Sender
from careplan.visits.domain.verdict import Verdict, VerdictStatus
from careplan.visits.models import HeldRecordRow, SyncReceiptRow
from careplan.visits.queries.around import Around, Receipt, look_around
from careplan.visits.service.devices import see_device
from careplan.visits.service.locking import begin_with_record
from careplan.visits.service.recording import keep_seen

TRIES = 3
_RECEIPTS = cast(Table, SyncReceiptRow.__table__)
log = logging.getLogger(__name__)

SECTIONS: dict[str, Section] = {
    RecordKind.VISIT: Section.VISITS,
    RecordKind.RATING: Section.OUTCOMES,
    RecordKind.ACTIVITY: Section.DELEGATION,
    RecordKind.MEDICINE: Section.DOOR,
    RecordKind.CONCERN: Section.CONCERN,
}


@dataclass(frozen=True, slots=True)
class _Taken:
    """A record that is being taken."""

    entry: Entry
    record: AnyRecord
    sender: Sender
    now: datetime


def receive(*, entries: Sequence[Entry], sender: Sender, now: datetime) -> list[Verdict]:
    """One verdict for each record, in order. Commits after each; the caller must have nothing pending."""
    if sender.device_id is not None:
        see_device(device_id=sender.device_id, actor=sender.actor, now=now)
    db.session.commit()
    return [receive_one(entry=entry, sender=sender, now=now) for entry in entries]


def receive_one(*, entry: Entry, sender: Sender, now: datetime) -> Verdict:
    """The verdict for one record, committed when it is accepted. A record that cannot be taken now says *retry*."""
    name = str(entry.id) if entry.id else None
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            verdict = _judge(entry, sender, now)
            _end(verdict)
            return verdict
        except DomainError as refused:
            db.session.rollback()
            return verdicts.rejected(name, code=refused.code, message=refused.message, problems=refused.problems)
        except OperationalError:
            # Two that waited for each other, or a connection that broke: nothing was kept, so it can be tried again.
            db.session.rollback()
            if last:
                log.warning("a record could not be taken", extra={"record": name})
        except Exception as unexpected:
            # It must not stop the others. Its kind is enough to look into it: the message could hold a note.
            db.session.rollback()
            log.error("a record could not be taken: %s", type(unexpected).__name__, extra={"record": name})
            break
    return verdicts.again(name)


def _end(verdict: Verdict) -> None:
    if verdict.status is VerdictStatus.ACCEPTED and "replay" not in verdict.said:
        db.session.commit()
    else:
        db.session.rollback()


def _judge(entry: Entry, sender: Sender, now: datetime) -> Verdict:
    if entry.id is None:
        return _refused(entry)
    begin_with_record(entry.id, entry.record.person if isinstance(entry.record, OfPerson) else None)
    around = look_around(record_id=entry.id, record=entry.record, sender=sender)
    if around.receipt is not None:
        return _answered_before(entry, around.receipt, sender)
    if entry.record is None:
        return _refused(entry)
    taken = _Taken(entry, entry.record, sender, now)
    reason = _reason_to_hold(taken, around)
    if reason is not None:
        flags = _hold(taken, reason)
    else:
        flags = keep_seen(record=taken.record, sender=sender, around=around, now=now)
    verdict = verdicts.accepted(str(taken.record.id), flags)
    _write_receipt(taken, verdict)
    _write_audit(taken, held=reason is not None)
    return verdict


def _refused(entry: Entry) -> Verdict:
    problems = entry.problems
    message = problems[0].message if problems else "This record cannot be read."
    return verdicts.rejected(str(entry.id) if entry.id else None, code=entry.code, message=message, problems=problems)


def _answered_before(entry: Entry, receipt: Receipt, sender: Sender) -> Verdict:
    name = str(entry.id)
    if receipt.worker_id != sender.actor.account_id:
        return verdicts.in_use(name)
    if receipt.body_hash != content_hash(entry.body):
        return verdicts.conflicting(name)
    return verdicts.replayed(name, receipt.answer)


def _reason_to_hold(taken: _Taken, around: Around) -> Flag | None:
    """A record from a revoked tablet waits; so does one of somebody the worker's organisation never had to do with."""
    if around.is_revoked:
        return Flag.DEVICE_REVOKED
    return None if around.is_known or not isinstance(taken.record, OfPerson) else Flag.NOT_ON_ROUND


def _hold(taken: _Taken, reason: Flag) -> set[Flag]:
    db.session.execute(
        insert(HeldRecordRow).values(
            id=taken.record.id,
            worker_id=taken.sender.actor.account_id,
            organisation_id=taken.sender.actor.organisation_id,
            device_id=taken.sender.device_id,
            kind=taken.entry.kind,
            body=taken.entry.body,
            reason=reason.value,
            skew_ms=round(taken.sender.skew.total_seconds() * 1000),
            received_at=taken.now,
        )
    )
    return {reason}


def _write_receipt(taken: _Taken, verdict: Verdict) -> None:
    answer: dict[str, Any] = verdict.said
    receipt = {
        "id": taken.record.id, "worker_id": taken.sender.actor.account_id, "device_id": taken.sender.device_id,
        "kind": taken.entry.kind, "body_hash": content_hash(taken.entry.body), "answer": answer,
        "received_at": taken.now,
    }  # fmt: skip
    db.session.execute(_RECEIPTS.insert(), receipt)


def _write_audit(taken: _Taken, *, held: bool) -> None:
    """What was held stands in the worker's own trail only: the person may not exist, or be nobody they may know of."""
    of_person = isinstance(taken.record, OfPerson) and not held
    person_id: UUID | None = taken.record.person if of_person and isinstance(taken.record, OfPerson) else None
    entry = audit.Entry(
        actor=taken.sender.actor,
        section=SECTIONS.get(taken.entry.kind, Section.VISITS),
        action=Action.RECORD,
        route=taken.sender.route,
        person_id=person_id,
        subjects=[taken.record.id],
    )
    audit.record(db.session, [entry], now=taken.now)
