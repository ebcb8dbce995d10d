"""Accounts, relationships, and whom an actor may see: the policy's rows as SQL."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import RULES, Action, Kind, Section, kinds_that_allow
from careplan.access.models import Account, Relationship
from careplan.db import db
from careplan.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    """A relationship as it was written: dates are instants, `until` excluded."""

    id: UUID
    person_id: UUID
    kind: Kind
    account_id: UUID | None
    organisation_id: UUID | None
    since: datetime
    until: datetime | None


def select_visible(*, actor: Actor, section: Section, action: Action, now: datetime) -> Select[UUID]:
    """Ids of the people of whom the policy lets this actor do this to this section, now."""
    return select_related(actor=actor, kinds=kinds_that_allow(role=actor.role, section=section, action=action), now=now)


def select_related(*, actor: Actor, kinds: Iterable[Kind], now: datetime) -> Select[UUID]:
    """Ids of the people to whom the actor, their team or their organisation is related in one of these ways, now."""
    return (
        select(Relationship.person_id)
        .where(Relationship.kind.in_([k.value for k in kinds]), _in_force(now), _held_by(actor))
        .distinct()
    )


def may_reach(*, actor: Actor, person_id: UUID, section: Section, action: Action, now: datetime) -> bool:
    """The point decision: by the same rows and times as for lists."""
    held = list_held(actor=actor, person_id=person_id, now=now)
    return not held.isdisjoint(kinds_that_allow(role=actor.role, section=section, action=action))


def list_held(*, actor: Actor, person_id: UUID, now: datetime) -> frozenset[Kind]:
    """How the actor, their team or their organisation is related to a person now."""
    kinds = db.session.scalars(
        select(Relationship.kind).where(Relationship.person_id == person_id, _in_force(now), _held_by(actor))
    )
    return frozenset(Kind(kind) for kind in kinds)


def allowed_by(*, actor: Actor, held: frozenset[Kind]) -> frozenset[tuple[Section, Action]]:
    """All that an actor may do to a record who is related to its person in these ways."""
    return frozenset((r.section, r.action) for r in RULES if r.role is actor.role and r.kind in held)


def list_allowed(*, actor: Actor, person_id: UUID, now: datetime) -> frozenset[tuple[Section, Action]]:
    """All that this actor may do to this person's record now, for pages that show only what their reader may open."""
    return allowed_by(actor=actor, held=list_held(actor=actor, person_id=person_id, now=now))


def find_own_person(*, actor: Actor, section: Section, action: Action, now: datetime) -> UUID | None:
    """The person whose own pages these are: oneself, or whom one represents or cares for; the oldest tie first."""
    kinds = kinds_that_allow(role=actor.role, section=section, action=action) & {Kind.SELF, Kind.AUTHORITY, Kind.CARER}
    return db.session.scalar(
        select(Relationship.person_id)
        .where(
            Relationship.account_id == actor.account_id,
            Relationship.kind.in_([k.value for k in kinds]),
            _in_force(now),
        )
        .order_by(Relationship.since, Relationship.id)
        .limit(1)
    )


def was_ever_related(*, organisation_id: UUID, person_id: UUID) -> bool:
    """Whether an organisation has, or once had, any relationship with a person."""
    return (
        db.session.scalar(
            select(Relationship.id).where(
                Relationship.organisation_id == organisation_id, Relationship.person_id == person_id
            )
        )
        is not None
    )


def ever_related(*, organisation_id: ColumnElement[UUID], person_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """For a statement of a slice above: `was_ever_related`."""
    return exists().where(Relationship.organisation_id == organisation_id, Relationship.person_id == person_id)


def stands_related(
    *, organisation_id: ColumnElement[UUID], person_id: ColumnElement[UUID], kind: Kind, at: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """For a statement of a slice above: `is_related`, for an organisation."""
    return exists().where(
        Relationship.organisation_id == organisation_id,
        Relationship.person_id == person_id,
        Relationship.kind == kind.value,
        _in_force(at),
    )


def list_opened_by(*, source_id: UUID) -> frozenset[UUID]:
    """The accounts to which one act has opened a record, whether or not it is open still."""
    query = select(Relationship.account_id).where(Relationship.source_id == source_id)
    return frozenset(a for a in db.session.scalars(query) if a is not None)


def is_related(
    *,
    person_id: UUID,
    kind: Kind,
    at: datetime,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> bool:
    """Whether an account or an organisation stood in this relationship to the person at an instant."""
    holder = Relationship.account_id == account_id if account_id else Relationship.organisation_id == organisation_id
    return (
        db.session.scalar(
            select(Relationship.id).where(
                Relationship.person_id == person_id, Relationship.kind == kind.value, holder, _in_force(at)
            )
        )
        is not None
    )


def find_related_organisation(*, person_id: UUID, kind: Kind, at: datetime) -> UUID | None:
    """The organisation that stood in this relationship to a person at an instant; of several the one that came last."""
    query = select(Relationship.organisation_id).where(
        Relationship.person_id == person_id,
        Relationship.kind == kind.value,
        Relationship.organisation_id.is_not(None),
        _in_force(at),
    )
    return db.session.scalar(query.order_by(Relationship.since.desc(), Relationship.id.desc()).limit(1))


def list_related_people(*, account_id: UUID, kind: Kind, at: datetime) -> list[UUID]:
    """People to whom an account stands in this relationship at an instant."""
    query = select(Relationship.person_id).where(
        Relationship.account_id == account_id, Relationship.kind == kind.value, _in_force(at)
    )
    return list(db.session.scalars(query.distinct()))


def list_related_accounts(*, person_id: UUID, ties: Collection[tuple[Role, Kind]], at: datetime) -> dict[UUID, Role]:
    """Active accounts, with their roles, that are related to a person in one of these ways for their role.

    What a team or an organisation holds is held by each of its accounts.
    """
    holds = or_(
        Relationship.account_id == Account.id,
        Relationship.organisation_id.in_([Account.organisation_id, Account.team_id]),
    )
    wanted = [(role.value, kind.value) for role, kind in ties]
    rows = db.session.execute(
        select(Account.id, Account.role)
        .join(Relationship, holds)
        .where(
            Relationship.person_id == person_id,
            tuple_(Account.role, Relationship.kind).in_(wanted),
            _in_force(at),
            _is_active(at),
        )
    )
    return {row.id: Role(row.role) for row in rows}


def holds_any(
    *, account_id: InstrumentedAttribute[UUID], person_id: InstrumentedAttribute[UUID], at: datetime
) -> ColumnElement[bool]:
    """For set-based work: that the account, its team or its organisation is related to the person at an instant."""
    holds = or_(
        Relationship.account_id == Account.id,
        Relationship.organisation_id.in_([Account.organisation_id, Account.team_id]),
    )
    return exists().where(Account.id == account_id, Relationship.person_id == person_id, holds, _in_force(at))


def is_active(*, account_id: InstrumentedAttribute[UUID], at: datetime) -> ColumnElement[bool]:
    """For set-based work: that the account's holder may sign in at an instant."""
    return exists().where(Account.id == account_id, _is_active(at))


def select_accounts(*, roles: Collection[Role]) -> Select[UUID]:
    """Ids of every account of these roles, whether or not its holder may still sign in."""
    return select(Account.id).where(Account.role.in_([r.value for r in roles]))


def list_active_accounts(*, roles: Collection[Role], at: datetime) -> list[UUID]:
    """Accounts of these roles whose holders may sign in at an instant."""
    query = select(Account.id).where(Account.role.in_([r.value for r in roles]), _is_active(at))
    return list(db.session.scalars(query)) if roles else []


def list_relationships(*, person_id: UUID) -> list[RelationshipRow]:
    """Every relationship that a person has or had, oldest first."""
    rows = db.session.scalars(
        select(Relationship).where(Relationship.person_id == person_id).order_by(Relationship.since, Relationship.id)
    )
    return [
        RelationshipRow(r.id, r.person_id, Kind(r.kind), r.account_id, r.organisation_id, r.since, r.until)
        for r in rows
    ]


def get_account(*, account_id: UUID) -> Actor:
    """The actor that an account stands for.  Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return as_actor(account)


def find_account_by_subject(*, issuer: str, subject: str, now: datetime) -> Actor | None:
    """The account that a sign-in provider's name for someone stands for, if it is active."""
    account = db.session.scalar(
        select(Account).where(
            Account.issuer == issuer,
            Account.subject == subject,
            _is_active(now),
        )
    )
    return as_actor(account) if account else None


def list_account_names(*, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by account id."""
    wanted = list(account_ids)
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}


def list_accounts(*, organisation_id: UUID | None = None, role: Role | None = None) -> list[Actor]:
    """Accounts by name: of one organisation or of all, of one role or of all."""
    query = select(Account).order_by(Account.name, Account.id)
    if organisation_id is not None:
        query = query.where(Account.organisation_id == organisation_id)
    if role is not None:
        query = query.where(Account.role == role.value)
    return [as_actor(a) for a in db.session.scalars(query)]


def list_accounts_by_id(*, account_ids: Iterable[UUID]) -> dict[UUID, Actor]:
    """Accounts by their ids; an unknown id is left out."""
    wanted = list(account_ids)
    rows = db.session.scalars(select(Account).where(Account.id.in_(wanted))) if wanted else ()
    return {a.id: as_actor(a) for a in rows}


def as_actor(account: Account) -> Actor:
    """The frozen value of an account row."""
    return Actor(account.id, account.name, Role(account.role), account.organisation_id, account.team_id)


def _held_by(actor: Actor) -> ColumnElement[bool]:
    """Relationships of the account itself, of its team and of its organisation."""
    organisations = [o for o in (actor.organisation_id, actor.team_id) if o is not None]
    return or_(Relationship.account_id == actor.account_id, Relationship.organisation_id.in_(organisations))


def _in_force(at: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(Relationship.since <= at, or_(Relationship.until.is_(None), Relationship.until > at))


def _is_active(at: datetime) -> ColumnElement[bool]:
    return and_(Account.active_from <= at, or_(Account.active_until.is_(None), Account.active_until > at))
