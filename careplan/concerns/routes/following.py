"""Each step of a concern: a table of what can be done, and one view for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.concerns import forms, parties, queries, service
from careplan.concerns.domain.concern import Concern
from careplan.concerns.domain.step import ENDS, Enquiry, Outcome
from careplan.concerns.routes.blueprint import blueprint, concern_address
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import Form, choices


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that can be done about a concern: its address, heading, form and service call.

    A path with `item` is about an earlier step. `offer` fills the form's lists.
    """

    path: str
    title: str
    action: Action
    form: type[Form]
    save: Callable[[Any, dict[str, Any]], None]
    submit: str = "Save"
    offer: Callable[[Any, Concern], None] | None = None


def do(doing: Doing, concern_id: UUID, item_id: UUID | None = None) -> ResponseReturnValue:
    """Shows the form of a step, and does what comes back."""
    concern = queries.get_concern(concern_id=concern_id)
    if item_id is not None and item_id not in [s.id for kind in ENDS.values() for s in concern.open_steps(kind)]:
        raise NotFound
    guard.naming([concern_id])
    form = doing.form()
    if doing.offer:
        doing.offer(form, concern)
    if form.validate_on_submit():
        by: dict[str, Any] = {"concern_id": concern_id, "actor": guard.actor(), "now": utc_now()}
        try:
            doing.save(form, by | ({"step_id": item_id} if item_id else {}))
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved.")
            return redirect(_next(concern_id), 303)
    person = people.get_person(person_id=concern.person_id)
    return page(
        "concerns/step.html", form=form, concern=concern, person=person, title=doing.title, submit=doing.submit
    ), (422 if form.errors or form.form_errors else 200)


@blueprint.post("/concerns/<uuid:concern_id>/acknowledge")
@guard.person(Section.CONCERN, Action.APPROVE, of=queries.find_person_of_concern)
def acknowledge(concern_id: UUID) -> ResponseReturnValue:
    """The safeguarding lead takes it up."""
    guard.naming([concern_id])
    try:
        service.acknowledge_concern(concern_id=concern_id, actor=guard.actor(), now=utc_now())
        flash("You have taken this up. Nobody is reminded of it any more.")
    except DomainError as refused:
        flash(refused.message, "error")
    return redirect(concern_address(concern_id), 303)


def _next(concern_id: UUID) -> str:
    """Back to the concern, unless the step has hidden it from whoever took it."""
    seen = queries.find_person_of_concern(concern_id=concern_id)
    return concern_address(concern_id) if seen else "/concerns"


def _note(form: forms.NoteForm, by: dict[str, Any]) -> None:
    service.add_note(words=form.words.data or "", **by)


def _decide(form: forms.DecisionForm, by: dict[str, Any]) -> None:
    service.decide_enquiry(enquiry=Enquiry(form.enquiry.data), reasons=form.reasons.data or "", **by)


def _act(form: forms.ActionForm, by: dict[str, Any]) -> None:
    service.plan_action(words=form.words.data or "", who=form.who.data or "", due_on=form.due_on.data, **by)


def _name(form: forms.AllegedForm, by: dict[str, Any]) -> None:
    alleged = parties.read(form.alleged.data)
    if alleged is not None:
        service.name_alleged(alleged=alleged, **by)


def _suspend(form: forms.SuspensionForm, by: dict[str, Any]) -> None:
    service.suspend_contact(
        contact_id=UUID(form.contact_id.data), reason=form.reason.data or "", due_on=form.due_on.data, **by
    )


def _withhold(form: forms.WithholdingForm, by: dict[str, Any]) -> None:
    service.withhold_lines(ground=form.ground.data or "", due_on=form.due_on.data, **by)


def _close(form: forms.ClosingForm, by: dict[str, Any]) -> None:
    service.close_concern(outcome=Outcome(form.outcome.data), words=form.words.data or "", **by)


def _ending(call: Callable[..., None]) -> Callable[[Any, dict[str, Any]], None]:
    return lambda form, by: call(words=form.words.data or "", **by)


def _offer_parties(form: forms.AllegedForm, concern: Concern) -> None:
    found = parties.offered(person_id=concern.person_id, actor=guard.actor(), now=utc_now())
    form.alleged.choices = choices([forms.CHOOSE, *found])


def _offer_contacts(form: forms.SuspensionForm, concern: Concern) -> None:
    standing = [c for c in people.list_contacts(person_id=concern.person_id) if c.retraction is None]
    form.contact_id.choices = choices([forms.CHOOSE, *((str(c.id), f"{c.name}, {c.relation.words}") for c in standing)])


DOINGS: tuple[Doing, ...] = (
    Doing("notes/new", "Add a note", Action.WRITE, forms.NoteForm, _note),
    Doing("actions/new", "Something to be done", Action.WRITE, forms.ActionForm, _act),
    Doing(
        "actions/<uuid:item_id>/done", "Say what came of it", Action.WRITE, forms.EndForm,
        _ending(service.finish_action),
    ),
    Doing("alleged/new", "Who is alleged", Action.WRITE, forms.AllegedForm, _name, offer=_offer_parties),
    Doing(
        "suspensions/new", "Suspend somebody’s access", Action.WRITE, forms.SuspensionForm, _suspend,
        "Suspend now", _offer_contacts,
    ),
    Doing(
        "suspensions/<uuid:item_id>/lifted", "Lift the suspension", Action.WRITE, forms.EndForm,
        _ending(service.lift_suspension), "Lift it now",
    ),
    Doing("decision", "Is there to be an enquiry?", Action.APPROVE, forms.DecisionForm, _decide),
    Doing(
        "withholdings/new", "Withhold lines of the access log", Action.APPROVE, forms.WithholdingForm, _withhold,
        "Withhold them",
    ),
    Doing(
        "withholdings/<uuid:item_id>/shown", "Show the lines again", Action.APPROVE, forms.EndForm,
        _ending(service.show_lines), "Show them",
    ),
    Doing("closing", "Close this concern", Action.APPROVE, forms.ClosingForm, _close, "Close it"),
)  # fmt: skip


def _view_of(doing: Doing) -> Callable[..., ResponseReturnValue]:
    def view(concern_id: UUID, item_id: UUID | None = None) -> ResponseReturnValue:
        return do(doing, concern_id, item_id)

    return view


for _doing in DOINGS:
    blueprint.add_url_rule(
        f"/concerns/<uuid:concern_id>/{_doing.path}",
        endpoint="do_" + _doing.path.replace("/<uuid:item_id>/", "_").replace("/", "_"),
        view_func=guard.person(Section.CONCERN, _doing.action, of=queries.find_person_of_concern)(_view_of(_doing)),
        methods=["GET", "POST"],
    )
