"""Writing the draft, page by page: every page saves, and a save over somebody else's shows both texts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.delegation import queries as delegation
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Invalid, Stale
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.plans import service
from careplan.plans.domain.comparing import Change, compare
from careplan.plans.domain.content import PlanContent, as_json
from careplan.plans.domain.gates import tasks
from careplan.plans.domain.items import SECTION_TITLES, Section, items_of, titles_of
from careplan.plans.domain.parsing import content_from_json, with_sections
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.read_out import ReadItem, read_item
from careplan.plans.forms import items
from careplan.plans.routes.blueprint import blueprint, the_person, the_plan, to_plan, write_plan
from careplan.plans.routes.from_assessment import needs_to_take
from careplan.plans.routes.pages import BESIDE, LISTS, PARTS, ListPage
from careplan.web import page


@blueprint.route(
    "/plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>", methods=["GET", "POST"]
)
@write_plan
def edit_list(plan_id: UUID, name: str) -> ResponseReturnValue:
    """What there is, and a form to add one more."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    shown = LISTS[name]
    form = _item_form(shown, plan, None)
    if form.validate_on_submit():
        added = [*_held(shown, plan.draft.content), form.item(None)]
        if _saved(plan, form, _section(shown, plan.draft.content, added)):
            flash(f"The {shown.one} is saved.")
            return redirect(url_for("plans.edit_list", plan_id=plan_id, name=name), 303)
    return _list_page(plan, name, form), 422 if form.errors or form.form_errors else 200


@blueprint.route(
    "/plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>",
    methods=["GET", "POST"],
)
@write_plan
def edit_item(plan_id: UUID, name: str, item_id: UUID) -> ResponseReturnValue:
    """One item in its form."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    shown = LISTS[name]
    held = _held(shown, plan.draft.content)
    before = next((i for i in held if items.same_item(i, item_id)), None)
    if before is None:
        abort(404)
    form = _item_form(shown, plan, before)
    if form.validate_on_submit():
        changed = [form.item(before) if i is before else i for i in held]
        if _saved(plan, form, _section(shown, plan.draft.content, changed)):
            flash("Saved.")
            return redirect(url_for("plans.edit_list", plan_id=plan_id, name=name), 303)
    title = f"Change this {shown.one}"
    return _form_page(plan, shown.section, form, title=title), 422 if form.errors or form.form_errors else 200


@blueprint.post(
    "/plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>/removals"
)
@write_plan
def remove_item(plan_id: UUID, name: str, item_id: UUID) -> ResponseReturnValue:
    """Takes an item out of the draft; earlier versions keep theirs."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    shown = LISTS[name]
    left = [i for i in _held(shown, plan.draft.content) if not items.same_item(i, item_id)]
    service.save_draft(
        plan_id=plan_id,
        changes=_section(shown, plan.draft.content, left),
        revision=plan.draft.revision,
        actor=guard.actor(),
        now=utc_now(),
    )
    flash(f"The {shown.one} is taken out of this version.")
    return redirect(url_for("plans.edit_list", plan_id=plan_id, name=name), 303)


@blueprint.route("/plans/<uuid:plan_id>/<any(start,interim,contingency,budget):name>", methods=["GET", "POST"])
@blueprint.route(
    "/plans/<uuid:plan_id>/<any(support,hours,risks):name>/<any('how-met',counting,'what-if'):inner>",
    methods=["GET", "POST"],
)
@write_plan
def edit_part(plan_id: UUID, name: str, inner: str | None = None) -> ResponseReturnValue:
    """A part of the plan in its form."""
    shown = PARTS.get(f"{name}/{inner}" if inner else name)
    if shown is None:
        abort(404)
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    form = shown.form(data=shown.form.filled(plan.draft.content))
    form.prepare(plan.draft.content, organisations.list_organisations(kind=OrganisationKind.PROVIDER))
    if form.validate_on_submit() and _saved(plan, form, form.sections(as_json(plan.draft.content))):
        flash("Saved.")
        if inner:
            return redirect(url_for("plans.edit_list", plan_id=plan_id, name=name), 303)
        return to_plan(plan_id)
    html = _form_page(plan, shown.section, form, title=shown.title, lead=shown.lead)
    return html, 422 if form.errors or form.form_errors else 200


def _saved(plan: SupportPlan, form: Any, changes: Mapping[str, Any]) -> bool:
    """Whether the draft took the changes; where not, the form says why and keeps all that was typed."""
    read_revision = request.form.get("revision", "")
    try:
        service.save_draft(
            plan_id=plan.id,
            changes=changes,
            revision=int(read_revision) if read_revision.isdigit() else 0,
            actor=guard.actor(),
            now=utc_now(),
        )
    except Stale as refused:
        form.form_errors = [*form.form_errors, refused.message]
        form.theirs = refused.facts["saved_by"]
        form.mine = _mine(plan, changes)
    except Invalid as refused:
        form.show(refused)
        _show_in_form(form, refused)
    except DomainError as refused:
        form.show(refused)
    else:
        return True
    return False


def _show_in_form(form: Any, refused: Invalid) -> None:
    """A problem whose field has no box of its name is told on top."""
    names = {f.name for f in form}
    lost = [p.message for p in refused.problems if p.field.split(".")[-1] not in names]
    form.form_errors = [*form.form_errors, *(m for m in lost if m not in form.form_errors)]


def _mine(plan: SupportPlan, changes: Mapping[str, Any]) -> tuple[Change, ...]:
    """What the refused save would change in the text that now stands."""
    if plan.draft is None:
        return ()
    try:
        wanted = content_from_json(with_sections(as_json(plan.draft.content), changes))
    except Invalid:
        return ()
    return compare(plan.draft.content, wanted)


def _item_form(shown: ListPage, plan: SupportPlan, before: Mapping[str, Any] | None) -> items.ItemForm:
    content = _draft(plan).content
    form = shown.form(data=shown.form.filled(before)) if before else shown.form()
    form.prepare(content, delegation.list_delegations(person_id=plan.person_id))
    return form


def _list_page(plan: SupportPlan, name: str, form: items.ItemForm) -> str:
    shown = LISTS[name]
    content = _draft(plan).content
    titles = titles_of(content)
    keys = {i.get("id") or i.get("delegation") for i in _held(shown, content)}
    read = [read_item(i, titles) for i in items_of(content) if i.key in keys and i.section is shown.section]
    return page(
        "plans/list.html",
        plan=plan,
        person=the_person(plan),
        name=name,
        shown=shown,
        title=SECTION_TITLES[shown.section],
        items=read,
        beside=_beside(name, content),
        missing=_missing(plan, shown.section),
        assessed=len(needs_to_take(plan)) if shown.section is Section.NEEDS else 0,
        form=form,
        can_add=_can_add(form),
        revision=_draft(plan).revision,
    )


def _form_page(plan: SupportPlan, section: Section, form: Any, *, title: str, lead: str = "") -> str:
    return page(
        "plans/form.html",
        plan=plan,
        person=the_person(plan),
        title=title,
        lead=lead,
        form=form,
        revision=_draft(plan).revision,
        back=_back(plan, section),
    )


def _back(plan: SupportPlan, section: Section) -> str:
    if section.value in LISTS and request.endpoint != "plans.edit_list":
        return url_for("plans.edit_list", plan_id=plan.id, name=section.value)
    return url_for("plans.show_plan", plan_id=plan.id)


def _beside(name: str, content: PlanContent) -> list[tuple[str, str, list[ReadItem]]]:
    titles = titles_of(content)
    return [
        (part, PARTS[part].title, [read_item(i, titles) for i in items_of(content) if i.key in keys])
        for part, keys in BESIDE.get(name, ())
    ]


def _missing(plan: SupportPlan, section: Section) -> tuple[str, ...]:
    content = _draft(plan).content
    found = tasks(content, service.surroundings_of(plan=plan, content=content, now=utc_now()))
    return next((t.missing for t in found if t.section is section), ())


def _can_add(form: items.ItemForm) -> bool:
    """An item that points at others cannot be added before there are any."""
    return not any(f.type == "RadioField" and not f.choices for f in form)


def _held(shown: ListPage, content: PlanContent) -> list[dict[str, Any]]:
    found: Any = as_json(content)
    for step in shown.path:
        found = found[step]
    return list(found)


def _section(shown: ListPage, content: PlanContent, held: list[dict[str, Any]]) -> dict[str, Any]:
    top, *inner = shown.path
    return {top: {**as_json(content)[top], inner[0]: held} if inner else held}


def _draft(plan: SupportPlan) -> PlanVersion:
    if plan.draft is None:
        abort(404)
    return plan.draft
