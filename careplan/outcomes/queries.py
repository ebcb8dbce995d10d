"""Ratings as frozen values."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.outcomes.models import RatingRow


def list_ratings(*, person_id: UUID) -> list[Rating]:
    """Every rating of a person's outcomes, oldest first, corrected ones too (`rating.standing` leaves those out)."""
    query = select(RatingRow).where(RatingRow.person_id == person_id).order_by(RatingRow.at, RatingRow.id)
    return [_as_rating(r) for r in db.session.scalars(query)]


def list_ratings_of_visits(*, visit_ids: Iterable[UUID]) -> list[Rating]:
    """The ratings made at these visits, oldest first."""
    query = select(RatingRow).where(RatingRow.visit_id.in_(list(visit_ids))).order_by(RatingRow.at, RatingRow.id)
    return [_as_rating(r) for r in db.session.scalars(query)]


def _as_rating(row: RatingRow) -> Rating:
    return Rating(
        id=row.id,
        person_id=row.person_id,
        outcome_id=row.outcome_id,
        rater_id=row.rater_id,
        voice=Voice(row.voice),
        kind=RatingKind(row.kind),
        level=Level(row.level),
        words=row.words,
        visit_id=row.visit_id,
        at=row.at,
        received_at=row.received_at,
        corrects=row.corrects,
    )
