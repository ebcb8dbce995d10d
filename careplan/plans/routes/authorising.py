"""What is above a social worker's limit: sent to the team manager, who reads it in full, signs it or sends it back."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.plans import authorisations, service
from careplan.plans.domain.agreement import Capacity
from careplan.plans.domain.read_out import read_sections
from careplan.plans.domain.state import VersionState
from careplan.plans.forms import typed
from careplan.plans.forms.signing import SendBackForm
from careplan.plans.routes.blueprint import blueprint, propose_plan, the_person, the_plan, the_version
from careplan.plans.routes.signing import statement
from careplan.web import page

authorise = guard.person(Section.AGREEMENT, Action.APPROVE, of=authorisations.find_person_of_authorisation)


@blueprint.post("/plans/<uuid:plan_id>/versions/<int:number>/authorisations")
@propose_plan
def ask_manager(plan_id: UUID, number: int) -> ResponseReturnValue:
    """Sends a version that the social worker may not sign to the team manager."""
    try:
        service.ask_manager(plan_id=plan_id, number=number, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("It is with your team manager now. You will hear what they say.")
    return redirect(url_for("plans.agree_to_version", plan_id=plan_id, number=number), 303)


@blueprint.get("/authorise")
@guard.listing(Section.AGREEMENT)
def list_authorisations() -> str:
    """Every version that waits for this manager, the longest first."""
    now = utc_now()
    visible = access.select_visible(actor=guard.actor(), section=Section.AGREEMENT, action=Action.APPROVE, now=now)
    waiting = authorisations.list_waiting(people=visible, at=now)
    guard.show(w.person_id for w in waiting)
    names = people.list_people_by_id(person_ids={w.person_id for w in waiting})
    return page("plans/authorise.html", waiting=waiting, people=names)


@blueprint.get("/authorise/<uuid:request_id>")
@authorise
def show_authorisation(request_id: UUID) -> str:
    """The version in full, why it needs a manager, and the two answers."""
    return _page(request_id, SendBackForm(formdata=None))


@blueprint.post("/authorise/<uuid:request_id>/sent-back")
@authorise
def send_back(request_id: UUID) -> ResponseReturnValue:
    """The manager does not sign, with the reason for the social worker."""
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            service.send_back(request_id=request_id, reason=typed(form.reason), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is sent back. The social worker reads why.")
            return redirect(url_for("plans.list_authorisations"), 303)
    return _page(request_id, form), 422


def _page(request_id: UUID, form: SendBackForm) -> str:
    asked = authorisations.get_authorisation(request_id=request_id)
    plan = the_plan(asked.plan_id)
    version, person = the_version(plan, asked.number), the_person(plan)
    return page(
        "plans/authorise_one.html",
        plan=plan,
        person=person,
        version=version,
        asked=asked,
        waits=asked.is_open and version.state is VersionState.PROPOSED,
        statement=statement(capacity=Capacity.TEAM_MANAGER, version=version, person=person),
        agreement_id=new_id(),
        sections=read_sections(version.content),
        form=form,
    )
