"""Complaints for those who answer: what waits, those overdue first, and one with its answer."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.complaints import queries, service
from careplan.complaints.domain.complaint import Complaint, FollowUp
from careplan.complaints.forms import AnswerForm
from careplan.complaints.routes.blueprint import KINDS, blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.visits import queries as visits
from careplan.web import page


def _person_of(*, complaint_id: UUID) -> UUID | None:
    """Whom a complaint is about, where it is this reader's to see."""
    found = queries.find_complaint(complaint_id=complaint_id)
    return found.person_id if found and found.is_for(guard.actor()) else None


@blueprint.get("/complaints")
@guard.listing(Section.COMPLAINT)
def list_complaints() -> str:
    """What waits for an answer, by the day on which it is due, and the last ones answered."""
    now, actor = utc_now(), guard.actor()
    visible = access.select_visible(actor=actor, section=Section.COMPLAINT, action=Action.READ, now=now)
    waiting = [c for c in queries.list_waiting(visible=visible) if c.is_for(actor)]
    answered = [c for c in queries.list_answered(visible=visible) if c.is_for(actor)]
    known = people.list_people_by_id(person_ids={c.person_id for c in (*waiting, *answered)})
    guard.show(known)
    return page(
        "complaints/list.html", waiting=waiting, answered=answered, persons=known, today=local_date(now), kinds=KINDS
    )


@blueprint.get("/complaints/<uuid:complaint_id>")
@guard.person(Section.COMPLAINT, Action.READ, of=_person_of, reach=(Section.COMPLAINT, Action.APPROVE))
def show_complaint(complaint_id: UUID) -> ResponseReturnValue:
    """One complaint with its answer, or with the form for it."""
    return _page(queries.get_complaint(complaint_id=complaint_id), AnswerForm())


@blueprint.post("/complaints/<uuid:complaint_id>")
@guard.person(Section.COMPLAINT, Action.APPROVE, of=_person_of)
def answer(complaint_id: UUID) -> ResponseReturnValue:
    """Answers it."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            service.answer_complaint(
                complaint_id=complaint_id,
                words=form.words.data or "",
                follow_up=FollowUp(form.follow_up.data),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Answered. The person reads it on their own page.")
            return redirect(f"/complaints/{complaint_id}", 303)
    return _page(queries.get_complaint(complaint_id=complaint_id), form), 422


def _page(complaint: Complaint, form: AnswerForm) -> str:
    names: Sequence[UUID] = [complaint.made_by, *([complaint.answer.by] if complaint.answer else [])]
    return page(
        "complaints/one.html",
        complaint=complaint,
        form=form,
        person=people.get_person(person_id=complaint.person_id),
        visit=visits.get_attendance(visit_id=complaint.visit_id) if complaint.visit_id else None,
        names=access.list_account_names(account_ids=names),
        today=local_date(utc_now()),
        kinds=KINDS,
    )
