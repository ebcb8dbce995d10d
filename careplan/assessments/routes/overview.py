"""The list: what there is to write, what was finished, what was decided and given."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries, service
from careplan.assessments.domain.assessment import ADVOCACY, Assessment, missing_from
from careplan.assessments.domain.content import Part
from careplan.assessments.domain.giving import Paper
from careplan.assessments.domain.standing import Standing
from careplan.assessments.forms.deciding import CorrectForm, GiveUpForm
from careplan.assessments.routes.blueprint import (
    blueprint,
    given_lines,
    may,
    names_of,
    read_assessment,
    shown,
    status_of,
    to_assessment,
    write_assessment,
)
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people

OF_ASSESSMENT = frozenset({Paper.ASSESSMENT, Paper.DETERMINATION})


@blueprint.get("/people/<uuid:person_id>/assessment")
@read_assessment
def show(person_id: UUID) -> str:
    """Everything about a person's assessment on one page."""
    draft, finished = queries.find_draft(person_id=person_id), queries.list_finished(person_id=person_id)
    determinations = queries.list_determinations(person_id=person_id)
    standing = queries.get_standing(person_id=person_id)
    finding = standing.advocacy
    given_up = queries.list_given_up(person_id=person_id)
    wrote = [a.finished_by for a in finished] + [d.decided_by for d in determinations]
    wrote += [a.given_up.by for a in given_up if a.given_up]
    return shown(
        "assessments/list.html",
        person_id,
        draft=draft,
        tasks=_tasks(draft, standing),
        finished=finished,
        corrected={a.corrects for a in finished},
        given_up=given_up,
        determinations=determinations,
        standing=standing,
        names=names_of([*wrote, finding.found_by if finding else None]),
        given=given_lines(
            queries.list_given(person_id=person_id, papers=OF_ASSESSMENT),
            person=people.get_person(person_id=person_id).known_as,
        ),
        may_write=may(person_id, Section.ASSESSMENT, Action.WRITE),
        may_read_notes=may(person_id, Section.THIRD_PARTY, Action.READ),
        may_give=may(person_id, Section.GIVEN, Action.RECORD),
    )


@blueprint.post("/people/<uuid:person_id>/assessment")
@write_assessment
def begin(person_id: UUID) -> ResponseReturnValue:
    """Begins an assessment; where one is being written, leads to it."""
    try:
        service.start_assessment(person_id=person_id, actor=guard.actor(), now=utc_now())
    except service.DraftExists as refused:
        flash(refused.message)
    return to_assessment(person_id)


@blueprint.route("/people/<uuid:person_id>/assessment/given-up", methods=["GET", "POST"])
@write_assessment
def give_up(person_id: UUID) -> ResponseReturnValue:
    """Gives the draft up with a reason; it is kept as far as it had come."""
    if queries.find_draft(person_id=person_id) is None:
        return to_assessment(person_id)
    form = GiveUpForm()
    if form.validate_on_submit():
        try:
            service.give_up_assessment(
                person_id=person_id, because=form.because.data or "", actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The draft is given up, and kept.")
            return to_assessment(person_id)
    return shown("assessments/give_up.html", person_id, form=form), status_of(form)


@blueprint.route("/people/<uuid:person_id>/assessment/check", methods=["GET", "POST"])
@write_assessment
def check(person_id: UUID) -> ResponseReturnValue:
    """The draft read whole with what is missing, and the button that closes it for good."""
    draft = queries.find_draft(person_id=person_id)
    if draft is None:
        return to_assessment(person_id)
    form = CorrectForm()
    if form.is_submitted():
        try:
            service.finish_assessment(person_id=person_id, actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            flash(refused.message, "error")
        else:
            flash("The assessment is finished. Now record what the council decides.")
            return redirect(url_for("assessments.determine", person_id=person_id), 303)
    missing = _missing(draft, queries.get_standing(person_id=person_id))
    html = shown("assessments/check.html", person_id, draft=draft, missing=missing)
    return html, 422 if form.is_submitted() else 200


@blueprint.get("/people/<uuid:person_id>/assessment/<uuid:assessment_id>")
@read_assessment
def read(person_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    """A finished assessment whole, or a draft that was given up, as far as it had come."""
    found = queries.get_assessment(person_id=person_id, assessment_id=assessment_id)
    if found.finished_at is None and found.given_up is None:
        return to_assessment(person_id)
    later = next((a for a in queries.list_finished(person_id=person_id) if a.corrects == found.id), None)
    return shown(
        "assessments/read.html",
        person_id,
        assessment=found,
        later=later,
        names=names_of([found.finished_by, found.given_up.by if found.given_up else None]),
        may_write=may(person_id, Section.ASSESSMENT, Action.WRITE),
    )


@blueprint.route("/people/<uuid:person_id>/assessment/<uuid:assessment_id>/correct", methods=["GET", "POST"])
@write_assessment
def correct(person_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    """Begins a correction; what was finished stays as it was."""
    wrong = queries.get_assessment(person_id=person_id, assessment_id=assessment_id)
    form = CorrectForm()
    if form.validate_on_submit():
        try:
            service.correct_assessment(
                person_id=person_id,
                assessment_id=wrong.id,
                because=form.because.data or "",
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("You are writing the correction. What was finished stays to be read.")
            return to_assessment(person_id)
    return shown("assessments/correct.html", person_id, form=form, assessment=wrong), status_of(form)


def _missing(draft: Assessment, standing: Standing) -> list[tuple[str, list[str]]]:
    """Each page on which something is missing, with what it is."""
    found = missing_from(draft.content, advocacy=standing.advocacy, today=local_date(utc_now()))
    pages = dict.fromkeys(place for place, _ in found)
    return [(place, [words for at, words in found if at == place]) for place in pages]


def _tasks(draft: Assessment | None, standing: Standing) -> list[tuple[str, list[str]]]:
    """Every page of the draft with what is missing on it."""
    if draft is None:
        return []
    missing = dict(_missing(draft, standing))
    return [(place, missing.get(place, [])) for place in (*(p.value for p in Part), ADVOCACY)]
