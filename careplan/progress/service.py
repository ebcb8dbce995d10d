"""Saying how an outcome goes, what is in its way, and whether it is reached; nothing here commits."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, NotFound, Problem
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.outcomes import queries as outcomes
from careplan.outcomes import service as outcome_service
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.outcomes.domain.result import Result, Verdict
from careplan.outcomes.service import voice_of
from careplan.plans import queries as plans
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import SupportPlan
from careplan.progress.domain.saying import check_result, kind_of, replaced_by
from careplan.reviews import queries as reviews


class RatingIdUsed(Conflict):
    """The id was used for another rating."""

    code = "id_used"


class NothingCounts(Conflict):
    """No version of the plan is in force, so there is nothing to rate."""

    code = "nothing_counts"


def say(
    *,
    rating_id: UUID,
    person_id: UUID,
    outcome_id: UUID,
    level: Level,
    words: str,
    actor: Actor,
    now: datetime,
    voice: Voice | None = None,
) -> Rating:
    """What somebody thinks of how an outcome stands now; the same sent again changes nothing.

    What the same rater said of it earlier today it replaces. `voice` is given only where a professional writes down
    what the person said; then `words` are the person's.
    Raises NotFound, NothingCounts, RatingIdUsed, Invalid.
    """
    speaks = voice or voice_of(actor)
    outcome_service.hold_outcomes(person_id=person_id)
    before = outcomes.find_rating(rating_id=rating_id)
    if before is not None:
        sent = (person_id, outcome_id, actor.account_id, speaks, level)
        if (before.person_id, before.outcome_id, before.rater_id, before.voice, before.level) != sent:
            raise RatingIdUsed("This id was used for another rating. Make a new one.")
        return before
    _check_told(voice, words, actor)
    plan = _plan(person_id, now)
    _outcome(plan, outcome_id)
    earlier = replaced_by(
        outcomes.list_ratings(person_id=person_id),
        outcome_id=outcome_id, rater_id=actor.account_id, voice=speaks, today=local_date(now),
    )  # fmt: skip
    return outcome_service.rate(
        rating_id=rating_id,
        person_id=person_id,
        outcome_id=outcome_id,
        kind=_kind(plan, outcome_id, speaks, now),
        level=level,
        words=words.strip(),
        corrects=earlier.id if earlier else None,
        voice=voice,
        actor=actor,
        now=now,
    )


def judge(
    *,
    person_id: UUID,
    outcome_id: UUID,
    result: Result,
    words: str,
    actor: Actor,
    now: datetime,
    voice: Voice | None = None,
) -> Verdict:
    """One party's word on whether an outcome is reached; the other party hears of it.

    Raises NotFound, NothingCounts, NotTheAim, NotTheirs, Invalid.
    """
    outcome = _outcome(_plan(person_id, now), outcome_id)
    check_result(result, outcome)
    _check_told(voice, words, actor)
    verdict = outcome_service.give_verdict(
        person_id=person_id, outcome_id=outcome_id, result=result, words=words, voice=voice, actor=actor, now=now
    )
    _tell(verdict, outcome, actor=actor, now=now)
    return verdict


def _plan(person_id: UUID, now: datetime) -> SupportPlan:
    plan = plans.find_plan(person_id=person_id, at=now)
    if plan is None or plan.in_force is None:
        raise NothingCounts("No plan counts now, so there is nothing to say this of.")
    return plan


def _outcome(plan: SupportPlan, outcome_id: UUID) -> Outcome:
    held = plan.in_force.content.outcomes if plan.in_force else ()
    found = next((o for o in held if o.id == outcome_id), None)
    if found is None:
        raise NotFound("This outcome is not in the plan that counts.")
    return found


def _kind(plan: SupportPlan, outcome_id: UUID, voice: Voice, now: datetime) -> RatingKind:
    """A view by levels that were agreed to change soon is charted, and enters no figure."""
    coming = {o.id: o for o in plan.agreed.content.outcomes} if plan.agreed else {}
    stands = _outcome(plan, outcome_id)
    if outcome_id in coming and coming[outcome_id].levels != stands.levels:
        return RatingKind.NOTE
    held = reviews.list_reviews(plan_id=plan.id)
    return kind_of(
        voice,
        due=reviews.find_due(plan=plan, at=now),
        held_on=held[0].said.held_on if held else None,
        today=local_date(now),
    )


def _check_told(voice: Voice | None, words: str, actor: Actor) -> None:
    """Whoever writes down what the person said is a professional, and writes the person's words."""
    if voice is None:
        return
    if voice is not Voice.PERSON or voice_of(actor) is not Voice.PROFESSIONAL:
        raise Invalid("Only a professional writes down what the person said.")
    if not words.strip():
        message = "Write how the person said it."
        raise Invalid(message, problems=(Problem("words", message),))


def _tell(verdict: Verdict, outcome: Outcome, *, actor: Actor, now: datetime) -> None:
    """The professional's word goes to the person to answer, the person's to the social worker."""
    to_person = verdict.voice is Voice.PROFESSIONAL
    said = {
        Result.ACHIEVED: "has been reached",
        Result.MAINTAINED: "has been kept as it was",
        Result.NOT_YET: "is not there yet",
    }[verdict.result]
    notices.tell(
        person_id=verdict.person_id,
        audience=(Audience.PERSON if to_person else Audience.COUNCIL,),
        words=f"{actor.name} says that “{outcome.words}” {said}."[:900],
        address=f"/me/progress/{outcome.id}" if to_person else f"/people/{verdict.person_id}/outcomes",
        actor=actor,
        now=now,
        kind=NoticeKind.REVIEW,
    )
