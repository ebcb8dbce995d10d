"""Changing one planned visit."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.people import queries as people
from careplan.visits import queries, service
from careplan.visits.domain.fitting import Caution, Unheeded, WishNotMet
from careplan.visits.domain.visit import Visit
from careplan.visits.forms.planning import ChangeForm, said_of_visit
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.planning import own_workers
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/visits/<uuid:visit_id>/change", methods=["GET", "POST"])
@guard.person(Section.VISITS, Action.WRITE, of=queries.find_person_of_visit)
def change_visit(visit_id: UUID) -> ResponseReturnValue:
    """When it is, for how long and who goes; what is to be known first is shown before anything changes."""
    visit, cautions = own_visit(visit_id), tuple[Caution, ...]()
    form = ChangeForm(data=said_of_visit(visit))
    form.workers.choices = choices((str(i), name) for i, name in own_workers().items())
    if form.validate_on_submit():
        try:
            _change(visit, form)
        except (Unheeded, WishNotMet) as refused:
            cautions = refused.cautions
            if isinstance(refused, WishNotMet):
                form.show(refused)
            form.shown(cautions)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Changed.")
            week = local_date(form.span().start).isoformat()
            return redirect(url_for("visits.show_rota", week=week), 303)
    html = page(
        "visits/change.html", form=form, visit=visit, person=people.get_person(person_id=visit.person_id),
        cautions=cautions, wish=any(c.is_wish for c in cautions),
    )  # fmt: skip
    return html, 422 if form.errors or form.form_errors or cautions else 200


def own_visit(visit_id: UUID) -> Visit:
    """A visit of the actor's organisation.  Raises NotFound."""
    visit = queries.get_visit(visit_id=visit_id)
    if visit.provider_id != guard.actor().organisation_id:
        raise NotFound("There is no such visit.")
    return visit


def _change(visit: Visit, form: ChangeForm) -> None:
    service.replan_visit(
        visit_id=visit.id,
        span=form.span(),
        workers=[UUID(w) for w in form.workers.data or ()],
        workers_needed=int(form.workers_needed.data),
        heeded=form.heeded,
        actor=guard.actor(),
        now=utc_now(),
    )
