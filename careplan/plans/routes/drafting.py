"""Writing the draft, page by page: every page saves and leads on, and no save writes over somebody else's."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from careplan.delegation import queries as delegation
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.plans import service
from careplan.plans.domain.content import PlanContent, as_json
from careplan.plans.domain.items import SECTION_TITLES, Section, items_of, titles_of
from careplan.plans.domain.measuring import HOW
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.read_out import ReadItem, read_item
from careplan.plans.forms import items
from careplan.plans.forms.many import Entries, blank_entries, sent_entries
from careplan.plans.routes.blueprint import blueprint, the_person, the_plan, to_plan, write_plan
from careplan.plans.routes.from_assessment import needs_to_take
from careplan.plans.routes.pages import BESIDE, LISTS, PARTS, ListPage
from careplan.plans.routes.writing import kept_fields, missing_on, opened_content, save, shown_revision
from careplan.web import page
from careplan.web.forms import Form

FIRST_NEEDS, FIRST_RISKS = 3, 2
MEASURED = f"Somebody has said how this goes. Its levels, its weight and where it began stay as they are. {HOW}"


@blueprint.route(
    "/plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>", methods=["GET", "POST"]
)
@write_plan
def edit_list(plan_id: UUID, name: str) -> ResponseReturnValue:
    """What there is, and a form to add several more."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    shown = LISTS[name]
    fields, kept_at = kept_fields(plan, name)
    form = _entries(shown, plan, fields or (request.form if request.method == "POST" else None))
    if request.method == "POST" and form.validate():
        answer = save(plan, form, lambda base: _with_new(shown, base, form), name=name)
        if answer is not None:
            return answer
    html = _list_page(plan, name, form, revision=shown_revision(plan, fields), kept_at=kept_at)
    return html, 422 if form.has_errors else 200


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
    shown, own = LISTS[name], f"{name}/{item_id}"
    fields, kept_at = kept_fields(plan, own)
    # Somebody may have taken it out since the page was opened: what was typed is still asked about.
    held = [*_held(shown, plan.draft.content), *_held(shown, opened_content(plan, fields))]
    before = next((i for i in held if items.same_item(i, item_id)), None)
    if before is None:
        abort(404)
    form = shown.form(data=shown.form.filled(before)) if fields is None else shown.form(fields)
    _prepare(form, plan)
    del form.key
    if "example" in form:
        del form.example
    if form.validate_on_submit():
        answer = save(plan, form, lambda base: _with_changed(shown, base, item_id, form), name=own, onward=name)
        if answer is not None:
            return answer
    lead = MEASURED if name == "outcomes" and item_id in service.rated_in(plan) else ""
    revision = shown_revision(plan, fields)
    return _form_page(plan, own, form, title=f"Change this {shown.one}", revision=revision, kept_at=kept_at, lead=lead)


@blueprint.post(
    "/plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>/removals"
)
@write_plan
def remove_item(plan_id: UUID, name: str, item_id: UUID) -> ResponseReturnValue:
    """Takes an item out of the draft; earlier versions keep theirs."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    shown, form = LISTS[name], Form()
    form.form_errors = []
    answer = save(plan, form, lambda base: _without(shown, base, item_id), name=f"{name}/{item_id}", onward=name)
    return answer or (_list_page(plan, name, _entries(shown, plan, None), revision=plan.draft.revision), 422)


@blueprint.route(
    "/plans/<uuid:plan_id>/<any(start,interim,contingency,budget,review):name>", methods=["GET", "POST"]
)
@blueprint.route(
    "/plans/<uuid:plan_id>/hours/counting", methods=["GET", "POST"], defaults={"name": "hours/counting"}
)
@write_plan
def edit_part(plan_id: UUID, name: str) -> ResponseReturnValue:
    """A part of the plan in its form."""
    shown = PARTS[name]
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    fields, kept_at = kept_fields(plan, name)
    form = shown.form(data=shown.form.filled(plan.draft.content)) if fields is None else shown.form(fields)
    form.prepare(plan.draft.content, organisations.list_organisations(kind=OrganisationKind.PROVIDER))
    if form.validate_on_submit():
        beside, _, inner = name.partition("/")
        answer = save(
            plan, form, lambda base: form.sections(as_json(base)), name=name, onward=beside if inner else None
        )
        if answer is not None:
            return answer
    revision = shown_revision(plan, fields)
    return _form_page(plan, name, form, title=shown.title, lead=shown.lead, revision=revision, kept_at=kept_at)


def _entries(shown: ListPage, plan: SupportPlan, sent: Any) -> Entries:
    """The forms of a list's page: as they were sent or kept, else empty ones for what is still to be said."""
    content = _draft(plan).content
    forms = sent_entries(shown.form, sent) if sent else blank_entries(shown.form, _begin_with(shown, content))
    for form in forms:
        _prepare(form, plan)
    if shown.part is None:
        return Entries(forms)
    return Entries(forms, shown.part(sent) if sent else shown.part(None, data=shown.part.filled(content)))


def _begin_with(shown: ListPage, content: PlanContent) -> list[dict[str, Any]]:
    """One entry for each thing that is still to be answered, and one in any case."""
    answered, served = {o.need for o in content.outcomes}, {a.outcome for a in content.actions}
    begun: dict[type[items.ItemForm], list[dict[str, Any]]] = {
        items.NeedForm: [{}] * (0 if content.needs else FIRST_NEEDS),
        items.OutcomeForm: [
            {"need": str(n.id)} for n in content.needs if n.id not in answered and not n.unmet_because
        ],
        items.ActionForm: [{"outcome": str(o.id)} for o in content.outcomes if o.id not in served],
        items.RiskForm: [{}] * (0 if content.risks else FIRST_RISKS),
    }
    return begun.get(shown.form) or [{}]


def _prepare(form: items.ItemForm, plan: SupportPlan) -> None:
    form.prepare(_draft(plan).content, delegation.list_delegations(person_id=plan.person_id))


def _list_page(plan: SupportPlan, name: str, form: Entries, *, revision: int, kept_at: Any = None) -> str:
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
        missing=missing_on(plan, name),
        assessed=len(needs_to_take(plan)) if shown.section is Section.NEEDS else 0,
        form=form,
        titles={str(key): words for key, words in titles.items()},
        can_add=_can_add(form),
        adding=not read or form.has_errors or "more" in request.args or kept_at is not None or _asks_more(form),
        revision=revision,
        kept_at=kept_at,
    )


def _form_page(
    plan: SupportPlan, own: str, form: Any, *, title: str, revision: int, kept_at: Any, lead: str = ""
) -> ResponseReturnValue:
    listed, _, inner = own.partition("/")
    whole = url_for("plans.show_plan", plan_id=plan.id)
    html = page(
        "plans/form.html",
        plan=plan,
        person=the_person(plan),
        own=own,
        title=title,
        lead=lead,
        form=form,
        revision=revision,
        kept_at=kept_at,
        missing=missing_on(plan, own),
        back=f"{whole}/{listed}" if inner else whole,
    )
    return html, 422 if form.errors or form.form_errors else 200


def _beside(name: str, content: PlanContent) -> tuple[str, str, list[ReadItem]] | None:
    if name not in BESIDE:
        return None
    part, keys = BESIDE[name]
    titles = titles_of(content)
    return part, PARTS[part].title, [read_item(i, titles) for i in items_of(content) if i.key in keys]


def _can_add(form: Entries) -> bool:
    """An item that points at others cannot be added before there are any."""
    pointing = ("need", "outcome", "delegation")
    return not any(name in entry and not entry[name].choices for entry in form.forms for name in pointing)


def _asks_more(form: Entries) -> bool:
    """Whether an entry waits for something that is still unanswered."""
    return any(entry[name].data for entry in form.forms for name in ("need", "outcome") if name in entry)


def _with_new(shown: ListPage, base: PlanContent, form: Entries) -> Mapping[str, Any]:
    added = [entry.item(None) for entry in form.filled]
    part = form.part.sections(as_json(base)) if form.part else {}
    return {**_section(shown, base, [*_held(shown, base), *added]), **part}


def _with_changed(shown: ListPage, base: PlanContent, item_id: UUID, form: items.ItemForm) -> Mapping[str, Any]:
    held = _held(shown, base)
    return _section(shown, base, [form.item(i) if items.same_item(i, item_id) else i for i in held])


def _without(shown: ListPage, base: PlanContent, item_id: UUID) -> Mapping[str, Any]:
    return _section(shown, base, [i for i in _held(shown, base) if not items.same_item(i, item_id)])


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
