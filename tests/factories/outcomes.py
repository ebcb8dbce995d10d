"""Ratings for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.kernel.ids import new_id
from careplan.outcomes import service
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind


def make_rating(
    *, person_id: UUID, outcome_id: UUID, actor: Actor, now: datetime, level: int = 1, **said: Any
) -> Rating:
    """A review rating, or what the test says otherwise."""
    return service.rate(
        rating_id=new_id(),
        person_id=person_id,
        outcome_id=outcome_id,
        kind=said.pop("kind", RatingKind.REVIEW),
        level=Level(level),
        actor=actor,
        now=now,
        **said,
    )
