"""How far the person and those who support them lie apart on an outcome, and since when that calls for a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.outcomes.domain.rating import Rating, Voice, latest_by_voice, standing

GAP_THAT_RAISES_A_REVIEW = 2
THE_TEAM = (Voice.WORKER, Voice.PROFESSIONAL)


@dataclass(frozen=True, slots=True)
class Gap:
    """Two voices two levels or more apart; `since` is when we learnt of the view that opened it."""

    outcome_id: UUID
    levels: int
    since: datetime


def gap_between_voices(ratings: Iterable[Rating], *, outcome_id: UUID) -> int:
    """How many levels lie between the person's last word and a worker's or professional's; 0 where one is missing."""
    latest = latest_by_voice(ratings)
    return _gap({voice: rating for (outcome, voice), rating in latest.items() if outcome == outcome_id})


def gaps_open(ratings: Iterable[Rating]) -> tuple[Gap, ...]:
    """The gaps that stand, the longest open first. One opens once, however often it is said again, and closes when the
    voices come together.
    """
    by_outcome: dict[UUID, list[Rating]] = {}
    for rating in standing(ratings):
        by_outcome.setdefault(rating.outcome_id, []).append(rating)
    found = [gap for said in by_outcome.values() if (gap := _open(said)) is not None]
    return tuple(sorted(found, key=lambda g: (g.since, g.outcome_id)))


def _open(said: list[Rating]) -> Gap | None:
    """The gap on one outcome after all that was said of it, from when it last opened."""
    latest: dict[Voice, Rating] = {}
    since: datetime | None = None
    for rating in said:
        latest[rating.voice] = rating
        if _gap(latest) < GAP_THAT_RAISES_A_REVIEW:
            since = None
        elif since is None:
            since = max(r.received_at for r in latest.values())
    return Gap(said[0].outcome_id, _gap(latest), since) if since is not None else None


def _gap(latest: dict[Voice, Rating]) -> int:
    own = latest.get(Voice.PERSON)
    team = [latest[voice] for voice in THE_TEAM if voice in latest]
    return max((abs(own.level - other.level) for other in team), default=0) if own else 0
