"""Everyone around one person, each with dates, and what being one of them opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.organisations.domain.organisation import OrganisationKind


class MemberKind(StrEnum):
    """What somebody does in the partnership."""

    SOCIAL_WORKER = "social_worker"
    PROVIDER = "provider"
    NURSE = "nurse"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    REPRESENTATIVE = "representative"
    UNPAID_CARER = "unpaid_carer"
    COMMUNITY = "community"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Holder(StrEnum):
    """What a member is on the record: a worker's account, an organisation, or one of the person's contacts."""

    ACCOUNT = "account"
    ORGANISATION = "organisation"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a kind of member must be, and the relationship that membership writes (none: it opens nothing)."""

    holder: Holder
    opens: Kind | None = None
    role: Role | None = None
    organisation: OrganisationKind | None = None


# A representative's access rests on the authority, and a carer's on the person's yes: neither on membership.
SEATS: dict[MemberKind, Seat] = {
    MemberKind.SOCIAL_WORKER: Seat(Holder.ACCOUNT, Kind.CASELOAD, role=Role.SOCIAL_WORKER),
    MemberKind.PROVIDER: Seat(Holder.ORGANISATION, Kind.PACKAGE, organisation=OrganisationKind.PROVIDER),
    MemberKind.NURSE: Seat(Holder.ACCOUNT, Kind.DELEGATION, role=Role.NURSE),
    MemberKind.OCCUPATIONAL_THERAPIST: Seat(Holder.ACCOUNT, Kind.REFERRAL, role=Role.OCCUPATIONAL_THERAPIST),
    MemberKind.REPRESENTATIVE: Seat(Holder.CONTACT),
    MemberKind.UNPAID_CARER: Seat(Holder.CONTACT),
    MemberKind.COMMUNITY: Seat(Holder.ORGANISATION, organisation=OrganisationKind.COMMUNITY),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member with the instants between which they belong; `until` is excluded. One of the three ids is set."""

    id: UUID
    person_id: UUID
    kind: MemberKind
    since: datetime
    until: datetime | None = None
    account_id: UUID | None = None
    organisation_id: UUID | None = None
    contact_id: UUID | None = None
    end_reason: str | None = None

    def belongs_at(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)

    def sits_as(self, *, kind: MemberKind, holder_id: UUID) -> bool:
        """Whether this is the same party in the same part."""
        return self.kind is kind and holder_id in (self.account_id, self.organisation_id, self.contact_id)


class WrongSeat(Invalid):
    """This account, organisation or contact cannot take this part in a partnership."""

    code = "wrong_seat"


class AlreadyMember(Conflict):
    """They belong to the partnership in this part already."""

    code = "already_member"


class AlreadyLeft(Conflict):
    """They left before."""

    code = "already_left"


def check_holder(*, kind: MemberKind, named: Holder | None) -> Seat:
    """The seat, when exactly the right sort of party was named.  Raises WrongSeat."""
    seat = SEATS[kind]
    if named is not seat.holder:
        raise wrong_seat(f"A {kind.words} is named by {_article(seat.holder)}.")
    return seat


def check_role(*, kind: MemberKind, role: Role) -> None:
    """Raises WrongSeat where the account is somebody else's than the seat needs."""
    if SEATS[kind].role is not role:
        raise wrong_seat(f"This account belongs to a {role.value.replace('_', ' ')}, not to a {kind.words}.")


def check_organisation(*, kind: MemberKind, organisation: OrganisationKind) -> None:
    """Raises WrongSeat where the organisation is of another kind than the seat needs."""
    if SEATS[kind].organisation is not organisation:
        raise wrong_seat("Choose an organisation of the right kind: a provider gives care, a community one does not.")


def wrong_seat(message: str) -> WrongSeat:
    """The refusal with its one problem."""
    return WrongSeat(message, problems=(Problem("kind", message),))


def _article(holder: Holder) -> str:
    return {
        Holder.ACCOUNT: "their own account",
        Holder.ORGANISATION: "their organisation",
        Holder.CONTACT: "one of the person's contacts",
    }[holder]
