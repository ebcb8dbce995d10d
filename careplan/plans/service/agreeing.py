"""Signing a version: online, or recorded by staff with a witness; and what follows when the last party has signed."""

from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, Problem, invalid
from careplan.people import queries as people
from careplan.plans import queries
from careplan.plans.domain.agreement import (
    PARTY_OF,
    CapacityToDecide,
    Channel,
    check_advocate,
    check_hash,
    check_open,
    check_signer,
    check_witness,
)
from careplan.plans.domain.answers import check_party_free
from careplan.plans.domain.granting import terms_of
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import FALLEN, Party, VersionState
from careplan.plans.models import PlanAgreementRow
from careplan.plans.service.authorising import note_agreed
from careplan.plans.service.handing_over import hand_over_seat
from careplan.plans.service.locking import Locked, locked_plan
from careplan.plans.service.measuring import refuse_what_was_rated
from careplan.plans.service.signing import Signature, Signer, check_right, signer_of
from careplan.plans.service.telling import tell_signed


class IdUsed(Conflict):
    """The id was used for another signature."""

    code = "id_used"


def agree_plan(*, plan_id: UUID, number: int, signature: Signature, actor: Actor, now: datetime) -> PlanVersion:
    """One party's yes to exactly the content that was read; with the last one the bank opens.

    The same signature sent again changes nothing. Raises NotAParty, StaleHash, NotOpenToAgreement, AlreadyAgreed,
    SignedAlready, AboveLimit, NoRightToSign, CannotDecide, WitnessMissing, WitnessIsParty, AdvocateSigns, IdUsed,
    RatedMeanwhile, Invalid.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    if _sent_before(version, signature):
        return version
    _check_capacity_claimed(signature)
    signer = signer_of(version, signature, actor, locked.now)
    _check_version(version, signature, signer)
    finding = queries.find_finding(version_id=version.id)
    check_right(version, signer, finding, signature.capacity, locked.now)
    others = _others(version, signer, actor)
    check_advocate(advocate=signature.advocate, others=others)
    witness_name = _checked_witness(signature, others)
    _add(locked, version, signature, signer, finding=finding, witness_name=witness_name, actor=actor)
    if signature.party is Party.COUNCIL:
        note_agreed(version_id=version.id, actor=actor, now=locked.now)
    return settle(locked, number, party=signature.party, actor=actor)


def settle(locked: Locked, number: int, *, party: Party, actor: Actor) -> PlanVersion:
    """The version as it stands now that this party has settled it, which the others hear.

    Once nobody's agreement is missing, the first day is fixed and the bank opens.  Raises RatedMeanwhile.
    """
    refuse_what_was_rated(locked.plan, locked.version(number))
    version = queries.get_version(plan_id=locked.plan.id, number=number, at=locked.now)
    starts_on = version.content.starts_on
    if not version.outstanding and starts_on is not None:
        if locked.row.service_starts_on is None:
            locked.row.service_starts_on = starts_on
            db.session.flush()
        terms = terms_of(version, service_starts_on=locked.row.service_starts_on)
        hours.open_bank(terms=terms, actor=actor, now=locked.now)
        hand_over_seat(before=locked.plan, version=version, actor=actor, now=locked.now)
    tell_signed(version=version, party=party, actor=actor, now=locked.now)
    return version


def _sent_before(version: PlanVersion, signature: Signature) -> bool:
    row = db.session.get(PlanAgreementRow, signature.id)
    if row is None:
        return False
    if row.withdrawn_at is not None:
        raise IdUsed("This agreement was taken back. Agree anew, with a new id.")
    sent = (version.id, signature.party.value, signature.capacity.value, signature.content_hash, signature.statement)
    kept = (row.version_id, row.party, row.capacity, row.content_hash, row.statement)
    if (*kept, row.channel) != (*sent, signature.channel.value):
        raise IdUsed("This id was used for another signature. Make a new one.")
    return True


def _check_capacity_claimed(signature: Signature) -> None:
    if PARTY_OF[signature.capacity] is not signature.party:
        raise invalid("capacity", f"Nobody signs for the {signature.party.value} in this capacity.")
    if signature.channel is not Channel.ONLINE and signature.party is not Party.PERSON:
        raise invalid("channel", "The council and the provider agree online, each with their own account.")
    if not signature.statement.strip():
        raise invalid("statement", "The words that were read belong to the signature.")


def _check_version(version: PlanVersion, signature: Signature, signer: Signer) -> None:
    if version.state not in (VersionState.DRAFT, *FALLEN):
        check_party_free(party=signature.party, answers=version.answers)
    check_open(state=version.state, number=version.number)
    check_hash(given=signature.content_hash, current=version.content_hash or "")
    check_signer(signer_id=signer.id, agreements=version.agreements)


def _others(version: PlanVersion, signer: Signer, actor: Actor) -> dict[UUID, str]:
    """Those who sign, record or are a party, with their names: neither witness nor advocate may be one of them."""
    person = people.get_person(person_id=version.person_id)
    others = {actor.account_id: actor.name, signer.id: signer.name, person.id: person.name}
    return others | {a.signer_id: a.signer_name for a in version.agreements}


def _checked_witness(signature: Signature, others: dict[UUID, str]) -> str | None:
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
    check_witness(channel=signature.channel, witness_id=signature.witness_id, witness_name=name, others=others)
    return " ".join((name or "").split())


def _add(
    locked: Locked,
    version: PlanVersion,
    signature: Signature,
    signer: Signer,
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
            advocate_name=signature.advocate.name if signature.advocate else None,
            advocate_organisation=signature.advocate.organisation if signature.advocate else None,
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
