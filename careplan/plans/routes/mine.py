"""The person's own pages of their plan, which a representative uses too: read, see what changed, answer, ask."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import keeping, queries, service
from careplan.plans.domain.agreement import CAPACITY_WORDS, CHANNEL_WORDS
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.read_out import outcome_pictures
from careplan.plans.domain.state import Party
from careplan.plans.forms.signing import AGREE, CHANGE, AnswerForm
from careplan.plans.routes.blueprint import blueprint
from careplan.plans.routes.signing import capacity_of, mine_to_take_back, online, statement
from careplan.web import page


@blueprint.get("/me/plan")
@guard.me(Section.PLAN, Action.READ)
def my_plan() -> str:
    """The plan that counts, in words; above it what waits for an answer."""
    plan, version = my_plan_now()
    if plan is None or version is None:
        return page("plans/mine/none.html", **whose())
    return page(
        "plans/mine/plan.html",
        plan=plan,
        version=version,
        waiting=plan.proposed if is_asked(plan.proposed) else None,
        ideas=sum(s.decision is None for s in queries.list_suggestions(plan_id=plan.id)),
        broken=version.number in keeping.list_broken(plan_id=plan.id),
        outcomes=outcome_pictures(version.content),
        about=people.find_about(person_id=plan.person_id),
        capacity_words=CAPACITY_WORDS,
        channel_words=CHANNEL_WORDS,
        can_take_back=mine_to_take_back(plan) is not None,
        **whose(),
    )


@blueprint.route("/me/plan/agree", methods=["GET", "POST"])
@guard.me(Section.AGREEMENT, Action.AGREE)
def agree_mine() -> ResponseReturnValue:
    """Agree, ask for a change, or talk to someone. Nothing is chosen beforehand."""
    plan, _ = my_plan_now()
    capacity = capacity_of(guard.actor())
    if plan is None or plan.proposed is None or capacity is None:
        return redirect(url_for("plans.my_plan"), 303)
    version, person = plan.proposed, people.get_person(person_id=plan.person_id)
    form = AnswerForm()
    if form.validate_on_submit():
        if form.answer.data != AGREE:
            asked = form.answer.data == CHANGE
            return redirect(url_for("plans.ask_mine" if asked else "plans.talk_mine"), 303)
        signature = online(
            sent_id=request.form.get("id", ""),
            sent_hash=request.form.get("content_hash", ""),
            capacity=capacity,
            version=version,
            person=person,
            advocate=form.advocate,
        )
        try:
            signed = service.agree_plan(
                plan_id=plan.id, number=version.number, signature=signature, actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_thanks(signed))
            return redirect(url_for("plans.my_plan"), 303)
    html = page(
        "plans/mine/agree.html",
        plan=plan,
        version=version,
        form=form,
        statement=statement(capacity=capacity, version=version, person=person),
        agreement_id=new_id(),
        **whose(),
    )
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.get("/me/plan/talk")
@guard.me(Section.PLAN, Action.READ)
def talk_mine() -> str:
    """Whom one can talk to about the plan, with telephone numbers."""
    now = utc_now()
    members = people.list_partnership(person_id=guard.person_id(), at=now)
    workers = organisations.list_workers_by_id(
        account_ids=[m.account_id for m in members if m.kind is MemberKind.SOCIAL_WORKER and m.account_id]
    )
    names = access.list_account_names(account_ids=[m.account_id for m in members if m.account_id])
    providers = organisations.list_organisations_by_id(
        organisation_ids=[m.organisation_id for m in members if m.organisation_id]
    )
    social_workers = [
        (names.get(m.account_id, ""), workers[m.account_id].phone if m.account_id in workers else None)
        for m in members
        if m.kind is MemberKind.SOCIAL_WORKER and m.account_id
    ]
    return page(
        "plans/mine/talk.html",
        social_workers=social_workers,
        providers=[(p.name, p.phone) for p in providers.values()],
        **whose(),
    )


def my_plan_now() -> tuple[SupportPlan | None, PlanVersion | None]:
    """The plan, and the version that is read: what counts or counted last, else what is agreed, else what waits."""
    plan = queries.find_plan(person_id=guard.person_id(), at=utc_now())
    if plan is None:
        return None, None
    return plan, plan.in_force or plan.ended or plan.agreed or plan.proposed


def is_asked(version: PlanVersion | None) -> bool:
    """Whether whoever reads the page is asked to agree."""
    if version is None or Party.PERSON not in version.outstanding:
        return False
    return access.may_reach(
        actor=guard.actor(),
        person_id=version.person_id,
        section=Section.AGREEMENT,
        action=Action.AGREE,
        now=utc_now(),
    )


def whose() -> dict[str, object]:
    """Whether the reader is the person, and whose plan it is: a representative reads somebody else's."""
    person = people.get_person(person_id=guard.person_id())
    own = guard.actor().role is Role.CITIZEN
    return {"own": own, "person": person, "whose": "My" if own else f"{person.known_as}’s"}


def _thanks(signed: PlanVersion) -> str:
    if signed.outstanding:
        return "Thank you. You have agreed. We are waiting for others to agree too."
    return "Thank you. Everyone has agreed to the plan."
