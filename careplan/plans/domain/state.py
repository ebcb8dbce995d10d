"""In what state a version of a plan stands, told from facts with times; it is stored nowhere.

A version is in force from the later of the start of its first day and its last agreement, until a later version comes
into force or the plan ends. What has not come into force when the plan ends never does.
`careplan.plans.in_force.select_in_force` says the same in SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import start_of_day
from careplan.plans.domain.content import PlanKind


class Party(StrEnum):
    """The three that a plan needs."""

    COUNCIL = "council"
    PROVIDER = "provider"
    PERSON = "person"


class VersionState(StrEnum):
    """From a first word to an old version."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    NEVER_BEGAN = "never_began"


# Nothing became of it: somebody took it back, or the plan ended first.
FALLEN = frozenset({VersionState.WITHDRAWN, VersionState.NEVER_BEGAN})
NEEDED: Mapping[PlanKind, tuple[Party, ...]] = {
    PlanKind.FULL: (Party.COUNCIL, Party.PROVIDER, Party.PERSON),
    # In an emergency the person is told; care does not wait for a signature.
    PlanKind.INTERIM: (Party.COUNCIL, Party.PROVIDER),
}


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A party's yes that stood for a time, until it was taken back."""

    party: Party
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What a version's state is told from.

    `settled`: when each party agreed, was decided for, or was gone without; `lapsed`: each yes that was taken back.
    `counts_from`: the day before which it does not count whatever it says, because another provider gives the care
    until then. `provider`: who gives the care.
    """

    number: int
    kind: PlanKind = PlanKind.FULL
    starts_on: date | None = None
    proposed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    settled: Mapping[Party, datetime] = field(default_factory=dict)
    lapsed: tuple[Lapsed, ...] = ()
    counts_from: date | None = None
    provider: UUID | None = None


def outstanding(facts: VersionFacts) -> tuple[Party, ...]:
    """The parties whose agreement a version still needs."""
    return tuple(party for party in NEEDED[facts.kind] if party not in facts.settled)


def in_force_from(facts: VersionFacts) -> datetime | None:
    """The instant from which a version can be in force, or None while something is missing."""
    if facts.proposed_at is None or facts.withdrawn_at is not None or facts.starts_on is None or outstanding(facts):
        return None
    last = max(facts.settled[party] for party in NEEDED[facts.kind])
    return max(last, start_of_day(max(facts.starts_on, facts.counts_from or facts.starts_on)))


def states_at(
    versions: Sequence[VersionFacts], *, at: datetime, ended_at: datetime | None = None
) -> dict[int, VersionState]:
    """The state of each version of one plan, by number, as things stood at an instant."""
    if ended_at is not None and ended_at <= at:
        last = in_force_number(versions, at=ended_at)
        return {v.number: _last_state(v, last=last, at=at) for v in versions}
    in_force = in_force_number(versions, at=at)
    return {v.number: _state(v, in_force=in_force, at=at) for v in versions}


def in_force_number(versions: Sequence[VersionFacts], *, at: datetime) -> int | None:
    """The version that counts at an instant: of those that have come into force, the latest written."""
    begun = [v.number for v in versions if (since := in_force_from(_as_known(v, at))) is not None and since <= at]
    return max(begun, default=None)


def _last_state(facts: VersionFacts, *, last: int | None, at: datetime) -> VersionState:
    """The state in which a version stays for good once its plan has ended; `last` was in force then."""
    known = _as_known(facts, at)
    if known.withdrawn_at is not None:
        return VersionState.WITHDRAWN
    if last is None or known.number > last or known.proposed_at is None or outstanding(known):
        return VersionState.NEVER_BEGAN
    return VersionState.ENDED if known.number == last else VersionState.SUPERSEDED


def _state(facts: VersionFacts, *, in_force: int | None, at: datetime) -> VersionState:
    known = _as_known(facts, at)
    if known.withdrawn_at is not None:
        return VersionState.WITHDRAWN
    if known.proposed_at is None:
        return VersionState.DRAFT
    if outstanding(known):
        return VersionState.PROPOSED
    if in_force is not None and known.number < in_force:
        return VersionState.SUPERSEDED
    return VersionState.IN_FORCE if known.number == in_force else VersionState.AGREED


def _as_known(facts: VersionFacts, at: datetime) -> VersionFacts:
    """The facts without what happened after an instant."""
    return VersionFacts(
        number=facts.number,
        kind=facts.kind,
        starts_on=facts.starts_on,
        proposed_at=_until(facts.proposed_at, at),
        withdrawn_at=_until(facts.withdrawn_at, at),
        settled=_settled_at(facts, at),
        counts_from=facts.counts_from,
        provider=facts.provider,
    )


def _settled_at(facts: VersionFacts, at: datetime) -> dict[Party, datetime]:
    stood = {gone.party: gone.since for gone in facts.lapsed if gone.since <= at < gone.until}
    return stood | {party: when for party, when in facts.settled.items() if when <= at}


def _until(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if instant is not None and instant <= at else None
