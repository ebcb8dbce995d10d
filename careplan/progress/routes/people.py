"""Pages for staff: one place that shows how all of a person's outcomes go, and one on which to say so."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.domain.result import Result
from careplan.outcomes.service import voice_of
from careplan.progress import queries, service
from careplan.progress.forms import BarrierForm, RatingForm, VerdictForm
from careplan.progress.queries import Going
from careplan.progress.routes.blueprint import blueprint, done_or_told, sent_id, taken_back, tried
from careplan.web import page

WAY, REACHED = "way", "reached"
read = guard.person(Section.OUTCOMES, Action.READ)
record = guard.person(Section.OUTCOMES, Action.RECORD)


@blueprint.get("/people/<uuid:person_id>/outcomes")
@read
def show_outcomes(person_id: UUID) -> str:
    """Each outcome with every voice, the distance between them, what is in the way, figures by rater, and history."""
    now = utc_now()
    return page(
        "progress/people.html",
        going=queries.get_going(person_id=person_id, now=now),
        may_record=access.may_reach(
            actor=guard.actor(), person_id=person_id, section=Section.OUTCOMES, action=Action.RECORD, now=now
        ),
    )


@blueprint.route("/people/<uuid:person_id>/outcomes/<uuid:outcome_id>", methods=["GET", "POST"])
@record
def say(person_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """How one outcome stands, as the reader sees it or as the person told them."""
    going, form = queries.get_going(person_id=person_id, now=utc_now()), RatingForm()
    _describe(form, going, outcome_id)
    if tried(
        form,
        lambda: service.say(
            rating_id=sent_id("id"), person_id=person_id, outcome_id=outcome_id, level=Level(form.level.data),
            words=form.words.data or "", voice=form.voice, actor=guard.actor(), now=utc_now(),
        ),
    ):  # fmt: skip
        flash("Saved.")
        return redirect(_address(person_id, outcome_id), 303)
    return _page(going, outcome_id, rating=form), 422 if form.errors or form.form_errors else 200


@blueprint.post("/people/<uuid:person_id>/outcomes/<uuid:outcome_id>/taken-back")
@record
def take_back(person_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """What the reader said was a slip."""
    return taken_back(outcome_id=outcome_id, to=_address(person_id, outcome_id))


@blueprint.post("/people/<uuid:person_id>/outcomes/<uuid:outcome_id>/barriers")
@record
def say_barriers(person_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """What gets in the way."""
    now, form = utc_now(), BarrierForm(prefix=WAY)
    outcome = queries.find_outcome(person_id=person_id, outcome_id=outcome_id, now=now)
    if tried(
        form,
        lambda: outcomes.say_barriers(
            person_id=person_id, outcome_id=outcome.id, kinds=form.chosen, words=form.words.data or "",
            actor=guard.actor(), now=now,
        ),
    ):  # fmt: skip
        flash("Saved.")
        return redirect(_address(person_id, outcome_id), 303)
    return _page(queries.get_going(person_id=person_id, now=now), outcome_id, barriers=form), 422


@blueprint.post("/people/<uuid:person_id>/outcomes/<uuid:outcome_id>/barriers/<uuid:barrier_id>/gone")
@record
def clear_barrier(person_id: UUID, outcome_id: UUID, barrier_id: UUID) -> ResponseReturnValue:
    """It does not get in the way any more."""
    return done_or_told(
        lambda: outcomes.clear_barrier(barrier_id=barrier_id, person_id=person_id, actor=guard.actor(), now=utc_now()),
        done="It is not shown any more.",
        to=_address(person_id, outcome_id),
    )


@blueprint.post("/people/<uuid:person_id>/outcomes/<uuid:outcome_id>/verdicts")
@record
def judge(person_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Whether it is reached, as the reader sees it or as the person told them."""
    going, form = queries.get_going(person_id=person_id, now=utc_now()), VerdictForm(prefix=REACHED)
    form.describe(going.progress(outcome_id))
    form.offer(going.person.known_as)
    if tried(
        form,
        lambda: service.judge(
            person_id=person_id, outcome_id=outcome_id, result=Result(form.result.data), words=form.words.data or "",
            voice=form.voice, actor=guard.actor(), now=utc_now(),
        ),
    ):  # fmt: skip
        flash("Saved. It counts once you both say the same.")
        return redirect(_address(person_id, outcome_id), 303)
    return _page(going, outcome_id, verdict=form), 422


def _page(
    going: Going,
    outcome_id: UUID,
    *,
    rating: RatingForm | None = None,
    barriers: BarrierForm | None = None,
    verdict: VerdictForm | None = None,
) -> str:
    """The page of one outcome; the form that was sent is shown as it was typed, the others empty."""
    progress, actor = going.progress(outcome_id), guard.actor()
    rating = rating or RatingForm(formdata=None)
    _describe(rating, going, outcome_id)
    judging = verdict or VerdictForm(formdata=None, prefix=REACHED)
    judging.describe(progress)
    judging.offer(going.person.known_as)
    return page(
        "progress/one.html",
        going=going,
        progress=progress,
        rating=rating,
        barriers=barriers or BarrierForm(formdata=None, prefix=WAY),
        verdict=judging,
        form=verdict or barriers or rating,
        professional=voice_of(actor) is Voice.PROFESSIONAL,
        judges=queries.may_judge(actor),
        last=going.last_of(actor, outcome_id),
        rating_id=sent_id("id"),
    )


def _describe(form: RatingForm, going: Going, outcome_id: UUID) -> None:
    form.describe(going.progress(outcome_id))
    form.offer(going.person.known_as)


def _address(person_id: UUID, outcome_id: UUID) -> str:
    return url_for("progress.say", person_id=person_id, outcome_id=outcome_id)
