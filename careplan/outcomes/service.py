"""Recording what somebody thinks of how an outcome stands, what gets in its way, and whether it is reached.

Nothing here commits.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.kernel.errors import Conflict, NotFound
from careplan.kernel.ids import new_id
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.outcomes import queries
from careplan.outcomes.domain.barrier import BarrierKind, check_said
from careplan.outcomes.domain.gap import THE_TEAM, gaps_open
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.outcomes.domain.result import Result, Verdict, check_voice
from careplan.outcomes.models import OutcomeBarrierRow, OutcomeVerdictRow, RatingRow, RatingTakenBackRow
from careplan.people import queries as people

VOICES: dict[Role, Voice] = {
    Role.CITIZEN: Voice.PERSON,
    Role.REPRESENTATIVE: Voice.REPRESENTATIVE,
    Role.UNPAID_CARER: Voice.UNPAID_CARER,
    Role.CARE_WORKER: Voice.WORKER,
    Role.PROVIDER_COORDINATOR: Voice.WORKER,
}

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


class NotYourRating(Conflict):
    """Only whoever said it takes it back."""

    code = "not_your_rating"


def hold_outcomes(*, person_id: UUID) -> None:
    """Lets nobody else rate, or agree to other levels of, a person's outcomes until the transaction ends.

    So of a first rating and an agreement at once, the second sees what the first did.
    """
    db.session.execute(_LOCK, {"name": f"outcomes {person_id}"})


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

    `voice` is given only where staff write down what somebody else said. Where person and team come to lie two levels
    apart by it, the social worker hears that a review is due, once.
    """
    hold_outcomes(person_id=person_id)
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
    _tell_of_gap(rating, actor=actor, now=now)
    return rating


def take_back(*, rating_id: UUID, actor: Actor, now: datetime) -> Rating:
    """A rater takes a view back: it stays, and counts for nothing. Twice is once.  Raises NotFound, NotYourRating."""
    found = queries.find_rating(rating_id=rating_id)
    if found is None:
        raise NotFound("There is no such rating.")
    if found.rater_id != actor.account_id:
        raise NotYourRating("Only whoever said it can take it back.")
    hold_outcomes(person_id=found.person_id)
    if db.session.get(RatingTakenBackRow, rating_id) is None:
        row = RatingTakenBackRow(rating_id=rating_id, person_id=found.person_id, by_id=actor.account_id, at=now)
        db.session.add(row)
        db.session.flush()
    return found


def say_barriers(
    *, person_id: UUID, outcome_id: UUID, kinds: Sequence[BarrierKind], words: str, actor: Actor, now: datetime
) -> None:
    """Writes down what gets in the way: each thing chosen, and what was written besides.  Raises NothingSaid, Invalid.

    What this account has said already and has not called gone is not written twice.
    """
    tidy = check_said(kinds=tuple(kinds), words=words)
    standing = {
        (b.kind, b.words)
        for b in queries.list_barriers(person_id=person_id)
        if (b.outcome_id, b.said_by, b.gone_at) == (outcome_id, actor.account_id, None)
    }
    wanted: list[tuple[BarrierKind | None, str]] = [(kind, "") for kind in kinds] + ([(None, tidy)] if tidy else [])
    for kind, said in wanted:
        if (kind, said) not in standing:
            db.session.add(
                OutcomeBarrierRow(
                    id=new_id(),
                    person_id=person_id,
                    outcome_id=outcome_id,
                    voice=voice_of(actor).value,
                    said_by=actor.account_id,
                    kind=kind.value if kind else None,
                    words=said,
                    said_at=now,
                )
            )
    db.session.flush()


def clear_barrier(*, barrier_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    """What got in the way does so no longer, as this reader says. Twice is once.  Raises NotFound."""
    row = db.session.get(OutcomeBarrierRow, barrier_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such thing in the way.")
    if row.gone_at is None:
        row.gone_at, row.gone_by = max(now, row.said_at), actor.account_id
        db.session.flush()


def give_verdict(
    *,
    person_id: UUID,
    outcome_id: UUID,
    result: Result,
    words: str,
    actor: Actor,
    now: datetime,
    voice: Voice | None = None,
) -> Verdict:
    """One party's word on whether an outcome is reached; it counts once the other party says the same.

    `voice` is given only where staff write down what the person said.  Raises NotTheirs.
    """
    said_by = voice or voice_of(actor)
    check_voice(said_by)
    verdict = Verdict(
        id=new_id(),
        person_id=person_id,
        outcome_id=outcome_id,
        voice=said_by,
        result=result,
        words=words.strip(),
        said_by=actor.account_id,
        said_by_name=actor.name,
        at=now,
    )
    db.session.add(
        OutcomeVerdictRow(
            id=verdict.id,
            person_id=person_id,
            outcome_id=outcome_id,
            voice=said_by.value,
            result=result.value,
            words=verdict.words,
            said_by=actor.account_id,
            said_by_name=actor.name,
            at=now,
        )
    )
    db.session.flush()
    return verdict


def _tell_of_gap(rating: Rating, *, actor: Actor, now: datetime) -> None:
    """News for the social worker where this rating opened a gap that was not there before it."""
    if rating.voice not in (Voice.PERSON, *THE_TEAM):
        return
    said = queries.list_ratings_apart(person_id=rating.person_id, outcome_id=rating.outcome_id)
    if not gaps_open(said) or gaps_open(r for r in said if r.id != rating.id):
        return
    name = people.get_person(person_id=rating.person_id).known_as
    notices.tell(
        person_id=rating.person_id,
        audience=(Audience.COUNCIL,),
        words=f"{name} and the team see an outcome two levels apart or more. A review is due.",
        address=f"/people/{rating.person_id}/outcomes",
        actor=actor,
        now=now,
        kind=NoticeKind.REVIEW,
    )
