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
    TEAM_MANAGER = "team_manager"
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
    Capacity.TEAM_MANAGER: Party.COUNCIL,
    Capacity.PROVIDER: Party.PROVIDER,
    Capacity.SELF: Party.PERSON,
    Capacity.REPRESENTATIVE: Party.PERSON,
}
CAPACITY_WORDS = {
    Capacity.SOCIAL_WORKER: "social worker, for the council",
    Capacity.TEAM_MANAGER: "team manager, for the council",
    Capacity.PROVIDER: "for the provider",
    Capacity.SELF: "for themselves",
    Capacity.REPRESENTATIVE: "as their representative",
}
CHANNEL_WORDS = {Channel.ONLINE: "online", Channel.PAPER: "on paper", Channel.TELEPHONE: "by telephone"}


@dataclass(frozen=True, slots=True)
class Advocate:
    """Who helped somebody to understand and to decide. An advocate supports and never signs."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a party took its yes back: why, how they said so, and who wrote it down."""

    reason: str
    channel: Channel
    by: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """One party's signature on one exact content. `signer_id` is an account, or a person or contact without one.

    `agreed_on` is the day on which they said yes; `at` the instant at which it was recorded. One that was taken back
    stays to be read and counts for nothing.
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
    advocate: Advocate | None = None
    taken_back: TakenBack | None = None


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


class AdvocateSigns(DomainError):
    """The one named as advocate signed, recorded it, or is a party."""

    code = "advocate_signs"


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
        VersionState.NEVER_BEGAN: f"The plan has ended, so nobody can agree to version {number} any more.",
    }
    message = messages.get(state, f"Version {number} is agreed already. Nothing more is needed.")
    raise NotOpenToAgreement(message, state=state.value)


def check_hash(*, given: str, current: str) -> None:
    """Raises StaleHash, with the hash that the version has."""
    if given != current:
        raise StaleHash(
            "What you read is not what this version says. Read it again before you agree.", content_hash=current
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
    name = _plain(witness_name or "")
    if not name:
        raise WitnessMissing(f"Say who witnessed it: an agreement {CHANNEL_WORDS[channel]} needs a witness.")
    if witness_id in others or name in {_plain(other) for other in others.values()}:
        raise WitnessIsParty("The witness must be somebody else: not who recorded it and not one of the parties.")


def check_advocate(*, advocate: Advocate | None, others: dict[UUID, str]) -> None:
    """Raises AdvocateSigns: an advocate supports and is none of those who sign or record. `others` are these."""
    if advocate is not None and _plain(advocate.name) in {_plain(name) for name in others.values()}:
        raise AdvocateSigns("An advocate supports and never signs. Name somebody who is none of the parties.")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
