"""Who can be named in a concern: those around the person, as far as whoever names them may know."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.concerns.domain.concern import Alleged, AllegedKind
from careplan.organisations import queries as organisations
from careplan.people import queries as people

FAMILY = (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER)
# Of a provider, those who meet the person or decide about their visits.
OF_PROVIDERS = (Role.CARE_WORKER, Role.PROVIDER_COORDINATOR, Role.TRUSTED_ASSESSOR)
UNKNOWN = ("unknown", "I do not know")
# Workers whom the person knows by name.
PARTS = {
    Kind.CASELOAD: "social worker",
    Kind.DELEGATION: "nurse",
    Kind.REFERRAL: "occupational therapist",
    Kind.ROUND: "care worker",
}


def offered(*, person_id: UUID, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """Whom this actor may name, each as what a form sends and what it shows.

    Family choose among those whom they know from the person's own pages; an organisation stands for everyone in it.
    """
    found = dict([UNKNOWN, *_contacts(person_id), *_members(person_id, actor, now)])
    return list(found.items())


def read(value: str | None) -> Alleged | None:
    """What a form sent; nothing was chosen: None."""
    if not value:
        return None
    kind, _, named = value.partition(":")
    return Alleged(AllegedKind(kind), UUID(named) if named else None)


def names_of(*, person_id: UUID, alleged: tuple[Alleged, ...]) -> list[str]:
    """Who they are, in words."""
    ids = [a.id for a in alleged if a.id is not None]
    names = access.list_account_names(account_ids=ids)
    names |= {o.id: o.name for o in organisations.list_organisations_by_id(organisation_ids=ids).values()}
    names |= {c.id: f"{c.name}, {c.relation.words}" for c in people.list_contacts(person_id=person_id)}
    return [names.get(a.id, "somebody") if a.id else "not known" for a in alleged]


def _contacts(person_id: UUID) -> Iterator[tuple[str, str]]:
    for contact in people.list_contacts(person_id=person_id):
        if contact.retraction is None:
            yield f"{AllegedKind.CONTACT}:{contact.id}", f"{contact.name}, {contact.relation.words}"


def _members(person_id: UUID, actor: Actor, now: datetime) -> Iterator[tuple[str, str]]:
    """Organisations and workers to whom the person's record is open now, and community organisations."""
    known = access.list_relationships(person_id=person_id)
    open_now = [r for r in known if r.since <= now and (r.until is None or r.until > now)]
    members = people.list_partnership(person_id=person_id, at=now)
    houses = organisations.list_organisations_by_id(
        organisation_ids={r.organisation_id for r in open_now if r.kind is Kind.PACKAGE and r.organisation_id}
        | {m.organisation_id for m in members if m.organisation_id}
    )
    for house in houses.values():
        yield f"{AllegedKind.ORGANISATION}:{house.id}", f"Somebody at {house.name}"
        if actor.role not in FAMILY:
            yield from _workers(house.id, house.name)
    parts = {r.account_id: PARTS[r.kind] for r in open_now if r.account_id and r.kind in PARTS}
    names = access.list_account_names(account_ids=parts)
    for account_id in sorted(names, key=lambda i: names[i]):
        yield f"{AllegedKind.ACCOUNT}:{account_id}", f"{names[account_id]}, {parts[account_id]}"


def _workers(organisation_id: UUID, name: str) -> Iterator[tuple[str, str]]:
    for account in access.list_accounts(organisation_id=organisation_id):
        if account.role in OF_PROVIDERS:
            yield f"{AllegedKind.ACCOUNT}:{account.account_id}", f"{account.name}, {name}"
