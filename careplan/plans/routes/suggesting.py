"""Co-writing: suggesting an exact value, deciding about it, and saying something about an item."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.comparing import compare
from careplan.plans.domain.items import WHOLE_PLAN, Item, items_of, titles_of
from careplan.plans.domain.plan import PlanVersion, Suggestion, SupportPlan
from careplan.plans.domain.suggestion import with_value
from careplan.plans.domain.wording import label_of, say
from careplan.plans.forms import typed
from careplan.plans.forms.signing import CommentForm, DeclineForm
from careplan.plans.forms.suggesting import can_be_suggested, filled, suggestion_form, typed_value
from careplan.plans.routes.blueprint import (
    answer_plan,
    blueprint,
    comment_on_plan,
    the_person,
    the_plan,
    to_plan,
)
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/plans/<uuid:plan_id>/suggest", methods=["GET", "POST"])
@comment_on_plan
def suggest(plan_id: UUID) -> ResponseReturnValue:
    """First what should change, then the exact new value and why."""
    plan = the_plan(plan_id)
    version = _version(plan)
    key, field = request.args.get("item", ""), request.args.get("field", "")
    item = next((i for i in items_of(version.content) if i.key == key), None)
    if item is None or field not in item.values or not can_be_suggested(field, item.values[field]):
        return _choose(plan, version)
    form = suggestion_form(item, field)(data=filled(item, field))
    if form.validate_on_submit():
        try:
            service.suggest_change(
                suggestion_id=new_id(),
                plan_id=plan_id,
                number=version.number,
                item=key,
                field=field,
                value=typed_value(form, item, field),
                why=typed(form.why),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Your suggestion is sent. You will see here what becomes of it.")
            return to_plan(plan_id)
    return page(
        "plans/suggest_value.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        item=item,
        label=label_of(item.key, field),
        now_said=say(field, item.values[field], titles=titles_of(version.content)),
        form=form,
    ), 422 if form.errors or form.form_errors else 200


@blueprint.get("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>")
@comment_on_plan
def show_suggestion(plan_id: UUID, suggestion_id: UUID) -> str:
    """What is suggested, why, and what became of it."""
    return _suggestion_page(the_plan(plan_id), suggestion_id, DeclineForm(formdata=None))


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/taken")
@answer_plan
def take_suggestion(plan_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    """Puts exactly that value into the draft."""
    try:
        draft = service.take_suggestion(
            plan_id=plan_id, suggestion_id=suggestion_id, reason="", actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        flash(refused.message, "error")
        return redirect(url_for("plans.show_suggestion", plan_id=plan_id, suggestion_id=suggestion_id), 303)
    flash(f"Taken into version {draft.number}, which is being written.")
    return to_plan(plan_id)


@blueprint.post("/plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/declined")
@answer_plan
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
    return _suggestion_page(the_plan(plan_id), suggestion_id, form), 422


@blueprint.route("/plans/<uuid:plan_id>/comments", methods=["GET", "POST"])
@comment_on_plan
def comment(plan_id: UUID) -> ResponseReturnValue:
    """Says something about an item, or about the whole plan."""
    plan = the_plan(plan_id)
    version = _version(plan)
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


def _version(plan: SupportPlan) -> PlanVersion:
    """What one co-writes: the draft, else what waits, else what counts."""
    found = plan.draft or plan.proposed or plan.agreed or plan.in_force
    if found is None:
        abort(404)
    return found


def _choose(plan: SupportPlan, version: PlanVersion) -> str:
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


def _suggestion_page(plan: SupportPlan, suggestion_id: UUID, form: Any) -> str:
    found = next((s for s in queries.list_suggestions(plan_id=plan.id) if s.id == suggestion_id), None)
    if found is None:
        abort(404)
    version = plan.version(found.version_number)
    return page(
        "plans/suggestion.html",
        plan=plan,
        person=the_person(plan),
        suggestion=found,
        changes=_changes(version, found),
        mine=found.by == guard.actor().account_id,
        form=form,
    )


def _changes(version: PlanVersion | None, found: Suggestion) -> Any:
    if version is None:
        return ()
    try:
        wanted = with_value(version.content, item=found.item, field=found.field, value=found.value)
    except DomainError:
        return ()
    return compare(version.content, wanted)
