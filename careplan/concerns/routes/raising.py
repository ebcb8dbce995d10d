"""Raising a concern, for those who work with the person."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.concerns import parties, queries, service
from careplan.concerns.domain.concern import ConcernCategory
from careplan.concerns.forms import CHOOSE, ConcernForm
from careplan.concerns.routes.blueprint import blueprint, concern_address
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/people/<uuid:person_id>/concerns/new", methods=["GET", "POST"])
@guard.person(Section.CONCERN, Action.RECORD)
def raise_concern(person_id: UUID) -> ResponseReturnValue:
    """Says what somebody saw or heard."""
    form, actor, now = ConcernForm(), guard.actor(), utc_now()
    form.alleged.choices = choices([CHOOSE, *parties.offered(person_id=person_id, actor=actor, now=now)])
    if form.validate_on_submit():
        try:
            concern_id = service.raise_concern(
                person_id=person_id,
                category=ConcernCategory(form.category.data),
                words=form.words.data or "",
                immediate_danger=form.immediate_danger.data,
                persons_wishes=form.persons_wishes.data,
                told=(form.told.data or "").split(","),
                alleged=parties.read(form.alleged.data),
                actor=actor,
                now=now,
            )
        except DomainError as refused:
            form.show(refused)
        else:
            guard.naming([concern_id])
            flash("Your concern is kept. If somebody is in danger now, ring 999.")
            return redirect(_next(person_id, concern_id), 303)
    person = people.get_person(person_id=person_id)
    return page("concerns/raise.html", form=form, person=person), 422 if form.errors else 200


def _next(person_id: UUID, concern_id: UUID) -> str:
    """Whoever may read concerns goes on to this one, unless it names them; all others back to the person."""
    reads = access.may_reach(
        actor=guard.actor(), person_id=person_id, section=Section.CONCERN, action=Action.READ, now=utc_now()
    )
    if reads and queries.find_person_of_concern(concern_id=concern_id):
        return concern_address(concern_id)
    return f"/people/{person_id}/details"
