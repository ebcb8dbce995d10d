"""A rating: one party's view of an outcome at one time. Nobody's view ever takes the place of somebody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel import corrections
from careplan.outcomes.domain.level import Level

GAP_THAT_RAISES_A_REVIEW = 2


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


def standing(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """Those that no later rating of the same rater corrects, oldest first."""
    known = sorted(ratings, key=lambda r: (r.at, r.id))
    holding = corrections.standing(corrections.Version(r.id, r.corrects, r.rater_id) for r in known)
    return tuple(r for r in known if r.id in holding)


def latest_by_voice(ratings: Iterable[Rating]) -> dict[tuple[UUID, Voice], Rating]:
    """The last word of each voice on each outcome, by outcome and voice."""
    return {(r.outcome_id, r.voice): r for r in standing(ratings)}


def latest_reviews(ratings: Iterable[Rating]) -> dict[UUID, dict[UUID, Rating]]:
    """Each rater's last review rating of each outcome, by rater and outcome; notes of progress stay out."""
    found: dict[UUID, dict[UUID, Rating]] = {}
    for rating in standing(ratings):
        if rating.kind is RatingKind.REVIEW:
            found.setdefault(rating.rater_id, {})[rating.outcome_id] = rating
    return found


def gap_between_voices(ratings: Iterable[Rating], *, outcome_id: UUID) -> int:
    """How many levels lie between the person's last word and a worker's or professional's; 0 where one is missing."""
    latest = latest_by_voice(ratings)
    own = latest.get((outcome_id, Voice.PERSON))
    others = [latest[outcome_id, v] for v in (Voice.WORKER, Voice.PROFESSIONAL) if (outcome_id, v) in latest]
    return max((abs(own.level - other.level) for other in others), default=0) if own else 0
