"""A rating: one party's view of an outcome at one time. Nobody's view ever takes the place of somebody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from careplan.kernel import corrections
from careplan.outcomes.domain.level import Level


class Voice(StrEnum):
    """Who rates."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    UNPAID_CARER = "unpaid_carer"
    WORKER = "worker"
    PROFESSIONAL = "professional"


class RatingKind(StrEnum):
    """What a rating is for: only reviews and baselines count towards goal attainment."""

    BASELINE = "baseline"
    REVIEW = "review"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating as it was made; `at` is the instant of the view, `received_at` when we learnt of it.

    `corrects` names an earlier rating by the same rater in whose place this one stands.
    """

    id: UUID
    person_id: UUID
    outcome_id: UUID
    rater_id: UUID
    voice: Voice
    kind: RatingKind
    level: Level
    words: str | None
    visit_id: UUID | None
    at: datetime
    received_at: datetime
    corrects: UUID | None = None
    taken_back_at: datetime | None = None

    @property
    def rater(self) -> "Rater":
        """Whose view it is. The person's is one, whoever wrote it down."""
        return Rater(self.voice, None if self.voice is Voice.PERSON else self.rater_id)


class Rater(NamedTuple):
    """Who rated, as far as figures go: a voice and, of several who have it, which of them; None for the person."""

    voice: Voice
    account_id: UUID | None = None


def standing(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """Those that were not taken back and that no later rating of the same rater corrects, oldest first.

    What a rating corrected stands again once that rating is taken back.
    """
    known = sorted((r for r in ratings if r.taken_back_at is None), key=lambda r: (r.at, r.id))
    holding = corrections.standing(corrections.Version(r.id, r.corrects, r.rater_id) for r in known)
    return tuple(r for r in known if r.id in holding)


def latest_by_voice(ratings: Iterable[Rating]) -> dict[tuple[UUID, Voice], Rating]:
    """The last word of each voice on each outcome, by outcome and voice."""
    return {(r.outcome_id, r.voice): r for r in standing(ratings)}


def latest_reviews(ratings: Iterable[Rating]) -> dict[Rater, dict[UUID, Rating]]:
    """Each rater's last review rating of each outcome, by rater and outcome.

    Notes of progress stay out, and so does all that a care worker enters.
    """
    found: dict[Rater, dict[UUID, Rating]] = {}
    for rating in standing(ratings):
        if rating.kind is RatingKind.REVIEW and rating.voice is not Voice.WORKER:
            found.setdefault(rating.rater, {})[rating.outcome_id] = rating
    return found
