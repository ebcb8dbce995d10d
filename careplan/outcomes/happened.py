"""How a person was said to be getting on, for the timeline of their record."""

from uuid import UUID

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from careplan.db.moments import Moments, moments
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.models import RatingRow, RatingTakenBackRow


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Ratings that stand, save those by workers, which come with their visits."""
    r, later = RatingRow, aliased(RatingRow)
    facts = {"outcome": r.outcome_id, "voice": r.voice, "kind": r.kind, "words": r.words}
    back = RatingTakenBackRow
    replaced = ~exists().where(back.rating_id == later.id)
    corrected = exists().where(later.corrects == r.id, later.rater_id == r.rater_id, replaced)
    taken_back = exists().where(back.rating_id == r.id)
    return {
        "rated": moments(at=r.at, key=r.id, by=r.rater_id, facts=facts).where(
            r.person_id == person_id, r.voice != Voice.WORKER.value, ~corrected, ~taken_back
        )
    }
