"""A plan and its versions as they stand at an instant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.plans.domain.agreement import Agreement, BestInterests, Capacity
from careplan.plans.domain.answers import Answers, PersonsPart
from careplan.plans.domain.code import short_code
from careplan.plans.domain.content import InterimReason, PlanContent, PlanKind
from careplan.plans.domain.not_agreed import NotAgreed
from careplan.plans.domain.stance import PartyStanding, StanceGiven, standings_of
from careplan.plans.domain.state import FALLEN, NEEDED, Party, VersionFacts, VersionState, in_force_from

INTERIM_LASTS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One numbered version.

    `revision` counts the saves of a draft; proposed, it has a hash and never changes.
    `rests_on` is the review that led to it.
    `counts_from` is the day before which another provider gives the care, so that it does not count until then.
    """

    id: UUID
    plan_id: UUID
    person_id: UUID
    number: int
    kind: PlanKind
    content: PlanContent
    revision: int
    based_on: int | None
    created_at: datetime
    saved_at: datetime
    saved_by: UUID
    state: VersionState
    proposed_at: datetime | None = None
    proposed_by: UUID | None = None
    content_hash: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
    counts_from: date | None = None
    agreements: tuple[Agreement, ...] = ()
    taken_back: tuple[Agreement, ...] = ()
    best_interests: BestInterests | None = None
    not_agreed: NotAgreed | None = None
    rests_on: UUID | None = None

    @property
    def answers(self) -> Answers:
        """What the parties have answered to it."""
        return Answers(self.agreements, self.taken_back, self.best_interests, self.not_agreed)

    @property
    def settled(self) -> dict[Party, datetime]:
        """When each party agreed, was decided for, or was gone without."""
        return self.answers.settled

    @property
    def outstanding(self) -> tuple[Party, ...]:
        """The parties whose agreement is still needed."""
        return tuple(party for party in NEEDED[self.kind] if party not in self.settled)

    @property
    def in_force_from(self) -> datetime | None:
        """The instant from which it counts, or None while something is missing."""
        return in_force_from(self.facts)

    @property
    def replace_by(self) -> date | None:
        """The day by which a full plan should replace an interim one that counts; care goes on after it.

        28 days, or where the plan was carried over from another system, at its next review.
        """
        known, since = self.content.interim, self.in_force_from
        if self.kind is not PlanKind.INTERIM or since is None:
            return None
        if known is not None and known.reason is InterimReason.CARRIED_OVER and self.content.review_on is not None:
            return self.content.review_on
        return local_date(since) + INTERIM_LASTS

    @property
    def facts(self) -> VersionFacts:
        """What its state is told from."""
        return VersionFacts(
            number=self.number,
            kind=self.kind,
            starts_on=self.content.starts_on,
            proposed_at=self.proposed_at,
            withdrawn_at=self.withdrawn_at,
            settled=self.settled,
            lapsed=self.answers.lapsed,
            counts_from=self.counts_from,
            provider=self.content.provider.organisation if self.content.provider else None,
        )

    @property
    def persons_part(self) -> PersonsPart:
        """How it stands with the person; only a signature is ever called an agreement."""
        signed = self.agreement_of(Party.PERSON)
        if signed is not None:
            return PersonsPart.AGREED if signed.capacity is Capacity.SELF else PersonsPart.AGREED_FOR
        if self.best_interests is not None:
            return PersonsPart.BEST_INTERESTS
        if self.not_agreed is not None:
            return PersonsPart.NOT_AGREED
        return PersonsPart.WAITING if Party.PERSON in NEEDED[self.kind] else PersonsPart.TOLD

    @property
    def etag(self) -> str:
        """What a caller names to say which text they edit."""
        return f"{self.number}-{self.revision}"

    @property
    def short_hash(self) -> str:
        """The short form of the hash, as printed on a plan; empty for a draft."""
        return short_code(self.content_hash) if self.content_hash else ""

    def agreement_of(self, party: Party) -> Agreement | None:
        """A party's signature, if there is one."""
        return next((a for a in self.agreements if a.party is party), None)


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """The identity that lasts, with all its versions, oldest first."""

    id: UUID
    person_id: UUID
    created_at: datetime
    service_starts_on: date | None
    ended_at: datetime | None
    ended_reason: str | None
    versions: tuple[PlanVersion, ...]

    @property
    def draft(self) -> PlanVersion | None:
        """The version being written."""
        return self._last(VersionState.DRAFT)

    @property
    def proposed(self) -> PlanVersion | None:
        """The version that waits for agreement."""
        return self._last(VersionState.PROPOSED)

    @property
    def in_force(self) -> PlanVersion | None:
        """The version that counts."""
        return self._last(VersionState.IN_FORCE)

    @property
    def agreed(self) -> PlanVersion | None:
        """The version that is agreed and has not begun."""
        return self._last(VersionState.AGREED)

    @property
    def ended(self) -> PlanVersion | None:
        """The version that counted last before the plan ended."""
        return self._last(VersionState.ENDED)

    @property
    def latest(self) -> PlanVersion:
        """The last version that was not taken back and did begin or still can, else the last."""
        kept = [v for v in self.versions if v.state not in FALLEN]
        return (kept or list(self.versions))[-1]

    def version(self, number: int) -> PlanVersion | None:
        """A version by its number."""
        return next((v for v in self.versions if v.number == number), None)

    def _last(self, state: VersionState) -> PlanVersion | None:
        return next((v for v in reversed(self.versions) if v.state is state), None)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An exact new value for one field of one item, and what became of it. `was` is what the version said."""

    id: UUID
    plan_id: UUID
    version_id: UUID
    version_number: int
    item: str
    field: str
    was: Any
    value: Any
    why: str
    by: UUID
    by_name: str
    at: datetime
    by_party: Party | None = None
    answers_to: UUID | None = None
    stances: tuple[StanceGiven, ...] = ()
    decision: str | None = None
    decided_reason: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    taken_into: int | None = None

    @property
    def standings(self) -> tuple[PartyStanding, ...]:
        """How each party stands to it."""
        return standings_of(by_party=self.by_party, given=self.stances)


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about an item, about the whole plan where no item is named, or about a suggestion."""

    id: UUID
    version_number: int
    item: str
    words: str
    by: UUID
    by_name: str
    at: datetime
    suggestion_id: UUID | None = None
