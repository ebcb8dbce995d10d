"""How a person was said to be getting on, for the timeline of their record."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, exists, select
from sqlalchemy.orm import aliased

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.db.moments import Moments, moments
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.models import OutcomeBarrierRow, OutcomeVerdictRow, RatingRow, RatingTakenBackRow

PERSONS = frozenset({Role.CITIZEN, Role.REPRESENTATIVE})


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Ratings that stand, save those by workers, which come with their visits; barriers; and what was agreed."""
    r, later = RatingRow, aliased(RatingRow)
    facts = {"outcome": r.outcome_id, "voice": r.voice, "kind": r.kind, "words": r.words}
    back = RatingTakenBackRow
    replaced = ~exists().where(back.rating_id == later.id)
    corrected = exists().where(later.corrects == r.id, later.rater_id == r.rater_id, replaced)
    taken_back = exists().where(back.rating_id == r.id)
    return {
        "rated": moments(at=r.at, key=r.id, by=r.rater_id, facts=facts).where(
            r.person_id == person_id, r.voice != Voice.WORKER.value, ~corrected, ~taken_back
        ),
        **_barriers(person_id),
        "verdict_given": _verdicts(person_id),
    }


def _barriers(person_id: UUID) -> dict[str, Moments]:
    b = OutcomeBarrierRow
    facts = {"outcome": b.outcome_id, "kind": b.kind, "words": b.words}
    return {
        "barrier_said": moments(at=b.said_at, key=b.id, by=b.said_by, facts=facts).where(b.person_id == person_id),
        "barrier_gone": moments(at=b.gone_at, key=b.id, by=b.gone_by, facts=facts).where(
            b.person_id == person_id, b.gone_at.is_not(None)
        ),
    }


def _verdicts(person_id: UUID) -> Moments:
    """Each party's word, and whether the other side held the same at that time."""
    v = OutcomeVerdictRow
    facts: dict[str, Any] = {
        "outcome": v.outcome_id, "voice": v.voice, "result": v.result, "words": v.words, "agreed": _agrees(),
        "written_down": and_(v.voice == Voice.PERSON.value, ~v.said_by.in_(access.select_accounts(roles=PERSONS))),
    }  # fmt: skip
    return moments(at=v.at, key=v.id, by=v.said_by, facts=facts).where(v.person_id == person_id)


def _agrees() -> Any:
    """Whether the last word of the other side before this one is the same; whoever stands for the person is heard
    only while the person has said nothing.
    """
    v, other, own = OutcomeVerdictRow, aliased(OutcomeVerdictRow), aliased(OutcomeVerdictRow)
    of_both = and_(other.person_id == v.person_id, other.outcome_id == v.outcome_id, other.at <= v.at)
    is_professional = v.voice == Voice.PROFESSIONAL.value
    across = is_professional != (other.voice == Voice.PROFESSIONAL.value)
    last = (
        select(other.result)
        .where(of_both, across)
        .order_by((other.voice == Voice.PERSON.value).desc(), other.at.desc(), other.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    spoken = exists().where(
        own.person_id == v.person_id, own.outcome_id == v.outcome_id, own.at <= v.at,
        own.voice == Voice.PERSON.value,
    )  # fmt: skip
    unheard = and_(v.voice == Voice.REPRESENTATIVE.value, spoken)
    return case((unheard, False), else_=last.is_not_distinct_from(v.result))
