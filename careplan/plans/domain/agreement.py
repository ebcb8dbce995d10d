"""Who may sign a version for whom, and with which words. Three parties, three different people, one exact content."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict, DomainError, Forbidden
from careplan.kernel.words import short_day
from careplan.plans.domain.state import Party, VersionState


class Capacity(StrEnum):
    """In what capacity somebody signs for a party."""

    SOCIAL_WORKER = "social_worker"
    PROVIDER = "provider"
    SELF = "self"
    REPRESENTATIVE = "representative"


class Channel(StrEnum):
    """How somebody said yes."""

    ONLINE = "online"
    PAPER = "paper"
    TELEPHONE = "telephone"


PARTY_OF = {
    Capacity.SOCIAL_WORKER: Party.COUNCIL,
    Capacity.PROVIDER: Party.PROVIDER,
    Capacity.SELF: Party.PERSON,
    Capacity.REPRESENTATIVE: Party.PERSON,
}
CAPACITY_WORDS = {
    Capacity.SOCIAL_WORKER: "social worker, for the council",
    Capacity.PROVIDER: "for the provider",
    Capacity.SELF: "for themselves",
    Capacity.REPRESENTATIVE: "as their representative",
}
CHANNEL_WORDS = {Channel.ONLINE: "online", Channel.PAPER: "on paper", Channel.TELEPHONE: "by telephone"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One party's signature on one exact content. `signer_id` is an account, or a person or contact without one.

    `agreed_on` is the day on which they said yes; `at` the instant at which it was recorded.
    """

    id: UUID
    version_id: UUID
    content_hash: str
    party: Party
    capacity: Capacity
    signer_id: UUID
    signer_name: str
    statement: str
    channel: Channel
    recorded_by: UUID
    agreed_on: date
    at: datetime
    witness_id: UUID | None = None
    witness_name: str | None = None
    authority_id: UUID | None = None
    finding_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BestInterests:
    """A decision in the person's place. It is shown as decided in their best interests, never as agreed."""

    id: UUID
    version_id: UUID
    content_hash: str
    finding_id: UUID
    decision_maker_id: UUID
    decision_maker_name: str
    decision: str
    wishes: str
    consulted: str
    less_restrictive: str
    advocate: str
    decided_on: date
    recorded_by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CapacityToDecide:
    """A finding about exactly one version: whether the person can decide about it, and why.

    `abilities` holds, for each that is lost, the evidence: understanding, retaining, weighing, communicating.
    """

    id: UUID
    version_id: UUID
    person_id: UUID
    lacks_capacity: bool
    why_doubted: str
    support_given: str
    abilities: tuple[tuple[str, str], ...]
    impairment: str
    causal_link: str
    decided_on: date
    assessor_id: UUID
    assessor_name: str
    at: datetime


class NotAParty(Forbidden):
    """The account may read the plan and is none of its three parties."""

    code = "not_a_party"


class NotOpenToAgreement(Conflict):
    """The version is not waiting for anyone's agreement."""

    code = "not_proposed"


class StaleHash(Conflict):
    """What was read is not what the version says."""

    code = "stale_hash"


class AlreadyAgreed(Conflict):
    """This party has agreed to this version before."""

    code = "already_agreed"


class SignedAlready(Conflict):
    """This human being has signed this version for another party."""

    code = "signed_for_another_party"


class DecidesForThemselves(DomainError):
    """The person can take this decision, so nobody signs in their place."""

    code = "person_decides"


class CannotDecide(DomainError):
    """A finding says that the person cannot take this decision, so their own signature does not count."""

    code = "person_cannot_decide"


class WitnessMissing(DomainError):
    """An agreement on paper or by telephone has no witness, or nobody who can be one."""

    code = "witness_missing"


class WitnessIsParty(DomainError):
    """The witness recorded it, signed, or is a party."""

    code = "witness_is_party"


def check_open(*, state: VersionState, number: int) -> None:
    """Raises NotOpenToAgreement unless the version waits for agreement."""
    if state is VersionState.PROPOSED:
        return
    messages = {
        VersionState.DRAFT: f"Version {number} is still being written. It can be agreed once it is proposed.",
        VersionState.WITHDRAWN: f"Version {number} was taken back, because somebody is changing it.",
    }
    message = messages.get(state, f"Version {number} is agreed already. Nothing more is needed.")
    raise NotOpenToAgreement(message, state=state.value)


def check_hash(*, given: str, current: str) -> None:
    """Raises StaleHash, with the hash that the version has."""
    if given != current:
        raise StaleHash(
            "What you read is not what this version says. Read it again before you agree.", content_hash=current
        )


def check_party_free(*, party: Party, agreements: tuple[Agreement, ...], decided: BestInterests | None) -> None:
    """Raises AlreadyAgreed where the party has signed, or somebody decided in the person's place."""
    for signed in agreements:
        if signed.party is party:
            message = f"{signed.signer_name} agreed to this on {short_day(signed.agreed_on)}. Nothing more is needed."
            raise AlreadyAgreed(message, party=party.value)
    if decided is not None and party is Party.PERSON:
        raise AlreadyAgreed(
            f"This was decided in the person's best interests on {short_day(decided.decided_on)}.", party=party.value
        )


def check_signer(*, signer_id: UUID, agreements: tuple[Agreement, ...]) -> None:
    """Raises SignedAlready: three parties are three different people."""
    for signed in agreements:
        if signed.signer_id == signer_id:
            raise SignedAlready(
                f"{signed.signer_name} has signed for another party. Each party needs a different person.",
                party=signed.party.value,
            )


def check_own_decision(*, finding: CapacityToDecide | None) -> None:
    """Raises CannotDecide where the latest finding about this version says so."""
    if finding is not None and finding.lacks_capacity:
        raise CannotDecide(
            f"On {short_day(finding.decided_on)} it was found that the person cannot decide about this version. "
            "Their representative signs, or a best-interests decision is made."
        )


def check_decided_for(*, finding: CapacityToDecide | None) -> None:
    """Raises DecidesForThemselves unless the latest finding about this version says that the person cannot decide."""
    if finding is None:
        raise DecidesForThemselves("There is no finding that the person cannot decide about this version.")
    if not finding.lacks_capacity:
        raise DecidesForThemselves("The person can decide about this version, so they sign for themselves.")


def check_witness(
    *, channel: Channel, witness_id: UUID | None, witness_name: str | None, others: dict[UUID, str]
) -> None:
    """Raises WitnessMissing or WitnessIsParty. `others` are the recorder, the signer and the parties, with names."""
    if channel is Channel.ONLINE:
        return
    name = " ".join((witness_name or "").split()).casefold()
    if not name:
        raise WitnessMissing(f"Say who witnessed it: an agreement {CHANNEL_WORDS[channel]} needs a witness.")
    if witness_id in others or name in {" ".join(o.split()).casefold() for o in others.values()}:
        raise WitnessIsParty("The witness must be somebody else: not who recorded it and not one of the parties.")
