"""What a coordinator does with flags and with records that were held."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.access import audit
from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.visits.domain.incoming import AnyRecord, OfPerson, Sender
from careplan.visits.models import HeldRecordRow, VisitFlagRow
from careplan.visits.service.recording import keep


class NotYourPerson(Conflict):
    """The organisation never had to do with the person, so nobody of it is entitled to take the record."""

    code = "not_your_person"


def settle_flags(*, flag_ids: Iterable[UUID], words: str, actor: Actor, now: datetime) -> frozenset[UUID]:
    """A coordinator has looked and says what came of it: all of these flags are settled, or none; answers the people
    concerned. A flag that was settled before stays as it was.

    Raises NotFound where any of them is not on the actor's list, Invalid.
    """
    wanted = frozenset(flag_ids)
    rows = db.session.scalars(
        select(VisitFlagRow).where(VisitFlagRow.id.in_(wanted)).order_by(VisitFlagRow.id).with_for_update()
    ).all()
    if not wanted or len(rows) < len(wanted) or any(row.provider_id != actor.organisation_id for row in rows):
        raise NotFound("There is no such flag.")
    if not words.strip():
        raise invalid("words", "Say what you found or did.")
    for row in rows:
        if row.settled_at is None:
            row.settled_at, row.settled_by, row.settled_words = now, actor.account_id, words.strip()
    db.session.flush()
    return frozenset(row.person_id for row in rows)


def take_held(*, held_id: UUID, record: AnyRecord, actor: Actor, now: datetime) -> None:
    """A coordinator takes a held record into the person's record, as its worker sent it.

    `record` is what the held body reads as.  Raises NotFound, NotYourPerson, and what keeping a record raises.
    """
    row = db.session.get(HeldRecordRow, held_id, with_for_update=True)
    if row is None or row.organisation_id is None or row.organisation_id != actor.organisation_id:
        raise NotFound("There is no such record.")
    if row.taken_at is not None:
        return
    person_id = record.person if isinstance(record, OfPerson) else None
    if person_id is not None and not access.was_ever_related(organisation_id=row.organisation_id, person_id=person_id):
        raise NotYourPerson("Your organisation has nothing to do with the person that this record names.")
    row.taken_at, row.taken_by = now, actor.account_id
    worker = access.get_account(account_id=row.worker_id)
    sender = Sender(worker, row.device_id, timedelta(milliseconds=row.skew_ms))
    see_everything(db.session, as_="recorder")
    keep(record=record, sender=sender, now=now)
    if person_id is not None:
        entry = audit.Entry(
            actor=actor,
            section=Section.VISITS,
            action=Action.RECORD,
            route="POST /provider/held/<uuid:held_id>",
            person_id=person_id,
            subjects=[row.id],
        )
        audit.record(db.session, [entry], now=now)
