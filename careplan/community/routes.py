"""Pages of what the community does: staff ask and write down what follows, the person reads it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.community import queries, service
from careplan.community.domain.referral import Event
from careplan.community.forms import ReferralForm, StepForm
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import Form

blueprint = Blueprint("community", __name__)

read = guard.person(Section.COMMUNITY, Action.READ)
record = guard.person(Section.COMMUNITY, Action.RECORD)


@blueprint.get("/me/community")
@guard.me(Section.COMMUNITY, Action.READ)
def my_community() -> str:
    """Who in my neighbourhood and family does what, who was asked, and what came of it."""
    around = queries.get_around(person_id=guard.person_id(), now=utc_now())
    guard.naming(b.carer_id for b in around.breaks)
    return page("community/mine.html", around=around, own=guard.actor().role is Role.CITIZEN)


@blueprint.get("/people/<uuid:person_id>/community")
@read
def show(person_id: UUID) -> str:
    """What community organisations and family do by the plan, and how far each referral has come."""
    around = queries.get_around(person_id=person_id, now=utc_now())
    guard.naming(b.carer_id for b in around.breaks)
    return page(
        "community/show.html",
        around=around,
        may_record=_may(person_id, Section.COMMUNITY, Action.RECORD),
        may_read_shared=_may(person_id, Section.CARER_SHARED, Action.READ),
        may_read_carers=_may(person_id, Section.CARER, Action.READ),
    )


@blueprint.route("/people/<uuid:person_id>/community/<uuid:action_id>/new", methods=["GET", "POST"])
@record
def refer(person_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Writes down that an organisation was asked, with the person's yes."""
    now = utc_now()
    action = queries.find_action(person_id=person_id, action_id=action_id, now=now)
    form = ReferralForm(data={"made_on": local_date(now)})
    form.offer(organisations.list_organisations(kind=OrganisationKind.COMMUNITY))
    if form.validate_on_submit():
        try:
            service.refer(
                referral_id=_sent_id(), person_id=person_id, action_id=action_id,
                organisation_id=form.organisation_id, organisation=form.organisation.data or "",
                yes_words=form.yes_words.data or "", made_on=form.made_on.data, actor=guard.actor(), now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Written down. They are asked.")
            return redirect(url_for("community.show", person_id=person_id), 303)
    person = people.get_person(person_id=person_id)
    html = page("community/refer.html", person=person, action=action, form=form, referral_id=_sent_id())
    return html, _status(form)


@blueprint.route("/people/<uuid:person_id>/community/referrals/<uuid:community_referral_id>", methods=["GET", "POST"])
@record
def record_step(person_id: UUID, community_referral_id: UUID) -> ResponseReturnValue:
    """One referral with all that happened to it, and the form for what comes next."""
    now = utc_now()
    form = StepForm(data={"on": local_date(now)})
    if form.validate_on_submit():
        try:
            service.record_step(
                person_id=person_id, referral_id=community_referral_id, event=Event(form.event.data), on=form.on.data,
                words=form.words.data or "", actor=guard.actor(), now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Written down.")
            return redirect(request.path, 303)
    referral = queries.get_referral(person_id=person_id, referral_id=community_referral_id)
    html = page(
        "community/referral.html", person=people.get_person(person_id=person_id), referral=referral, form=form
    )
    return html, _status(form)


def _sent_id() -> UUID:
    """The id that the form was made with, so that a form sent twice makes one referral."""
    try:
        return UUID(request.form.get("id", ""))
    except ValueError:
        return new_id()


def _status(form: Form) -> int:
    return 422 if form.errors or form.form_errors else 200


def _may(person_id: UUID, section: Section, action: Action) -> bool:
    return access.may_reach(actor=guard.actor(), person_id=person_id, section=section, action=action, now=utc_now())
