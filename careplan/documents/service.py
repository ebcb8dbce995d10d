"""Writing Easy Read, showing it to the person, and keeping their yes; nothing here commits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.documents import queries, rows
from careplan.documents.domain.easy_read import (
    MOST_PARTS,
    EasyRead,
    EasyReadMoved,
    NothingToSayYesTo,
    Part,
    Picture,
    TooHard,
    YesBy,
    check_open,
    moved_up,
    read_sentences,
)
from careplan.documents.models import EasyReadRow
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.ids import new_id
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.plans.domain.plan import PlanVersion

Parts = tuple[Part, ...]


def add_part(
    *, version: PlanVersion, picture: Picture, typed: str, revision: int, actor: Actor, now: datetime
) -> EasyRead:
    """Puts a picture and its sentences at the end.  Raises TooHard, EasyReadMoved, NotOpenForEasyRead."""
    part = Part(new_id(), picture, read_sentences(typed))
    return _save(version, lambda parts: (*parts, part), revision=revision, actor=actor, now=now)


def change_part(
    *, version: PlanVersion, part_id: UUID, picture: Picture, typed: str, revision: int, actor: Actor, now: datetime
) -> EasyRead:
    """Writes a part anew.  Raises NotFound, TooHard, EasyReadMoved, NotOpenForEasyRead."""
    sentences = read_sentences(typed)

    def changed(parts: Parts) -> Parts:
        if all(p.id != part_id for p in parts):
            raise NotFound("There is no such part.")
        return tuple(replace(p, picture=picture, sentences=sentences) if p.id == part_id else p for p in parts)

    return _save(version, changed, revision=revision, actor=actor, now=now)


def remove_part(*, version: PlanVersion, part_id: UUID, revision: int, actor: Actor, now: datetime) -> EasyRead:
    """Takes a part out.  Raises EasyReadMoved, NotOpenForEasyRead."""
    return _save(
        version, lambda parts: tuple(p for p in parts if p.id != part_id), revision=revision, actor=actor, now=now
    )


def move_part_up(*, version: PlanVersion, part_id: UUID, revision: int, actor: Actor, now: datetime) -> EasyRead:
    """Puts a part one place earlier.  Raises EasyReadMoved, NotOpenForEasyRead."""
    return _save(version, lambda parts: moved_up(parts, part_id), revision=revision, actor=actor, now=now)


def offer(*, version: PlanVersion, actor: Actor, now: datetime) -> None:
    """Shows it to the person and asks if it is right.  Raises NothingToSayYesTo, NotOpenForEasyRead."""
    check_open(state=version.state, number=version.number)
    row = _open_row(version)
    if row is None or not row.parts:
        raise NothingToSayYesTo("Write at least one part first.")
    row.offered_at = now
    db.session.flush()
    notices.tell(
        person_id=version.person_id,
        audience={Audience.PERSON},
        words="The plan is there in Easy Read. Please look if it is right.",
        address="/me/plan/easy",
        kind=NoticeKind.DOCUMENT,
        actor=actor,
        now=now,
    )


def nothing_waits() -> NothingToSayYesTo:
    """The refusal where what was answered is no longer there to answer."""
    return NothingToSayYesTo("There is nothing to answer any more.")


def say_yes(*, version: PlanVersion, easy_read_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """The person's own yes to exactly what they were shown.  Raises NothingToSayYesTo, EasyReadMoved."""
    _approve(version, easy_read_id, revision, by=YesBy.THEMSELVES, on=local_date(now), actor=actor, now=now)


def record_yes(
    *, version: PlanVersion, easy_read_id: UUID, revision: int, on: date, actor: Actor, now: datetime
) -> None:
    """What the person told whoever wrote it, on a day.  Raises NothingToSayYesTo, EasyReadMoved, Invalid."""
    if on > local_date(now):
        raise invalid("on", "This day has not come yet.")
    _approve(version, easy_read_id, revision, by=YesBy.TOLD, on=on, actor=actor, now=now)


def _approve(
    version: PlanVersion, easy_read_id: UUID, revision: int, *, by: YesBy, on: date, actor: Actor, now: datetime
) -> None:
    row = _open_row(version)
    if row is None or row.id != easy_read_id or row.offered_at is None or not row.parts:
        raise nothing_waits()
    _check_revision(row, revision)
    if on < local_date(row.saved_at):
        raise invalid("on", "It was written after that day. Show it again and ask.")
    row.approved_on, row.approved_at, row.approved_by = on, now, by.value
    row.approved_recorded_by = actor.account_id
    db.session.flush()


def _save(
    version: PlanVersion, change: Callable[[Parts], Parts], *, revision: int, actor: Actor, now: datetime
) -> EasyRead:
    """Saves the open Easy Read, begun where there is none from what the person last said yes to.

    Whatever is changed has to be shown again.
    """
    check_open(state=version.state, number=version.number)
    row = _open_row(version) or _begun(version, actor, now)
    _check_revision(row, revision)
    parts = change(rows.parts_of(row.parts))
    if len(parts) > MOST_PARTS:
        raise TooHard(f"There are {MOST_PARTS} parts already. Easy Read is short: take one out first.")
    row.parts = [rows.as_json(p) for p in parts]
    row.revision, row.saved_at, row.saved_by, row.offered_at = row.revision + 1, now, actor.account_id, None
    db.session.flush()
    found = queries.find_open(version_id=version.id)
    if found is None:
        raise NotFound
    return found


def _begun(version: PlanVersion, actor: Actor, now: datetime) -> EasyReadRow:
    """Begins with what the person last said yes to; of two who begin at once, both get the one that is there."""
    before = queries.find_approved(version_id=version.id)
    begun = {
        "id": new_id(),
        "plan_id": version.plan_id,
        "person_id": version.person_id,
        "version_id": version.id,
        "parts": [rows.as_json(p) for p in before.parts] if before else [],
        "revision": 0,
        "begun_at": now,
        "saved_at": now,
        "saved_by": actor.account_id,
    }
    db.session.execute(
        insert(EasyReadRow)
        .values(begun)
        .on_conflict_do_nothing(index_elements=["version_id"], index_where=EasyReadRow.approved_at.is_(None))
    )
    row = _open_row(version)
    if row is None:
        raise NotFound
    return row


def _open_row(version: PlanVersion) -> EasyReadRow | None:
    return db.session.scalar(
        select(EasyReadRow)
        .where(EasyReadRow.version_id == version.id, EasyReadRow.approved_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _check_revision(row: EasyReadRow, revision: int) -> None:
    if row.revision != revision:
        raise EasyReadMoved("Somebody saved while you were writing. Look at what is there now, then save again.")
