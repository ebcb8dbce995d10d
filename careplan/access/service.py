"""Opening and ending accounts and relationships: the facts on which access rests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.access.models import Account, Relationship, WebSession
from careplan.access.pausing import end_what_rests, find_pause, let_run_until, rest, runs_until
from careplan.access.queries import as_actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Shortened:
    """A relationship that was made to end earlier: until when it ran (None: without an end), and until when it runs."""

    relationship_id: UUID
    was: datetime | None
    until: datetime


def open_account(
    *,
    issuer: str,
    subject: str,
    name: str,
    role: Role,
    now: datetime,
    organisation_id: UUID | None = None,
    team_id: UUID | None = None,
    account_id: UUID | None = None,
) -> Actor:
    """Lets somebody sign in, from now on."""
    account = Account(
        id=account_id or new_id(),
        issuer=issuer,
        subject=subject,
        name=name,
        role=role.value,
        organisation_id=organisation_id,
        team_id=team_id,
        active_from=now,
        active_until=None,
    )
    db.session.add(account)
    db.session.flush()
    return as_actor(account)


def close_account(*, account_id: UUID, now: datetime) -> None:
    """A leaver: the account ends, with its sessions and relationships, at once.  Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    account.active_until = now
    for web_session in db.session.scalars(select(WebSession).where(WebSession.account_id == account_id)):
        db.session.delete(web_session)
    for row in db.session.scalars(
        select(Relationship).where(Relationship.account_id == account_id, Relationship.until.is_(None))
    ):
        row.until = max(now, row.since)


def relate(
    *,
    person_id: UUID,
    kind: Kind,
    since: datetime,
    source_type: str,
    source_id: UUID,
    until: datetime | None = None,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> UUID:
    """Writes the fact that opens a person's record, in the transaction of the act that causes it.

    Exactly one of account and organisation (or team) is named; `source` is what it rests on. What is opened to an
    account that is paused rests with the others.
    """
    row = Relationship(
        id=new_id(),
        person_id=person_id,
        kind=kind.value,
        account_id=account_id,
        organisation_id=organisation_id,
        since=since,
        until=until,
        source_type=source_type,
        source_id=source_id,
    )
    if account_id is not None and (pause_id := find_pause(person_id=person_id, account_id=account_id)) is not None:
        rest(row, pause_id=pause_id, now=since)
    db.session.add(row)
    db.session.flush()
    return row.id


def end_relationships(
    *,
    person_id: UUID,
    kind: Kind,
    now: datetime,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
    source_id: UUID | None = None,
) -> int:
    """Ends those in force, and those that rest, that match every argument given; says how many."""
    query = select(Relationship).where(
        Relationship.person_id == person_id,
        Relationship.kind == kind.value,
        or_(Relationship.until.is_(None), Relationship.until > now, Relationship.pause_id.is_not(None)),
    )
    for column, value in (
        (Relationship.account_id, account_id),
        (Relationship.organisation_id, organisation_id),
        (Relationship.source_id, source_id),
    ):
        if value is not None:
            query = query.where(column == value)
    rows = list(db.session.scalars(query))
    for row in rows:
        if row.pause_id is not None:
            end_what_rests(row)
        else:
            row.until = max(now, row.since)
    db.session.flush()
    return len(rows)


def let_run_on(*, person_id: UUID, kind: Kind, source_id: UUID, now: datetime) -> None:
    """Takes the end away from those in force that rest on a source."""
    db.session.execute(
        update(Relationship)
        .where(
            Relationship.person_id == person_id,
            Relationship.kind == kind.value,
            Relationship.source_id == source_id,
            Relationship.until > now,
        )
        .values(until=None)
    )


def end_of_sources(*, person_id: UUID, kind: Kind, source_ids: Iterable[UUID], now: datetime) -> None:
    """Ends, in one statement, those of a kind that rest on any of these sources."""
    db.session.execute(
        update(Relationship)
        .where(
            Relationship.person_id == person_id,
            Relationship.kind == kind.value,
            Relationship.source_id.in_(list(source_ids)),
            or_(Relationship.until.is_(None), Relationship.until > now),
        )
        .values(until=func.greatest(Relationship.since, now))
    )


def shorten_relationships(*, person_id: UUID, until: Mapping[Kind, datetime]) -> list[Shortened]:
    """Makes those that would run longer end at the instant given for their kind; a kind not named runs on."""
    rows = db.session.scalars(
        select(Relationship)
        .where(Relationship.person_id == person_id, Relationship.kind.in_([k.value for k in until]))
        .order_by(Relationship.id)
        .with_for_update()
    )
    shortened = []
    for row in rows:
        end = max(until[Kind(row.kind)], row.since)
        was = runs_until(row)
        if was is None or was > end:
            shortened.append(Shortened(row.id, was, end))
            let_run_until(row, end)
    db.session.flush()
    return shortened


def lengthen_relationships(*, shortened: Iterable[Shortened]) -> set[UUID]:
    """Lets each run as long as before, unless its end was moved again since; says which do."""
    known = {s.relationship_id: s for s in shortened}
    rows = db.session.scalars(select(Relationship).where(Relationship.id.in_(list(known))).with_for_update())
    back = {row.id: row for row in rows if runs_until(row) == known[row.id].until}
    for row in back.values():
        let_run_until(row, known[row.id].was)
    db.session.flush()
    return set(back)
