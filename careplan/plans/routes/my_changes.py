"""The person's own pages of change: what would be different, what others suggest, their answers, and asking."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.plans import queries, service
from careplan.plans.domain.comparing import compare
from careplan.plans.domain.items import WHOLE_PLAN
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.forms import typed
from careplan.plans.forms.signing import AskForm
from careplan.plans.routes.blueprint import blueprint
from careplan.plans.routes.mine import is_asked, my_plan_now, whose
from careplan.plans.routes.thread import ValueForm, give_stance, say_something, the_suggestion, thread_of, title_in
from careplan.web import page
from careplan.web.forms import choices

MOST_SAID = 20


@blueprint.get("/me/plan/changes")
@guard.me(Section.PLAN, Action.READ)
def my_changes() -> ResponseReturnValue:
    """What would be different, was and now, in sentences; and what anyone suggests."""
    plan, _ = my_plan_now()
    if plan is None:
        return redirect(url_for("plans.my_plan"), 303)
    counts, suggested = plan.in_force or plan.agreed, queries.list_suggestions(plan_id=plan.id)
    waiting = plan.proposed if counts is not None else None
    first_waits = plan.proposed is not None and counts is None
    if waiting is None and not any(s.decision is None or not first_waits for s in suggested):
        return redirect(url_for("plans.my_plan"), 303)  # a first plan is read whole
    return page(
        "plans/mine/changes.html",
        plan=plan,
        waiting=waiting,
        first_waits=first_waits,
        changes=compare(counts.content, waiting.content) if counts and waiting else (),
        asked=waiting is not None and is_asked(waiting),
        suggested=[(s, title_in(plan, s.version_number, s.item)) for s in reversed(suggested)],
        me=guard.actor().account_id,
        **whose(),
    )


@blueprint.get("/me/plan/changes/<uuid:suggestion_id>")
@guard.me(Section.PLAN, Action.READ)
def my_change(suggestion_id: UUID) -> str:
    """One suggestion, what each party says to it, and the reader's own answer."""
    return _page(_my_plan(), suggestion_id)


@blueprint.post("/me/plan/changes/<uuid:suggestion_id>/stances")
@guard.me(Section.AGREEMENT, Action.AGREE)
def answer_change(suggestion_id: UUID) -> ResponseReturnValue:
    """The person's yes, or their no with a reason."""
    plan = _my_plan()
    the_suggestion(plan, suggestion_id)
    form = give_stance(plan, suggestion_id)
    if form is not None:
        return _page(plan, suggestion_id, stance_form=form), 422
    flash("Thank you. Your team can read your answer.")
    return _to_change(suggestion_id)


@blueprint.post("/me/plan/changes/<uuid:suggestion_id>/comments")
@guard.me(Section.PLAN, Action.COMMENT)
def comment_on_change(suggestion_id: UUID) -> ResponseReturnValue:
    """Says something about it."""
    plan = _my_plan()
    form = say_something(plan, the_suggestion(plan, suggestion_id))
    if form is not None:
        return _page(plan, suggestion_id, say_form=form), 422
    flash("Your team can read what you said.")
    return _to_change(suggestion_id)


@blueprint.route("/me/plan/changes/<uuid:suggestion_id>/other", methods=["GET", "POST"])
@guard.me(Section.PLAN, Action.COMMENT)
def suggest_other_change(suggestion_id: UUID) -> ResponseReturnValue:
    """Something else than what is suggested."""
    plan = _my_plan()
    other = ValueForm.against(plan, the_suggestion(plan, suggestion_id))
    if other is None:
        flash("This has been decided. You can still ask for another change.", "error")
        return _to_change(suggestion_id)
    if other.send(answers_to=suggestion_id):
        flash("Thank you. Your team can read what you want instead.")
        return _to_change(suggestion_id)
    html = page("plans/mine/other.html", suggestion_id=suggestion_id, **other.shown, **whose())
    return html, other.status


@blueprint.post("/me/plan/changes/<uuid:suggestion_id>/withdrawn")
@guard.me(Section.PLAN, Action.COMMENT)
def withdraw_change(suggestion_id: UUID) -> ResponseReturnValue:
    """Takes one's own suggestion back."""
    plan = _my_plan()
    the_suggestion(plan, suggestion_id)
    try:
        service.withdraw_suggestion(plan_id=plan.id, suggestion_id=suggestion_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("It is taken back.")
    return _to_change(suggestion_id)


@blueprint.route("/me/plan/ask", methods=["GET", "POST"])
@guard.me(Section.PLAN, Action.COMMENT)
def ask_mine() -> ResponseReturnValue:
    """A change that the person asks for, in their own words; below it what was said before, and the answers."""
    plan, version = my_plan_now()
    if plan is None or version is None or plan.ended is not None:
        return redirect(url_for("plans.my_plan"), 303)
    version = plan.proposed or version
    form = AskForm()
    form.about.choices = choices(
        [
            *((str(o.id), o.words) for o in version.content.outcomes),
            ("hours", "My hours"),
            (WHOLE_PLAN, "Something else"),
        ]
    )
    if form.validate_on_submit():
        service.add_comment(
            plan_id=plan.id,
            number=version.number,
            item=form.about.data,
            words=typed(form.words),
            actor=guard.actor(),
            now=utc_now(),
        )
        flash("We have told your team what you want to change. They will answer you.")
        return redirect(url_for("plans.ask_mine"), 303)
    said = [c for c in queries.list_comments(plan_id=plan.id) if c.suggestion_id is None][-MOST_SAID:]
    html = page(
        "plans/mine/ask.html",
        plan=plan,
        form=form,
        said=[(c, title_in(plan, c.version_number, c.item)) for c in reversed(said)],
        me=guard.actor().account_id,
        **whose(),
    )
    return html, 422 if form.errors else 200


def _my_plan() -> SupportPlan:
    plan, _ = my_plan_now()
    if plan is None:
        abort(404)
    return plan


def _page(plan: SupportPlan, suggestion_id: UUID, **forms: object) -> str:
    actor, suggestion = guard.actor(), the_suggestion(plan, suggestion_id)
    may_answer = access.may_reach(
        actor=actor, person_id=plan.person_id, section=Section.AGREEMENT, action=Action.AGREE, now=utc_now()
    )
    shown = {**thread_of(plan, suggestion, actor), "may_answer": may_answer, **forms}
    return page("plans/mine/change.html", me=actor.account_id, **shown, **whose())


def _to_change(suggestion_id: UUID) -> Response:
    return redirect(url_for("plans.my_change", suggestion_id=suggestion_id), 303)
