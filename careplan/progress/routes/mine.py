"""A person's own pages of how things go; who stands for them or cares for them speaks there with their own voice."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.ids import new_id
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.level import Level, read_level
from careplan.outcomes.domain.result import Result
from careplan.progress import queries, service
from careplan.progress.domain.saying import RESULTS
from careplan.progress.forms import BarrierForm
from careplan.progress.queries import Going
from careplan.progress.routes.blueprint import blueprint, done_or_told, sent_id, taken_back, tried
from careplan.web import page

LEVELS = {str(int(level)): int(level) for level in Level}
read = guard.me(Section.OUTCOMES, Action.READ)
record = guard.me(Section.OUTCOMES, Action.RECORD)


@blueprint.get("/me/progress")
@read
def my_progress() -> str:
    """Each outcome with its picture, what is said of it in words, and the way to say more."""
    going = queries.get_going(person_id=guard.person_id(), now=utc_now())
    return page("progress/mine.html", going=going, own=_is_own(), judges=queries.may_judge(guard.actor()))


@blueprint.route("/me/progress/<uuid:outcome_id>", methods=["GET", "POST"])
@record
def say_mine(outcome_id: UUID) -> ResponseReturnValue:
    """One outcome: a tap on a level says how it is now."""
    going = queries.get_going(person_id=guard.person_id(), now=utc_now())
    if request.method == "GET":
        return _page(going, outcome_id, BarrierForm())
    refused = _say(going, outcome_id)
    if refused is not None:
        return _page(going, outcome_id, BarrierForm(formdata=None), wrong=refused.message), 422
    flash("Saved. Thank you.")
    return redirect(_address(outcome_id), 303)


@blueprint.post("/me/progress/<uuid:outcome_id>/taken-back")
@record
def take_back_mine(outcome_id: UUID) -> ResponseReturnValue:
    """What I said was a slip."""
    return taken_back(outcome_id=outcome_id, to=_address(outcome_id))


@blueprint.post("/me/progress/<uuid:outcome_id>/barriers")
@record
def say_my_barriers(outcome_id: UUID) -> ResponseReturnValue:
    """What gets in the way, from the list or in my own words."""
    person_id, now, form = guard.person_id(), utc_now(), BarrierForm()
    outcome = queries.find_outcome(person_id=person_id, outcome_id=outcome_id, now=now)
    if tried(
        form,
        lambda: outcomes.say_barriers(
            person_id=person_id, outcome_id=outcome.id, kinds=form.chosen, words=form.words.data or "",
            actor=guard.actor(), now=now,
        ),
    ):  # fmt: skip
        flash("Saved. Everybody who may read your plan can see it." if _is_own() else "Saved.")
        return redirect(_address(outcome_id), 303)
    return _page(queries.get_going(person_id=person_id, now=now), outcome_id, form), 422


@blueprint.post("/me/progress/<uuid:outcome_id>/barriers/<uuid:barrier_id>/gone")
@record
def clear_my_barrier(outcome_id: UUID, barrier_id: UUID) -> ResponseReturnValue:
    """It does not get in the way any more."""
    return done_or_told(
        lambda: outcomes.clear_barrier(
            barrier_id=barrier_id, person_id=guard.person_id(), actor=guard.actor(), now=utc_now()
        ),
        done="Good. It is not shown any more.",
        to=_address(outcome_id),
    )


@blueprint.post("/me/progress/<uuid:outcome_id>/verdicts")
@record
def judge_mine(outcome_id: UUID) -> ResponseReturnValue:
    """Whether I think that it is reached."""
    said = request.form.get("result", "")
    if said not in set(Result):
        flash("Choose one of the answers.", "error")
        return redirect(_address(outcome_id), 303)
    return done_or_told(
        lambda: service.judge(
            person_id=guard.person_id(), outcome_id=outcome_id, result=Result(said), words="", actor=guard.actor(),
            now=utc_now(),
        ),
        done="Saved. Thank you.",
        to=_address(outcome_id),
    )  # fmt: skip


def _say(going: Going, outcome_id: UUID) -> DomainError | None:
    """Says it; what is refused is told."""
    try:
        service.say(
            rating_id=sent_id("id"),
            person_id=going.person.id,
            outcome_id=outcome_id,
            level=read_level(LEVELS.get(request.form.get("level", ""))),
            words="",
            actor=guard.actor(),
            now=utc_now(),
        )
    except NotFound:
        raise
    except DomainError as refused:
        return refused
    return None


def _page(going: Going, outcome_id: UUID, form: BarrierForm, *, wrong: str = "") -> str:
    progress, actor = going.progress(outcome_id), guard.actor()
    last = going.last_of(actor, outcome_id)
    return page(
        "progress/one_mine.html",
        going=going,
        progress=progress,
        own=_is_own(),
        form=form,
        wrong=wrong,
        last=last,
        said_today=last is not None and local_date(last.at) == local_date(utc_now()),
        rating_id=new_id(),
        judges=queries.may_judge(actor),
        results=RESULTS[progress.outcome.aim],
        me=actor.account_id,
    )


def _is_own() -> bool:
    return guard.actor().role is Role.CITIZEN


def _address(outcome_id: UUID) -> str:
    return url_for("progress.say_mine", outcome_id=outcome_id)
