"""Who may act for a person, in what, and why not."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.words import short_day
from careplan.people.domain.retraction import Retraction


class AuthorityKind(StrEnum):
    """By what somebody may act for a person."""

    HEALTH_WELFARE_ATTORNEY = "health_welfare_attorney"
    PROPERTY_ATTORNEY = "property_attorney"
    WELFARE_DEPUTY = "welfare_deputy"
    PROPERTY_DEPUTY = "property_deputy"
    APPOINTEE = "appointee"

    @property
    def words(self) -> str:
        return TITLES[self]


class Matter(StrEnum):
    """What a signature can be about."""

    CARE = "care"
    MONEY = "money"


TITLES = {
    AuthorityKind.HEALTH_WELFARE_ATTORNEY: "attorney for health and welfare",
    AuthorityKind.PROPERTY_ATTORNEY: "attorney for property and money",
    AuthorityKind.WELFARE_DEPUTY: "deputy for welfare",
    AuthorityKind.PROPERTY_DEPUTY: "deputy for property and money",
    AuthorityKind.APPOINTEE: "appointee for benefits",
}
# An appointee receives benefits and nothing else: no contract about care or money rests on it.
REACH: dict[AuthorityKind, frozenset[Matter]] = {
    AuthorityKind.HEALTH_WELFARE_ATTORNEY: frozenset({Matter.CARE}),
    AuthorityKind.PROPERTY_ATTORNEY: frozenset({Matter.MONEY}),
    AuthorityKind.WELFARE_DEPUTY: frozenset({Matter.CARE}),
    AuthorityKind.PROPERTY_DEPUTY: frozenset({Matter.MONEY}),
    AuthorityKind.APPOINTEE: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody's recorded authority to act for a person, with its days; both days are counted in.

    `leaves_out_care` says that the document itself takes decisions about care and support out of its scope.
    `ended_at` is the instant from which it no longer stands, whatever its days say.
    """

    id: UUID
    person_id: UUID
    contact_id: UUID
    kind: AuthorityKind
    starts_on: date
    account_id: UUID | None = None
    scope: str | None = None
    leaves_out_care: bool = False
    registration_seen_on: date | None = None
    registration_seen_by: UUID | None = None
    ends_on: date | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    retraction: Retraction | None = None

    def in_force(self, at: datetime) -> bool:
        """Whether it stands at an instant; its days are London's."""
        day = local_date(at)
        return (
            self.retraction is None
            and self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
            and (self.ended_at is None or at < self.ended_at)
        )


@dataclass(frozen=True, slots=True)
class CapacityFinding:
    """That a person can or cannot take one named decision, on a date. There is no finding about a person as a whole."""

    person_id: UUID
    decision: str
    lacks_capacity: bool
    decided_on: date
    assessor: str


class Refusal(StrEnum):
    """Why a representative may not sign."""

    WRONG_KIND = "wrong_kind"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_IN_FORCE = "not_in_force"
    REGISTRATION_NOT_SEEN = "registration_not_seen"
    NO_FINDING = "no_finding"
    OTHER_DECISION = "other_decision"
    HAS_CAPACITY = "has_capacity"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class SigningRight:
    """Whether somebody may sign; where not, the reason as a code and as a sentence."""

    refusal: Refusal | None = None
    words: str = "May sign."

    @property
    def allowed(self) -> bool:
        return self.refusal is None


class RegistrationNotYet(Invalid):
    """The registration is said to have been seen on a day that has not come."""

    code = "registration_not_yet"


def may_sign_care(
    *, authority: Authority, finding: CapacityFinding | None, decision: str, at: datetime
) -> SigningRight:
    """Whether a representative may agree care in the person's place.

    It takes the right kind of authority, in force, its registration seen by `at`, and a finding that the person lacks
    capacity for this very decision: somebody with capacity signs for themselves, whatever papers exist.
    """
    for refused in (_by_kind(authority), _by_time(authority, at), _by_capacity(authority, finding, decision, at)):
        if refused is not None:
            return refused
    return SigningRight()


def decides_care(authority: Authority, at: datetime) -> bool:
    """Whether somebody may decide about care at an instant for a person who was found unable to."""
    return _by_kind(authority) is None and _by_time(authority, at) is None


def check_registration(*, seen_on: date | None, today: date) -> None:
    """Raises RegistrationNotYet; not yet seen is allowed, and then signs nothing."""
    if seen_on is not None and seen_on > today:
        message = "The day on which the registration was seen is in the future. Check the date."
        raise RegistrationNotYet(message, problems=(Problem("registration_seen_on", message),))


def _by_kind(authority: Authority) -> SigningRight | None:
    if Matter.CARE not in REACH[authority.kind]:
        return SigningRight(
            Refusal.WRONG_KIND,
            f"{authority.kind.words.capitalize()}: this cannot agree care. It takes health and welfare.",
        )
    if authority.leaves_out_care:
        return SigningRight(Refusal.OUT_OF_SCOPE, "The document leaves decisions about care out of this authority.")
    return None


def _by_time(authority: Authority, at: datetime) -> SigningRight | None:
    if not authority.in_force(at):
        return SigningRight(Refusal.NOT_IN_FORCE, "This authority is not in force on this day.")
    seen = authority.registration_seen_on
    if seen is None or seen > local_date(at):
        return SigningRight(
            Refusal.REGISTRATION_NOT_SEEN, "Nobody has yet seen that this authority is registered. Record when and who."
        )
    return None


def _by_capacity(
    authority: Authority, finding: CapacityFinding | None, decision: str, at: datetime
) -> SigningRight | None:
    if finding is None or finding.person_id != authority.person_id:
        return SigningRight(Refusal.NO_FINDING, "There is no finding about the person's capacity for this decision.")
    if finding.decision != decision or finding.decided_on > local_date(at):
        return SigningRight(
            Refusal.OTHER_DECISION,
            f"The finding of {short_day(finding.decided_on)} is about another decision. Each one needs its own.",
        )
    if not finding.lacks_capacity:
        return SigningRight(Refusal.HAS_CAPACITY, "The person can take this decision, so they sign for themselves.")
    return None
