"""Who agreed to what, when and how; signing for the council or the provider; recording paper and telephone."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.assessments.domain.giving import Paper, given_words
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.plans import authorisations, keeping, queries, service
from careplan.plans.domain.agreement import CAPACITY_WORDS, CHANNEL_WORDS, PARTY_OF, Capacity, Channel
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.read_out import read_sections
from careplan.plans.domain.state import Party
from careplan.plans.forms.signing import PaperForm
from careplan.plans.routes.blueprint import (
    answer_plan,
    blueprint,
    read_plan,
    record_answers,
    the_person,
    the_plan,
    the_version,
    to_plan,
)
from careplan.plans.routes.signing import (
    above_social_worker,
    capacity_of,
    may_answer,
    my_party,
    online,
    statement,
    to_take_back,
)
from careplan.plans.service import Signature
from careplan.web import page
from careplan.web.forms import choices

THE_PERSON = "self"
FOR_THE_COUNCIL = (Capacity.SOCIAL_WORKER, Capacity.TEAM_MANAGER)


@blueprint.get("/plans/<uuid:plan_id>/agreements")
@read_plan
def show_agreements(plan_id: UUID) -> str:
    """Every signature on every version, and what is still wanted."""
    now = utc_now()
    plan = queries.get_plan(plan_id=plan_id, at=now)
    waiting = plan.proposed
    return page(
        "plans/agreements.html",
        plan=plan,
        person=the_person(plan),
        names=queries.list_party_names(plan=plan, at=now),
        broken=keeping.list_broken(plan_id=plan_id),
        asked=[v for v in reversed(plan.versions) if v.proposed_at is not None],
        findings=queries.list_findings(version_id=waiting.id) if waiting else [],
        may_record=may_answer(plan, Action.RECORD),
        my_party=my_party(plan),
        to_take_back=to_take_back(plan),
        capacity_words=CAPACITY_WORDS,
        channel_words=CHANNEL_WORDS,
        given=_given(plan),
        may_give=_may_give(plan, Action.RECORD),
    )


@blueprint.route("/plans/<uuid:plan_id>/versions/<int:number>/agree", methods=["GET", "POST"])
@answer_plan
def agree_to_version(plan_id: UUID, number: int) -> ResponseReturnValue:
    """The version in full, the words, and one button."""
    actor = guard.actor()
    capacity = capacity_of(actor)
    if capacity in (Capacity.SELF, Capacity.REPRESENTATIVE):
        return redirect(url_for("plans.agree_mine"), 303)
    plan = the_plan(plan_id)
    version, person = the_version(plan, number), the_person(plan)
    if capacity is None:
        return to_plan(plan_id)
    if request.method == "POST":
        signature = online(
            sent_id=request.form.get("id", ""),
            sent_hash=request.form.get("content_hash", ""),
            capacity=capacity,
            version=version,
            person=person,
        )
        try:
            signed = service.agree_plan(plan_id=plan_id, number=number, signature=signature, actor=actor, now=utc_now())
        except DomainError as refused:
            flash(refused.message, "error")
        else:
            flash(_thanks(signed))
        return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    return page(
        "plans/agree.html",
        plan=plan,
        person=person,
        version=version,
        statement=statement(capacity=capacity, version=version, person=person),
        agreement_id=new_id(),
        sections=read_sections(version.content),
        signed=version.agreement_of(PARTY_OF[capacity]),
        beyond=above_social_worker(version) if capacity in FOR_THE_COUNCIL else (),
        is_manager=capacity is Capacity.TEAM_MANAGER,
        asked=authorisations.find_latest(version_id=version.id) if capacity in FOR_THE_COUNCIL else None,
    )


@blueprint.route("/plans/<uuid:plan_id>/agreements/recorded", methods=["GET", "POST"])
@record_answers
def record_agreement(plan_id: UUID) -> ResponseReturnValue:
    """What the person or their representative signed on paper, or said by telephone."""
    plan = the_plan(plan_id)
    version = plan.proposed
    if version is None:
        return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    person = the_person(plan)
    form = PaperForm()
    contacts = {c.id: c.name for c in people.list_contacts(person_id=plan.person_id)}
    authorities = people.list_authorities(person_id=plan.person_id, at=utc_now())
    form.who.choices = choices(
        [(THE_PERSON, person.name), *((str(a.id), f"{contacts[a.contact_id]}, {a.kind.words}") for a in authorities)]
    )
    if form.validate_on_submit():
        chosen = form.who.data
        capacity = Capacity.SELF if chosen == THE_PERSON else Capacity.REPRESENTATIVE
        signature = Signature(
            id=new_id(),
            party=Party.PERSON,
            capacity=capacity,
            content_hash=request.form.get("content_hash", ""),
            statement=statement(capacity=capacity, version=version, person=person),
            channel=Channel(form.channel.data),
            agreed_on=form.agreed_on.data,
            witness_name=form.witness.data,
            advocate=form.advocate,
            authority_id=None if chosen == THE_PERSON else UUID(chosen),
        )
        try:
            signed = service.agree_plan(
                plan_id=plan_id, number=version.number, signature=signature, actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_thanks(signed))
            return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    html = page("plans/recorded.html", plan=plan, person=person, version=version, form=form)
    return html, 422 if form.errors or form.form_errors else 200


def _thanks(signed: PlanVersion) -> str:
    if signed.outstanding:
        return "Thank you. Your agreement is recorded. Others still have to agree."
    return f"Everyone has agreed to version {signed.number}."


def _given(plan: SupportPlan) -> dict[UUID, list[tuple[str, bool]]]:
    """To whom each version was given, how, when and by whom; and whether that was entered in error."""
    if not _may_give(plan, Action.READ):
        return {}
    found = assessments.list_given(person_id=plan.person_id, papers=frozenset({Paper.PLAN_VERSION}))
    names = access.list_account_names(account_ids=[g.given_by for g in found])
    person = the_person(plan).known_as
    lines: dict[UUID, list[tuple[str, bool]]] = {}
    for given in found:
        said = given_words(given, by=names.get(given.given_by, "the team"), person=person)
        lines.setdefault(given.paper_id, []).append((said, given.mistake is not None))
    return lines


def _may_give(plan: SupportPlan, action: Action) -> bool:
    """Whether whoever looks at the page may read what was given, or write it down."""
    return access.may_reach(
        actor=guard.actor(), person_id=plan.person_id, section=Section.GIVEN, action=action, now=utc_now()
    )
