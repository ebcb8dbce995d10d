"""What a worker needs at the door, as it is written down: answers, the GP practice, corrections, the second look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.known import standing
from careplan.people.forms.door import AdvanceDecisionForm, AnswersForm, MedicineForm, PracticeForm
from careplan.people.routes.blueprint import blueprint, details_address
from careplan.web import page
from careplan.web.forms import Form


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What can be written anew: the address, the heading, the form as it now stands, and the service call.

    `filled` finds what stands there; None where this person has no such thing, or it counts no more.
    """

    path: str
    title: str
    form: type[Form]
    key: str
    call: Callable[..., object]
    filled: Callable[[UUID, UUID], dict[str, Any] | None]


@blueprint.route("/people/<uuid:person_id>/details/answers", methods=["GET", "POST"])
@guard.person(Section.DOOR, Action.WRITE)
def answers(person_id: UUID) -> ResponseReturnValue:
    """Says of several matters at once that there is none, or that nobody has asked."""
    known = queries.get_door(person_id=person_id, on=local_date(utc_now())).known
    form = AnswersForm(data=AnswersForm.filled(known))
    form.leave_out(known)

    def save() -> None:
        service.record_answers(
            person_id=person_id, answers=form.answers(known), actor=guard.actor(), now=utc_now()
        )

    return _saved_or_shown(form, person_id, save, title="What was asked")


@blueprint.route("/people/<uuid:person_id>/details/practice", methods=["GET", "POST"])
@guard.person(Section.DOOR, Action.WRITE)
def practice(person_id: UUID) -> ResponseReturnValue:
    """With which GP practice the person is registered."""
    form = PracticeForm()
    form.offer(organisations.list_organisations(kind=OrganisationKind.GP_PRACTICE))

    def save() -> None:
        by: dict[str, Any] = {"person_id": person_id, "actor": guard.actor(), "now": utc_now()}
        if form.practice_id.data:
            service.choose_practice(practice_id=UUID(form.practice_id.data), **by)
        else:
            service.enter_practice(
                name=form.name.data or "", ods_code=form.ods_code.data or "", phone=form.phone.data, **by
            )

    return _saved_or_shown(form, person_id, save, title="GP practice")


@blueprint.post("/people/<uuid:person_id>/details/medicines/<uuid:item_id>/checked")
@guard.person(Section.DOOR, Action.WRITE)
def check_medicine(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Somebody else has held what was copied out against the paper."""
    try:
        service.check_medicine(person_id=person_id, medicine_id=item_id, actor=guard.actor(), now=utc_now())
    except NotFound:
        raise
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("Checked.")
    return redirect(details_address(person_id), 303)


def rewrite(rewriting: Rewriting, person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Shows what stands there in its form, and saves it anew in its place."""
    filled = rewriting.filled(person_id, item_id)
    if filled is None:
        raise NotFound
    form: Any = rewriting.form(data=filled)

    def save() -> None:
        by = {"person_id": person_id, rewriting.key: item_id, "actor": guard.actor(), "now": utc_now()}
        rewriting.call(details=form.details(), **by)

    return _saved_or_shown(form, person_id, save, title=rewriting.title)


def _saved_or_shown(form: Form, person_id: UUID, save: Callable[[], None], *, title: str) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            save()
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. What stood there before is kept.")
            return redirect(details_address(person_id), 303)
    person = queries.get_person(person_id=person_id)
    return page("people/small_form.html", form=form, person=person, title=title, submit="Save"), (
        422 if form.errors else 200
    )


def _medicine(person_id: UUID, medicine_id: UUID) -> dict[str, Any] | None:
    found = next((m for m in standing(queries.list_medicines(person_id=person_id)) if m.id == medicine_id), None)
    return MedicineForm.filled(found) if found else None


def _decision(person_id: UUID, decision_id: UUID) -> dict[str, Any] | None:
    decisions = standing(queries.list_advance_decisions(person_id=person_id))
    found = next((d for d in decisions if d.id == decision_id), None)
    return AdvanceDecisionForm.filled(found) if found else None


REWRITINGS = (
    Rewriting("medicines", "Correct this medicine", MedicineForm, "medicine_id", service.correct_medicine, _medicine),
    Rewriting(
        "advance-decisions", "Correct what is known of this paper", AdvanceDecisionForm, "decision_id",
        service.correct_advance_decision, _decision,
    ),
)  # fmt: skip


def _view_of(rewriting: Rewriting) -> Callable[..., ResponseReturnValue]:
    def view(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
        return rewrite(rewriting, person_id, item_id)

    return view


for _rewriting in REWRITINGS:
    blueprint.add_url_rule(
        f"/people/<uuid:person_id>/details/{_rewriting.path}/<uuid:item_id>/correct",
        endpoint=f"rewrite_{_rewriting.path}",
        view_func=guard.person(Section.DOOR, Action.WRITE)(_view_of(_rewriting)),
        methods=["GET", "POST"],
    )
