"""Writing down which paper was given to whom, in which form and on which day."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.assessments import service as assessments
from careplan.assessments.domain.giving import Format, Recipient
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.people import queries as people
from careplan.record import papers
from careplan.record.forms import GivenForm, MistakeForm
from careplan.record.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/people/<uuid:person_id>/given", methods=["GET", "POST"])
@guard.person(Section.GIVEN, Action.RECORD)
def give(person_id: UUID) -> ResponseReturnValue:
    """Everything that was given, and the form for one more; `paper` in the address chooses it beforehand."""
    now, person = utc_now(), people.get_person(person_id=person_id)
    form = GivenForm(data={"paper": request.args.get("paper", "")})
    found = papers.list_papers(person_id=person_id, now=now)
    form.paper.choices = choices([("", "Choose a paper"), *((p.key, p.title) for p in found)])
    if form.validate_on_submit():
        try:
            _keep(person_id, form)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is written down.")
            return redirect(url_for("record.give", person_id=person_id), 303)
    html = page(
        "record/given.html",
        person=person,
        form=form,
        given=papers.list_given(person_id=person_id, now=now, person=person.known_as),
    )
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/people/<uuid:person_id>/given/<uuid:item_id>/in-error", methods=["GET", "POST"])
@guard.person(Section.GIVEN, Action.RECORD)
def retract_given(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Marks that a paper was given as entered in error; it stays, struck out, with who said so and why."""
    now, person = utc_now(), people.get_person(person_id=person_id)
    form = MistakeForm()
    if form.validate_on_submit():
        try:
            assessments.retract_given(
                person_id=person_id, given_id=item_id, reason=form.reason.data or "", actor=guard.actor(), now=now
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is marked as entered in error.")
            return redirect(url_for("record.give", person_id=person_id), 303)
    given = papers.list_given(person_id=person_id, now=now, person=person.known_as)
    line = next((one for one in given if one.id == item_id), None)
    if line is None:
        raise NotFound("There is no such paper.")
    html = page("record/given_in_error.html", person=person, form=form, line=line)
    return html, 422 if form.errors or form.form_errors else 200


def _keep(person_id: UUID, form: GivenForm) -> None:
    now = utc_now()
    paper = papers.get_paper(person_id=person_id, key=form.paper.data, now=now)
    assessments.record_given(
        person_id=person_id,
        paper=paper.paper,
        paper_id=paper.id,
        recipient=Recipient(form.recipient.data),
        name=form.name.data or "",
        format=Format(form.format.data),
        language=form.language.data or None,
        given_on=form.given_on.data,
        actor=guard.actor(),
        now=now,
    )
