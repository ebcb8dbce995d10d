"""What a view is for, what it takes the place of, and when a result counts as a success."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.kernel.errors import Invalid, Problem
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice, standing
from careplan.outcomes.domain.result import Result
from careplan.plans.domain.content import Aim, Outcome
from careplan.reviews.domain.due import Due

# What is said soon after a review still belongs to it.
STILL_OF_THE_REVIEW = timedelta(days=14)
RESULTS: dict[Aim, tuple[Result, ...]] = {
    Aim.IMPROVE: (Result.ACHIEVED, Result.NOT_YET),
    Aim.MAINTAIN: (Result.MAINTAINED, Result.ACHIEVED, Result.NOT_YET),
}


class NotTheAim(Invalid):
    """Something is maintained only where maintaining it is the aim."""

    code = "not_the_aim"


def kind_of(voice: Voice, *, due: Due | None, held_on: date | None, today: date) -> RatingKind:
    """Whether a view counts for a review: while one is due or was held just now. A worker's is always a note.

    `held_on` is when the last review was held.
    """
    if voice is Voice.WORKER:
        return RatingKind.NOTE
    is_due = due is not None and due.shows(today)
    was_held = held_on is not None and held_on <= today <= held_on + STILL_OF_THE_REVIEW
    return RatingKind.REVIEW if is_due or was_held else RatingKind.NOTE


def replaced_by(
    ratings: Iterable[Rating], *, outcome_id: UUID, rater_id: UUID, voice: Voice, today: date
) -> Rating | None:
    """What the same rater said of the outcome earlier today: a new word takes its place. Notes of visits stay."""
    found = [
        r
        for r in standing(ratings)
        if (r.outcome_id, r.rater_id, r.voice, r.visit_id) == (outcome_id, rater_id, voice, None)
        and r.kind is not RatingKind.BASELINE
        and local_date(r.at) == today
    ]
    return found[-1] if found else None


def check_result(result: Result, outcome: Outcome) -> None:
    """Raises NotTheAim."""
    if result not in RESULTS[outcome.aim]:
        message = "This outcome is to get better. It is achieved, or not there yet."
        raise NotTheAim(message, problems=(Problem("result", message),))


def is_success(result: Result, aim: Aim) -> bool:
    """What was maintained counts as a success where maintaining it was the aim."""
    return result is Result.ACHIEVED or (result is Result.MAINTAINED and aim is Aim.MAINTAIN)
