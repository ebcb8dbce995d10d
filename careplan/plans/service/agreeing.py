"""Signing a version: online, or recorded by staff with a witness; and what follows when the last party has signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, DomainError, Invalid, Problem, invalid
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.people.domain.authority import Authority, CapacityFinding, may_sign_care
from careplan.plans import queries
from careplan.plans.domain.agreement import (
    PARTY_OF,
    Capacity,
    CapacityToDecide,
    Channel,
    NotAParty,
    check_hash,
    check_open,
    check_own_decision,
    check_party_free,
    check_signer,
    check_witness,
)
from careplan.plans.domain.granting import terms_of
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party, VersionState
from careplan.plans.models import PlanAgreementRow
from careplan.plans.service.locking import Locked, locked_plan
from careplan.plans.service.telling import tell_signed


class NoRightToSign(DomainError):
    """The authority does not reach this decision; `reason` says why."""

    code = "no_right_to_sign"


class IdUsed(Conflict):
    """The id was used for another signature."""

    code = "id_used"


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


@dataclass(frozen=True, slots=True)
class _Signer:
    """The human being who signs; `id` is their account, or the person or contact where they have none."""

    id: UUID
    name: str
    authority: Authority | None = None


def agree_plan(*, plan_id: UUID, number: int, signature: Signature, actor: Actor, now: datetime) -> PlanVersion:
    """One party's yes to exactly the content that was read; with the last one the bank opens.

    The same signature sent again changes nothing. Raises NotAParty, StaleHash, NotOpenToAgreement, AlreadyAgreed,
    SignedAlready, NoRightToSign, CannotDecide, WitnessMissing, WitnessIsParty, IdUsed, Invalid.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    if _sent_before(version, signature):
        return version
    signer = _SIGNERS[_checked_capacity(signature)](version, signature, actor, locked.now)
    _check_version(version, signature, signer)
    finding = queries.find_finding(version_id=version.id)
    _check_capacity(version, signer, finding, signature.capacity, locked.now)
    witness_name = _checked_witness(version, signature, signer, actor)
    _add(locked, version, signature, signer, finding=finding, witness_name=witness_name, actor=actor)
    return settle(locked, number, party=signature.party, actor=actor)


def settle(locked: Locked, number: int, *, party: Party, actor: Actor) -> PlanVersion:
    """The version as it stands now that this party has settled it, which the others hear.

    Once nobody's agreement is missing, the first day is fixed and the bank opens.
    """
    version = queries.get_version(plan_id=locked.plan.id, number=number, at=locked.now)
    starts_on = version.content.starts_on
    if not version.outstanding and starts_on is not None:
        if locked.row.service_starts_on is None:
            locked.row.service_starts_on = starts_on
            db.session.flush()
        terms = terms_of(version, service_starts_on=locked.row.service_starts_on)
        hours.open_bank(terms=terms, actor=actor, now=locked.now)
    tell_signed(version=version, party=party, actor=actor, now=locked.now)
    return version


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


def _sent_before(version: PlanVersion, signature: Signature) -> bool:
    row = db.session.get(PlanAgreementRow, signature.id)
    if row is None:
        return False
    sent = (version.id, signature.party.value, signature.capacity.value, signature.content_hash, signature.statement)
    kept = (row.version_id, row.party, row.capacity, row.content_hash, row.statement)
    if (*kept, row.channel) != (*sent, signature.channel.value):
        raise IdUsed("This id was used for another signature. Make a new one.")
    return True


def _checked_capacity(signature: Signature) -> Capacity:
    if PARTY_OF[signature.capacity] is not signature.party:
        raise invalid("capacity", f"Nobody signs for the {signature.party.value} in this capacity.")
    if signature.channel is not Channel.ONLINE and signature.party is not Party.PERSON:
        raise invalid("channel", "The council and the provider agree online, each with their own account.")
    if not signature.statement.strip():
        raise invalid("statement", "The words that were read belong to the signature.")
    return signature.capacity


def _social_worker(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> _Signer:
    _check_allocated(version, actor, now, "Only the person's own social worker agrees for the council.")
    return _Signer(actor.account_id, actor.name)


def _provider(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> _Signer:
    organisation = version.content.provider.organisation if version.content.provider else None
    may_commit = organisation is not None and (
        organisations.may_commit(account_id=actor.account_id, organisation_id=organisation)
        and access.is_related(person_id=version.person_id, kind=Kind.PACKAGE, at=now, organisation_id=organisation)
    )
    if not may_commit:
        raise NotAParty("Only somebody with authority to commit the plan's provider agrees for it.")
    return _Signer(actor.account_id, actor.name)


def _self(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> _Signer:
    if signature.channel is not Channel.ONLINE:
        _check_recorder(version, actor, now)
        return _Signer(version.person_id, people.get_person(person_id=version.person_id).name)
    if not access.is_related(person_id=version.person_id, kind=Kind.SELF, at=now, account_id=actor.account_id):
        raise NotAParty("Only the person whose plan it is agrees for themselves.")
    return _Signer(actor.account_id, actor.name)


def _representative(version: PlanVersion, signature: Signature, actor: Actor, now: datetime) -> _Signer:
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
    return _Signer(authority.account_id or authority.contact_id, contact.name if contact else actor.name, authority)


_SIGNERS: dict[Capacity, Callable[[PlanVersion, Signature, Actor, datetime], _Signer]] = {
    Capacity.SOCIAL_WORKER: _social_worker,
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
    _check_allocated(version, actor, now, "Only the person's own social worker records what they said or signed.")


def _check_allocated(version: PlanVersion, actor: Actor, now: datetime, message: str) -> None:
    allocated = actor.role is Role.SOCIAL_WORKER and access.is_related(
        person_id=version.person_id, kind=Kind.CASELOAD, at=now, account_id=actor.account_id
    )
    if not allocated:
        raise NotAParty(message)


def _check_version(version: PlanVersion, signature: Signature, signer: _Signer) -> None:
    if version.state not in (VersionState.DRAFT, VersionState.WITHDRAWN):
        check_party_free(party=signature.party, agreements=version.agreements, decided=version.best_interests)
    check_open(state=version.state, number=version.number)
    check_hash(given=signature.content_hash, current=version.content_hash or "")
    check_signer(signer_id=signer.id, agreements=version.agreements)


def _check_capacity(
    version: PlanVersion, signer: _Signer, finding: CapacityToDecide | None, capacity: Capacity, now: datetime
) -> None:
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


def _checked_witness(version: PlanVersion, signature: Signature, signer: _Signer, actor: Actor) -> str | None:
    """The witness's name, known not to be the recorder's, the signer's or a party's."""
    if signature.channel is Channel.ONLINE:
        return None
    name = signature.witness_name
    if signature.witness_id is not None:
        found = access.list_account_names(account_ids=[signature.witness_id]).get(signature.witness_id)
        if found is None:
            raise Invalid(
                "We do not know this witness.", problems=(Problem("witness", "We do not know this witness."),)
            )
        name = found
    person = people.get_person(person_id=version.person_id)
    others = {actor.account_id: actor.name, signer.id: signer.name, person.id: person.name}
    others |= {a.signer_id: a.signer_name for a in version.agreements}
    check_witness(channel=signature.channel, witness_id=signature.witness_id, witness_name=name, others=others)
    return " ".join((name or "").split())


def _add(
    locked: Locked,
    version: PlanVersion,
    signature: Signature,
    signer: _Signer,
    *,
    finding: CapacityToDecide | None,
    witness_name: str | None,
    actor: Actor,
) -> None:
    db.session.add(
        PlanAgreementRow(
            id=signature.id,
            plan_id=version.plan_id,
            person_id=version.person_id,
            version_id=version.id,
            content_hash=signature.content_hash,
            party=signature.party.value,
            capacity=signature.capacity.value,
            signer_id=signer.id,
            signer_name=signer.name,
            authority_id=signer.authority.id if signer.authority else None,
            finding_id=finding.id if finding and signer.authority else None,
            statement=signature.statement,
            channel=signature.channel.value,
            recorded_by=actor.account_id,
            witness_id=signature.witness_id,
            witness_name=witness_name,
            agreed_on=_agreed_on(version, signature, locked.now),
            at=locked.now,
        )
    )
    db.session.flush()


def _agreed_on(version: PlanVersion, signature: Signature, now: datetime) -> date:
    today = local_date(now)
    if signature.channel is Channel.ONLINE:
        return today
    proposed_on = local_date(version.proposed_at) if version.proposed_at else today
    day = signature.agreed_on or today
    if not proposed_on <= day <= today:
        raise invalid("agreed_on", "This must be a day between when the plan was sent round and today.")
    return day
