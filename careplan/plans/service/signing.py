"""Who signs for whom: for each capacity, whether this account may, and which human being it then is that signs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.concerns import queries as concerns
from careplan.kernel.errors import DomainError, invalid
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.people.domain.authority import Authority, CapacityFinding, may_sign_care
from careplan.plans import queries
from careplan.plans.authorisations import beyond_limit
from careplan.plans.domain.agreement import (
    Advocate,
    Capacity,
    CapacityToDecide,
    Channel,
    NotAParty,
    check_own_decision,
)
from careplan.plans.domain.authority import above_limit
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party


class NoRightToSign(DomainError):
    """The authority does not reach this decision; `reason` says why."""

    code = "no_right_to_sign"


@dataclass(frozen=True, slots=True)
class Signature:
    """What is sent to agree: the words that were read, and for paper or telephone who witnessed it and on which day."""

    id: UUID
    party: Party
    capacity: Capacity
    content_hash: str
    statement: str
    channel: Channel = Channel.ONLINE
    agreed_on: date | None = None
    witness_id: UUID | None = None
    witness_name: str | None = None
    authority_id: UUID | None = None
    advocate: Advocate | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """The human being who signs; `id` is their account, or the person or contact where they have none."""

    id: UUID
    name: str
    authority: Authority | None = None


def signer_of(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    """Who signs in the capacity that the signature claims.  Raises NotAParty, Invalid."""
    return _SIGNERS[signature.capacity](version, signature, actor, now)


def check_right(
    version: PlanVersion, signer: Signer, finding: CapacityToDecide | None, capacity: Capacity, now: datetime
) -> None:
    """Raises CannotDecide, or NoRightToSign where an authority does not reach this decision, or rests."""
    if capacity is Capacity.SELF:
        check_own_decision(finding=finding)
    if signer.authority is None:
        return
    right = may_sign_care(
        authority=signer.authority,
        finding=as_finding(version, finding),
        decision=decision_words(version),
        at=now,
    )
    if right.refusal is not None:
        raise NoRightToSign(right.words, reason=right.refusal.value)
    if signer.authority.contact_id in concerns.list_suspended(person_id=version.person_id):
        message = "This representative cannot sign at present. Ask the safeguarding lead."
        raise NoRightToSign(message, reason="suspended")


def check_allocated(version: PlanVersion, actor: Actor, now: datetime, message: str) -> None:
    """Raises NotAParty unless this is the person's own social worker."""
    if not is_allocated(version, actor, now):
        raise NotAParty(message)


def is_allocated(version: PlanVersion, actor: Actor, now: datetime) -> bool:
    """Whether this is the person's own social worker."""
    return actor.role is Role.SOCIAL_WORKER and access.is_related(
        person_id=version.person_id, kind=Kind.CASELOAD, at=now, account_id=actor.account_id
    )


def commits_provider(version: PlanVersion, actor: Actor, now: datetime) -> bool:
    """Whether this account may sign for the version's provider."""
    organisation = version.content.provider.organisation if version.content.provider else None
    return organisation is not None and (
        organisations.may_commit(account_id=actor.account_id, organisation_id=organisation)
        and access.is_related(person_id=version.person_id, kind=Kind.PACKAGE, at=now, organisation_id=organisation)
    )


def is_self(version: PlanVersion, actor: Actor, now: datetime) -> bool:
    """Whether this account is the person's own."""
    return access.is_related(person_id=version.person_id, kind=Kind.SELF, at=now, account_id=actor.account_id)


def decision_words(version: PlanVersion) -> str:
    """The decision that a finding of capacity is about: this version and no other."""
    return f"Whether to agree to version {version.number} of the support plan {version.plan_id}"


def as_finding(version: PlanVersion, finding: CapacityToDecide | None) -> CapacityFinding | None:
    """A finding in the terms in which authority is judged."""
    if finding is None:
        return None
    return CapacityFinding(
        person_id=finding.person_id,
        decision=decision_words(version) if finding.version_id == version.id else "another version",
        lacks_capacity=finding.lacks_capacity,
        decided_on=finding.decided_on,
        assessor=finding.assessor_name,
    )


def _social_worker(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    check_allocated(version, actor, now, "Only the person's own social worker agrees for the council.")
    if found := beyond_limit(version, Role.SOCIAL_WORKER, actor=actor, at=now):
        raise above_limit(found, who_may="Your team manager can sign it. Send it to them.")
    return Signer(actor.account_id, actor.name)


def _team_manager(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    manages = actor.role is Role.TEAM_MANAGER and access.is_related(
        person_id=version.person_id, kind=Kind.TEAM, at=now, organisation_id=actor.team_id
    )
    if not manages or not beyond_limit(version, Role.SOCIAL_WORKER, actor=actor, at=now):
        raise NotAParty("The social worker agrees for the council. Their manager does only above their limit.")
    if found := beyond_limit(version, Role.TEAM_MANAGER, actor=actor, at=now):
        raise above_limit(found, who_may="The council has named nobody who may sign it. Change the plan.")
    return Signer(actor.account_id, actor.name)


def _provider(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    if not commits_provider(version, actor, now):
        raise NotAParty("Only somebody with authority to commit the plan's provider agrees for it.")
    return Signer(actor.account_id, actor.name)


def _self(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    if signature.channel is not Channel.ONLINE:
        _check_recorder(version, actor, now)
        return Signer(version.person_id, people.get_person(person_id=version.person_id).name)
    if not is_self(version, actor, now):
        raise NotAParty("Only the person whose plan it is agrees for themselves.")
    return Signer(actor.account_id, actor.name)


def _representative(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> Signer:
    authorities = people.list_authorities(person_id=version.person_id)
    if signature.channel is not Channel.ONLINE:
        _check_recorder(version, actor, now)
    else:
        authorities = [a for a in authorities if a.account_id == actor.account_id]
        if not authorities:
            raise NotAParty("Only a representative whose authority is on the record agrees in the person's place.")
    wanted = [a for a in authorities if signature.authority_id in (a.id, None)]
    if signature.channel is not Channel.ONLINE and len(wanted) > 1:
        wanted = []
    if not wanted:
        raise invalid("authority_id", "Name the authority by which the representative signs.")
    authority = _best(wanted, version, now)
    contact = people.find_contact(person_id=version.person_id, contact_id=authority.contact_id)
    return Signer(authority.account_id or authority.contact_id, contact.name if contact else actor.name, authority)


_SIGNERS: dict[Capacity, Callable[[PlanVersion, Signature, Actor, datetime], Signer]] = {
    Capacity.SOCIAL_WORKER: _social_worker,
    Capacity.TEAM_MANAGER: _team_manager,
    Capacity.PROVIDER: _provider,
    Capacity.SELF: _self,
    Capacity.REPRESENTATIVE: _representative,
}


def _best(authorities: list[Authority], version: PlanVersion, now: datetime) -> Authority:
    """Of several, one that reaches this decision."""
    finding = as_finding(version, queries.find_finding(version_id=version.id))
    words = decision_words(version)
    allowed = (a for a in authorities if may_sign_care(authority=a, finding=finding, decision=words, at=now).allowed)
    return next(allowed, authorities[0])


def _check_recorder(version: PlanVersion, actor: Actor, now: datetime) -> None:
    check_allocated(version, actor, now, "Only the person's own social worker records what they said or signed.")
