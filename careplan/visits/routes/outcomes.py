"""What became of a visit, answering alerts, and the rules by which visits are late and draw."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.visits import queries, service
from careplan.visits.domain.visit import CancelledBy, Visit
from careplan.visits.forms.watching import MERGED, MISSED, AnswerForm, OutcomeForm, rules_form
from careplan.visits.queries.watching import find_rules, list_rules
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.changing import own_visit
from careplan.web import page

AROUND = timedelta(hours=18)


@blueprint.route("/visits/<uuid:visit_id>/outcome", methods=["GET", "POST"])
@guard.person(Section.VISITS, Action.WRITE, of=queries.find_person_of_visit)
def say_outcome(visit_id: UUID) -> ResponseReturnValue:
    """Called off, in hospital, missed, or done together with another."""
    visit, form = own_visit(visit_id), OutcomeForm()
    form.offer(_others(visit))
    if form.validate_on_submit():
        try:
            _settle(visit, form)
        except DomainError as refused:
            form.show(refused)
        else:
            guard.because(form.reason.data or "")
            flash("Saved.")
            return redirect("/provider", 303)
    person = people.get_person(person_id=visit.person_id)
    return page("visits/outcome.html", form=form, visit=visit, person=person), (
        422 if form.errors or form.form_errors else 200
    )


@blueprint.post("/provider/alerts/<uuid:visit_alert_id>")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def answer_alert(visit_alert_id: UUID) -> ResponseReturnValue:
    """A coordinator says what they did about an alert; the trail names the person."""
    form = AnswerForm()
    try:
        person_id = service.answer_alert(
            alert_id=visit_alert_id, answer=form.answer(), actor=guard.actor(), now=utc_now()
        )
        guard.show([person_id])
        guard.because(form.words.data or "")
        flash("Written down.")
    except DomainError as refused:
        if isinstance(refused, NotFound):
            raise
        flash(refused.message, "error")
    return redirect("/provider", 303)


@blueprint.route("/admin/visit-rules", methods=["GET", "POST"])
@guard.role(Section.ADMIN, Action.WRITE)
def set_rules() -> ResponseReturnValue:
    """When visits are late, and what each outcome draws: for all providers or one, from now or a later day on."""
    now = utc_now()
    providers = organisations.list_organisations(kind=OrganisationKind.PROVIDER)
    chosen = next((p.id for p in providers if str(p.id) == request.args.get("for")), None)
    form = rules_form(find_rules(provider_id=chosen, at=now), providers=providers, chosen=chosen)
    if form.validate_on_submit():
        try:
            service.set_rules(
                rules=form.rules(), provider_id=form.provider_id, since=form.since.data, actor=guard.actor(), now=now
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. Below stands what holds for whom.")
            return redirect(url_for("visits.set_rules"), 303)
    return page(
        "visits/rules.html",
        form=form,
        held=list_rules(at=now),
        names={p.id: p.name for p in providers},
        now=now,
    ), 422 if form.errors or form.form_errors else 200


def _settle(visit: Visit, form: OutcomeForm) -> None:
    actor, now, reason = guard.actor(), utc_now(), form.reason.data or ""
    if form.what.data in (MISSED, MERGED):
        service.miss_visit(visit_id=visit.id, reason=reason, merged_into=form.other, actor=actor, now=now)
        return
    service.cancel_visit(
        visit_id=visit.id, by=CancelledBy(form.what.data), reason=reason, said_at=form.said, actor=actor, now=now
    )


def _others(visit: Visit) -> list[Visit]:
    """The person's visits within some hours on either side."""
    start = visit.planned_start
    if start is None:
        return []
    found = queries.list_visits_between(person_id=visit.person_id, since=start - AROUND, until=start + AROUND)
    return [v for v in found if v.id != visit.id and v.planned_start and v.cancellation is None]
