"""Ratings, barriers and verdicts as frozen values."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.outcomes.domain.barrier import Barrier, BarrierKind
from careplan.outcomes.domain.gap import GAP_THAT_RAISES_A_REVIEW, THE_TEAM, Gap, gaps_open
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.outcomes.domain.result import Result, Verdict
from careplan.outcomes.models import OutcomeBarrierRow, OutcomeVerdictRow, RatingRow, RatingTakenBackRow


def list_ratings(*, person_id: UUID) -> list[Rating]:
    """Every rating of a person's outcomes, oldest first, also those corrected or taken back (see `rating.standing`)."""
    return _read(_ratings().where(RatingRow.person_id == person_id))


def list_ratings_of_visits(*, visit_ids: Iterable[UUID]) -> list[Rating]:
    """The ratings made at these visits, oldest first."""
    return _read(_ratings().where(RatingRow.visit_id.in_(list(visit_ids))))


def find_rating(*, rating_id: UUID) -> Rating | None:
    """A rating by its id."""
    return next(iter(_read(_ratings().where(RatingRow.id == rating_id))), None)


def list_rated(*, person_id: UUID) -> frozenset[UUID]:
    """The outcomes of a person of which anybody ever said how they stand: their levels and weight stay."""
    return frozenset(
        db.session.scalars(select(RatingRow.outcome_id).where(RatingRow.person_id == person_id).distinct())
    )


def list_gaps(*, person_ids: Collection[UUID]) -> dict[UUID, tuple[Gap, ...]]:
    """By person, the outcomes on which they and the team lie two levels apart or more.

    Two statements, however many people; the second only where somebody's last words lie far apart.
    """
    apart = db.session.scalars(_select_apart(person_ids)).all()
    if not apart:
        return {}
    said: dict[UUID, list[Rating]] = defaultdict(list)
    for rating in _read(_ratings().where(RatingRow.outcome_id.in_(apart), RatingRow.person_id.in_(list(person_ids)))):
        said[rating.person_id].append(rating)
    found = {person: gaps_open(ratings) for person, ratings in said.items()}
    return {person: gaps for person, gaps in found.items() if gaps}


def list_ratings_apart(*, person_id: UUID, outcome_id: UUID) -> list[Rating]:
    """Everything said of one outcome, where the last words on it lie far apart; nothing where they do not."""
    if outcome_id not in db.session.scalars(_select_apart((person_id,))).all():
        return []
    return _read(_ratings().where(RatingRow.person_id == person_id, RatingRow.outcome_id == outcome_id))


def list_barriers(*, person_id: UUID) -> list[Barrier]:
    """What gets or got in the way of a person's outcomes, the latest said first."""
    b = OutcomeBarrierRow
    query = select(b).where(b.person_id == person_id).order_by(b.said_at.desc(), b.id.desc())
    return [_as_barrier(row) for row in db.session.scalars(query)]


def list_verdicts(*, person_id: UUID) -> list[Verdict]:
    """What each party held of a person's outcomes, oldest first."""
    v = OutcomeVerdictRow
    query = select(v).where(v.person_id == person_id).order_by(v.at, v.id)
    return [_as_verdict(row) for row in db.session.scalars(query)]


def _ratings() -> Select[RatingRow, datetime | None]:
    back = RatingTakenBackRow
    return (
        select(RatingRow, back.at).outerjoin(back, back.rating_id == RatingRow.id).order_by(RatingRow.at, RatingRow.id)
    )


def _select_apart(person_ids: Collection[UUID]) -> Select[UUID]:
    """The outcomes on which the last word of the person and of somebody in the team lie two levels apart or more."""
    r, later = RatingRow, aliased(RatingRow)
    holds = ~exists().where(RatingTakenBackRow.rating_id == r.id)
    holds = and_(holds, ~exists().where(later.corrects == r.id, later.rater_id == r.rater_id, ~_is_taken_back(later)))
    last = (
        select(r.outcome_id, r.voice, r.level)
        .where(r.person_id.in_(list(person_ids)), holds)
        .ext(distinct_on(r.outcome_id, r.voice))
        .order_by(r.outcome_id, r.voice, r.at.desc(), r.id.desc())
        .subquery()
    )
    own, other = last.alias(), last.alias()
    return (
        select(own.c.outcome_id)
        .join(other, other.c.outcome_id == own.c.outcome_id)
        .where(
            own.c.voice == Voice.PERSON.value,
            other.c.voice.in_([v.value for v in THE_TEAM]),
            func.abs(own.c.level - other.c.level) >= GAP_THAT_RAISES_A_REVIEW,
        )
    )


def _is_taken_back(rating: type[RatingRow]) -> Any:
    return exists().where(RatingTakenBackRow.rating_id == rating.id)


def _read(query: Select[RatingRow, datetime | None]) -> list[Rating]:
    return [_as_rating(row, taken_back_at) for row, taken_back_at in db.session.execute(query)]


def _as_rating(row: RatingRow, taken_back_at: datetime | None) -> Rating:
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
        taken_back_at=taken_back_at,
    )


def _as_barrier(row: OutcomeBarrierRow) -> Barrier:
    return Barrier(
        id=row.id,
        person_id=row.person_id,
        outcome_id=row.outcome_id,
        voice=Voice(row.voice),
        said_by=row.said_by,
        kind=BarrierKind(row.kind) if row.kind else None,
        words=row.words,
        said_at=row.said_at,
        gone_at=row.gone_at,
        gone_by=row.gone_by,
    )


def _as_verdict(row: OutcomeVerdictRow) -> Verdict:
    return Verdict(
        id=row.id,
        person_id=row.person_id,
        outcome_id=row.outcome_id,
        voice=Voice(row.voice),
        result=Result(row.result),
        words=row.words,
        said_by=row.said_by,
        said_by_name=row.said_by_name,
        at=row.at,
    )
