"""Recording what somebody thinks of how an outcome stands."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.outcomes.models import RatingRow

VOICES: dict[Role, Voice] = {
    Role.CITIZEN: Voice.PERSON,
    Role.REPRESENTATIVE: Voice.REPRESENTATIVE,
    Role.UNPAID_CARER: Voice.UNPAID_CARER,
    Role.CARE_WORKER: Voice.WORKER,
    Role.PROVIDER_COORDINATOR: Voice.WORKER,
}


def voice_of(actor: Actor) -> Voice:
    """With whose voice an account speaks; whoever has no entry speaks as a professional."""
    return VOICES.get(actor.role, Voice.PROFESSIONAL)


def rate(
    *,
    rating_id: UUID,
    person_id: UUID,
    outcome_id: UUID,
    kind: RatingKind,
    level: Level,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    words: str | None = None,
    visit_id: UUID | None = None,
    corrects: UUID | None = None,
    voice: Voice | None = None,
) -> Rating:
    """Adds a rating beside all others. `at` is when the view was formed, now where left out.

    `voice` is given only where staff write down what somebody else said.
    """
    rating = Rating(
        id=rating_id,
        person_id=person_id,
        outcome_id=outcome_id,
        rater_id=actor.account_id,
        voice=voice or voice_of(actor),
        kind=kind,
        level=level,
        words=words or None,
        visit_id=visit_id,
        at=at or now,
        received_at=now,
        corrects=corrects,
    )
    db.session.add(
        RatingRow(
            id=rating.id,
            person_id=rating.person_id,
            outcome_id=rating.outcome_id,
            rater_id=rating.rater_id,
            voice=rating.voice.value,
            kind=rating.kind.value,
            level=int(rating.level),
            words=rating.words,
            visit_id=rating.visit_id,
            at=rating.at,
            received_at=rating.received_at,
            corrects=rating.corrects,
        )
    )
    db.session.flush()
    return rating
