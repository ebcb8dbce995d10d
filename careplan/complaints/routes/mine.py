"""The person's own pages: what they complained of and what was answered, and saying that something was wrong."""

from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.complaints import queries, service
from careplan.complaints.domain.complaint import About
from careplan.complaints.forms import ComplaintForm, DisputeForm
from careplan.complaints.routes.blueprint import KINDS, blueprint
from careplan.config import Settings
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.words import day
from careplan.visits import queries as visits
from careplan.visits.domain.dispute import DisputeKind
from careplan.visits.domain.visit import Visit
from careplan.web import page


@blueprint.get("/me/complaints")
@guard.me(Section.COMPLAINT, Action.READ)
def my_complaints() -> str:
    """What I said was wrong, by when I am answered, and each answer."""
    found = queries.list_of_person(person_id=guard.person_id())
    return page("complaints/mine.html", complaints=found, today=local_date(utc_now()), kinds=KINDS)


@blueprint.route("/me/complaints/new", methods=["GET", "POST"])
@guard.me(Section.COMPLAINT, Action.RECORD)
def complain() -> ResponseReturnValue:
    """Says what went wrong."""
    form = ComplaintForm()
    if form.validate_on_submit():
        try:
            complaint = service.complain(
                person_id=guard.person_id(),
                about=About(form.about.data),
                words=form.words.data or "",
                wanted=form.wanted.data,
                days=_days(),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(f"Thank you for telling us. We will answer by {day(complaint.answer_by)}.")
            return redirect(url_for("complaints.my_complaints"), 303)
    return page("complaints/new.html", form=form), 422 if form.errors else 200


@blueprint.route("/me/visits/<uuid:visit_id>/wrong", methods=["GET", "POST"])
@guard.me(Section.COMPLAINT, Action.RECORD)
def dispute(visit_id: UUID) -> ResponseReturnValue:
    """Says that a visit did not happen, or was short: two buttons, and words for whoever wants to say more."""
    visit = _own_visit(visit_id)
    form = DisputeForm()
    if form.validate_on_submit():
        try:
            complaint = service.dispute_visit(
                person_id=guard.person_id(),
                visit_id=visit_id,
                kind=_kind(),
                words=form.words.data,
                days=_days(),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(f"Thank you for telling us. We will answer by {day(complaint.answer_by)}.")
            return redirect("/me/visits", 303)
    return page("complaints/dispute.html", form=form, visit=visit, kinds=list(DisputeKind)), (
        422 if form.errors or form.form_errors else 200
    )


def _own_visit(visit_id: UUID) -> Visit:
    visit = visits.get_attendance(visit_id=visit_id)
    if visit.person_id != guard.person_id():
        raise NotFound
    return visit


def _kind() -> DisputeKind:
    """The button that was pressed."""
    try:
        return DisputeKind(request.form.get("kind", ""))
    except ValueError:
        raise DomainError("Choose one of the two buttons.") from None


def _days() -> int:
    settings: Settings = current_app.extensions["careplan_settings"]
    return settings.complaint_days
