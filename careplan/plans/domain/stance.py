"""What each party says to a suggestion before the social worker writes it into the draft, or does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.kernel.errors import DomainError, Forbidden, invalid
from careplan.plans.domain.state import Party

# Others around the person may suggest and comment; they are none of the three parties.
PARTY_OF_ROLE = {
    Role.SOCIAL_WORKER: Party.COUNCIL,
    Role.TEAM_MANAGER: Party.COUNCIL,
    Role.PROVIDER_COORDINATOR: Party.PROVIDER,
    Role.TRUSTED_ASSESSOR: Party.PROVIDER,
    Role.CITIZEN: Party.PERSON,
    Role.REPRESENTATIVE: Party.PERSON,
}


class Stance(StrEnum):
    """Yes or no to exactly what is suggested."""

    ACCEPTS = "accepts"
    DECLINES = "declines"


class Standing(StrEnum):
    """How a party stands to a suggestion."""

    SUGGESTS = "suggests"
    ACCEPTS = "accepts"
    DECLINES = "declines"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class StanceGiven:
    """One party's answer to a suggestion, as somebody gave it; the latest of a party counts."""

    id: UUID
    suggestion_id: UUID
    party: Party
    stance: Stance
    reason: str | None
    by: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """How one party stands, and what was said by whom, where somebody answered for it."""

    party: Party
    standing: Standing
    given: StanceGiven | None = None


class NotAsked(Forbidden):
    """The account stands for no party, or for the one that made the suggestion."""

    code = "not_asked"


class NobodyAccepted(DomainError):
    """One's own suggestion is taken once another party has accepted it."""

    code = "nobody_accepted"


def check_asked(*, role: Role, by_party: Party | None) -> Party:
    """The party for which this role answers.  Raises NotAsked."""
    party = PARTY_OF_ROLE.get(role)
    if party is None:
        raise NotAsked("The council, the provider and the person answer. You can write a comment.")
    if party is by_party:
        raise NotAsked("Your side made this suggestion, so the others answer. You can write a comment.")
    return party


def check_stance(*, stance: Stance, reason: str) -> str | None:
    """The reason without the space around it.  Raises Invalid for a no without one."""
    tidy = reason.strip()
    if stance is Stance.DECLINES and not tidy:
        raise invalid("reason", "Say why not: they will read it.")
    return tidy or None


def check_accepted(standings: Iterable[PartyStanding]) -> None:
    """Raises NobodyAccepted."""
    if not any(s.standing is Standing.ACCEPTS for s in standings):
        raise NobodyAccepted("Another party answers what you suggested. You can take it once one of them accepts.")


def standings_of(*, by_party: Party | None, given: Iterable[StanceGiven]) -> tuple[PartyStanding, ...]:
    """How each of the three parties stands; `given` is in the order in which the answers came."""
    latest = {g.party: g for g in given}
    return tuple(_standing(party, by_party, latest.get(party)) for party in Party)


def _standing(party: Party, by_party: Party | None, given: StanceGiven | None) -> PartyStanding:
    if party is by_party:
        return PartyStanding(party, Standing.SUGGESTS)
    if given is None:
        return PartyStanding(party, Standing.SILENT)
    return PartyStanding(party, Standing(given.stance.value), given)
