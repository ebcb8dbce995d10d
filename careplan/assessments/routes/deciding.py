"""What the council decides, whether an advocate is due, and notes about others."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries, service
from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.assessments.domain.eligibility import Kind
from careplan.assessments.forms.deciding import AdvocacyForm, DeterminationForm, MistakeForm, NoteForm
from careplan.assessments.routes.blueprint import (
    blueprint,
    may,
    names_of,
    shown,
    status_of,
    to_assessment,
    write_assessment,
)
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound


@blueprint.route("/people/<uuid:person_id>/assessment/determination", methods=["GET", "POST"])
@write_assessment
def determine(person_id: UUID) -> ResponseReturnValue:
    """What the three limbs say, and the form for what the council decides."""
    form = DeterminationForm()
    if form.validate_on_submit():
        try:
            service.determine(
                person_id=person_id,
                kind=Kind(form.kind.data),
                reasons=form.reasons.data or "",
                decided_on=form.decided_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The decision is recorded. Give it to the person with its reasons.")
            return to_assessment(person_id)
    assessment = queries.find_assessment(person_id=person_id)
    return shown("assessments/determine.html", person_id, form=form, assessment=assessment), status_of(form)


@blueprint.route("/people/<uuid:person_id>/assessment/advocacy", methods=["GET", "POST"])
@write_assessment
def find_advocacy(person_id: UUID) -> ResponseReturnValue:
    """Whether the person can take part, who supports them, and their advocate; each finding stays."""
    found = queries.list_advocacy_findings(person_id=person_id)
    form = AdvocacyForm(data=AdvocacyForm.filled(found[0] if found else None))
    if form.validate_on_submit():
        try:
            finding = service.record_advocacy(
                person_id=person_id,
                circumstances=form.circumstances(),
                evidence=form.evidence.data or "",
                advocate_name=form.advocate_name.data or "",
                advocate_from=form.advocate_from.data or "",
                found_on=form.found_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_told(finding))
            return to_assessment(person_id)
    names = names_of(f.found_by for f in found)
    return shown("assessments/advocacy.html", person_id, form=form, found=found, names=names), status_of(form)


@blueprint.get("/people/<uuid:person_id>/assessment/notes")
@guard.person(Section.THIRD_PARTY, Action.READ)
def notes(person_id: UUID) -> str:
    """Notes about others: for the council alone."""
    return _notes_page(person_id, NoteForm(formdata=None))


@blueprint.post("/people/<uuid:person_id>/assessment/notes")
@guard.person(Section.THIRD_PARTY, Action.RECORD)
def add_note(person_id: UUID) -> ResponseReturnValue:
    """Keeps one more."""
    form = NoteForm()
    if not form.validate_on_submit():
        return _notes_page(person_id, form), 422
    service.add_note(person_id=person_id, words=form.words.data or "", actor=guard.actor(), now=utc_now())
    flash("The note is kept.")
    return redirect(url_for("assessments.notes", person_id=person_id), 303)


@blueprint.route("/people/<uuid:person_id>/assessment/notes/<uuid:item_id>/in-error", methods=["GET", "POST"])
@guard.person(Section.THIRD_PARTY, Action.RECORD)
def retract_note(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Marks a note as entered in error; it stays, struck out, with who said so and why."""
    form = MistakeForm()
    if form.validate_on_submit():
        try:
            service.retract_note(
                person_id=person_id,
                note_id=item_id,
                reason=form.reason.data or "",
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The note is marked as entered in error.")
            return redirect(url_for("assessments.notes", person_id=person_id), 303)
    note = next((n for n in queries.list_notes(person_id=person_id) if n.id == item_id), None)
    if note is None:
        raise NotFound("There is no such note.")
    return shown("assessments/note_in_error.html", person_id, form=form, note=note), status_of(form)


def _notes_page(person_id: UUID, form: NoteForm) -> str:
    found = queries.list_notes(person_id=person_id)
    wrote = [n.written_by for n in found] + [n.mistake.by for n in found if n.mistake]
    return shown(
        "assessments/notes.html",
        person_id,
        form=form,
        notes=found,
        names=names_of(wrote),
        may_record=may(person_id, Section.THIRD_PARTY, Action.RECORD),
    )


def _told(finding: AdvocacyFinding) -> str:
    return "Saved. An advocate is due and not named yet." if not finding.is_met else "Saved."
