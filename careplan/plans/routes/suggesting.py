"""Co-writing: suggesting an exact value, answering it, deciding about it, and saying something about an item."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.plans import service
from careplan.plans.domain.items import WHOLE_PLAN, Item, items_of, titles_of
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.domain.resting import RevisionNeedsReview
from careplan.plans.domain.wording import label_of, say
from careplan.plans.forms import typed
from careplan.plans.forms.signing import CommentForm, DeclineForm
from careplan.plans.forms.suggesting import can_be_suggested
from careplan.plans.routes.blueprint import (
    answer_plan,
    blueprint,
    comment_on_plan,
    the_person,
    the_plan,
    to_plan,
    to_review,
    write_plan,
)
from careplan.plans.routes.thread import (
    ValueForm,
    asked_value,
    co_written,
    give_stance,
    say_something,
    the_suggestion,
    thread_of,
)
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/plans/<uuid:plan_id>/suggest", methods=["GET", "POST"])
@comment_on_plan
def suggest(plan_id: UUID) -> ResponseReturnValue:
    """First what should change, then the exact new value and why."""
    plan = the_plan(plan_id)
    asked = asked_value(plan)
    if asked is None:
        return _choose(plan)
    if asked.send():
        flash("Your suggestion is sent. You will see here what becomes of it.")
        return to_plan(plan_id)
    return page("plans/suggest_value.html", person=the_person(plan), answered=None, **asked.shown), asked.status


@blueprint.get("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>")
@comment_on_plan
def show_suggestion(plan_id: UUID, suggestion_id: UUID) -> str:
    """What is suggested, why, what each party says to it, and what became of it."""
    return _suggestion_page(the_plan(plan_id), suggestion_id)


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/stances")
@answer_plan
def answer_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """A party's yes, or its no with a reason."""
    plan = the_plan(plan_id)
    the_suggestion(plan, suggestion_id)
    form = give_stance(plan, suggestion_id)
    if form is not None:
        return _suggestion_page(plan, suggestion_id, stance_form=form), 422
    flash("Your answer is there for everyone around the plan.")
    return _to_suggestion(plan_id, suggestion_id)


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/comments")
@comment_on_plan
def comment_on_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Says something about it."""
    plan = the_plan(plan_id)
    form = say_something(plan, the_suggestion(plan, suggestion_id))
    if form is not None:
        return _suggestion_page(plan, suggestion_id, say_form=form), 422
    flash("Your comment is there for everyone around the plan.")
    return _to_suggestion(plan_id, suggestion_id)


@blueprint.route("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/other", methods=["GET", "POST"])
@comment_on_plan
def suggest_other(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Another exact value than the one that is suggested."""
    plan = the_plan(plan_id)
    answered = the_suggestion(plan, suggestion_id)
    other = ValueForm.against(plan, answered)
    if other is None:
        flash("This suggestion has been decided. Suggest a change to the plan as it is now instead.", "error")
        return _to_suggestion(plan_id, suggestion_id)
    if other.send(answers_to=suggestion_id):
        flash("Your suggestion is sent. Everyone sees both.")
        return _to_suggestion(plan_id, suggestion_id)
    html = page("plans/suggest_value.html", person=the_person(plan), answered=answered, **other.shown)
    return html, other.status


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/withdrawn")
@comment_on_plan
def withdraw_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Its author takes it back."""
    try:
        service.withdraw_suggestion(plan_id=plan_id, suggestion_id=suggestion_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("It is taken back.")
    return _to_suggestion(plan_id, suggestion_id)


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/taken")
@write_plan
def take_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Puts exactly that value into the draft."""
    try:
        draft = service.take_suggestion(
            plan_id=plan_id, suggestion_id=suggestion_id, reason="", actor=guard.actor(), now=utc_now()
        )
    except RevisionNeedsReview as refused:
        flash(f"{refused.message} Then take the suggestion.", "error")
        return to_review(the_plan(plan_id))
    except DomainError as refused:
        flash(refused.message, "error")
        return _to_suggestion(plan_id, suggestion_id)
    flash(f"Taken into version {draft.number}, which is being written.")
    return to_plan(plan_id)


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/declined")
@write_plan
def decline_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Declines with a reason, which its author reads."""
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            service.decline_suggestion(
                plan_id=plan_id,
                suggestion_id=suggestion_id,
                reason=typed(form.reason),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Declined. They can read why.")
            return to_plan(plan_id)
    return _suggestion_page(the_plan(plan_id), suggestion_id, decline_form=form), 422


@blueprint.route("/plans/<uuid:plan_id>/comments", methods=["GET", "POST"])
@comment_on_plan
def comment(plan_id: UUID) -> ResponseReturnValue:
    """Says something about an item, or about the whole plan."""
    plan = the_plan(plan_id)
    version = co_written(plan)
    form = CommentForm()
    form.item.choices = choices(
        [(WHOLE_PLAN, "The whole plan"), *((i.key, i.title) for i in items_of(version.content) if i.key != WHOLE_PLAN)]
    )
    if form.validate_on_submit():
        service.add_comment(
            plan_id=plan_id,
            number=version.number,
            item=form.item.data,
            words=typed(form.words),
            actor=guard.actor(),
            now=utc_now(),
        )
        flash("Your comment is there for everyone around the plan.")
        return to_plan(plan_id)
    html = page("plans/comment.html", plan=plan, person=the_person(plan), version=version, form=form)
    return html, 422 if form.errors else 200


def _choose(plan: SupportPlan) -> str:
    version = co_written(plan)
    titles = titles_of(version.content)
    offered = [(item, _fields(item, titles)) for item in items_of(version.content)]
    return page(
        "plans/suggest.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        offered=[(item, fields) for item, fields in offered if fields],
    )


def _fields(item: Item, titles: dict[UUID, str]) -> list[tuple[str, str, str]]:
    return [
        (name, label_of(item.key, name), say(name, value, titles=titles))
        for name, value in item.values.items()
        if can_be_suggested(name, value)
    ]


def _suggestion_page(plan: SupportPlan, suggestion_id: UUID, **forms: object) -> str:
    suggestion, actor = the_suggestion(plan, suggestion_id), guard.actor()
    allowed = access.list_allowed(actor=actor, person_id=plan.person_id, now=utc_now())
    shown = {
        **thread_of(plan, suggestion, actor),
        "decline_form": DeclineForm(formdata=None),
        "may_write": (Section.PLAN, Action.WRITE) in allowed,
        "may_answer": (Section.AGREEMENT, Action.AGREE) in allowed,
        **forms,
    }
    return page("plans/suggestion.html", person=the_person(plan), **shown)


def _to_suggestion(plan_id: UUID, suggestion_id: UUID) -> Response:
    return redirect(url_for("plans.show_suggestion", plan_id=plan_id, suggestion_id=suggestion_id), 303)
