"""A plan's own page, its versions, and the difference between two."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.db.together import together
from careplan.kernel.canonical import content_hash
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.people.domain.about_me import PARTS
from careplan.plans import keeping, queries, service
from careplan.plans.domain.agreement import CAPACITY_WORDS, CHANNEL_WORDS, Capacity
from careplan.plans.domain.comparing import compare
from careplan.plans.domain.content import PlanKind, as_json
from careplan.plans.domain.library import hints
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.read_out import read_sections
from careplan.plans.domain.resting import RevisionNeedsReview, needs_review
from careplan.plans.forms import typed
from careplan.plans.forms.signing import KindForm, WithdrawForm
from careplan.plans.routes.blueprint import (
    blueprint,
    may,
    propose_plan,
    read_about,
    read_plan,
    the_person,
    the_plan,
    the_version,
    to_plan,
    to_review,
    write_plan,
)
from careplan.plans.routes.signing import capacity_of, may_answer, my_party, online, statement
from careplan.plans.routes.thread import title_in
from careplan.plans.routes.writing import tasks_of
from careplan.web import page


@blueprint.route("/people/<uuid:person_id>/plans/new", methods=["GET", "POST"])
@guard.person(Section.PLAN, Action.WRITE)
def begin_plan(person_id: UUID) -> ResponseReturnValue:
    """Begins a full plan or an interim one; where there is a plan, leads to it."""
    now = utc_now()
    current = queries.find_plan(person_id=person_id, at=now)
    if current is not None and current.ended_at is None:
        return to_plan(current.id)
    person = people.get_person(person_id=person_id)
    form = KindForm()
    form.kind.label.text = f"Which plan does {person.known_as} need?"
    if form.validate_on_submit():
        kind = PlanKind(form.kind.data)
        draft = service.create_plan(person_id=person_id, kind=kind, actor=guard.actor(), now=now)
        return to_plan(draft.plan_id)
    return page("plans/begin.html", person=person, form=form), 422 if form.errors else 200


@blueprint.get("/plans/<uuid:plan_id>")
@read_plan
def show_plan(plan_id: UUID) -> str:
    """The task list of the version being written, the parties, and the versions."""
    now = utc_now()
    plan, every_suggestion, comments = together(
        lambda: queries.get_plan(plan_id=plan_id, at=now),
        lambda: queries.list_suggestions(plan_id=plan_id),
        lambda: queries.list_comments(plan_id=plan_id),
    )
    suggestions = [s for s in every_suggestion if s.decision is None]
    person, names, tasks, unfinished, needs = together(
        lambda: the_person(plan),
        lambda: queries.list_party_names(plan=plan, at=now),
        lambda: tasks_of(plan),
        lambda: _unfinished(plan),
        lambda: plan.proposed is None and needs_review(plan),
    )
    return page(
        "plans/plan.html",
        plan=plan,
        person=person,
        names=names,
        tasks=tasks,
        unfinished=unfinished,
        may_write=_may(plan, Action.WRITE),
        suggestions=suggestions,
        suggestion_titles={s.id: title_in(plan, s.version_number, s.item) for s in suggestions},
        comments=comments,
        my_party=my_party(plan),
        may_read_reviews=may(plan, Section.REVIEW, Action.READ),
        rests_on_review=needs,
        overdue_on=queries.interim_due_on(plan=plan, at=now),
    )


@blueprint.get("/plans/<uuid:plan_id>/about")
@read_about
def show_about(plan_id: UUID) -> str:
    """The person's own voice, beside what the plan says that they want."""
    plan = the_plan(plan_id)
    shown = plan.draft or plan.proposed or plan.in_force or plan.latest
    about = people.find_about(person_id=plan.person_id)
    return page(
        "plans/about.html",
        plan=plan,
        person=the_person(plan),
        about=about,
        said=[(label, about.sections.as_dict()[name]) for name, label in PARTS.items()] if about else [],
        outcomes=shown.content.outcomes,
        may_write=access.may_reach(
            actor=guard.actor(), person_id=plan.person_id, section=Section.ABOUT, action=Action.WRITE, now=utc_now()
        ),
    )


@blueprint.route("/plans/<uuid:plan_id>/check", methods=["GET", "POST"])
@propose_plan
def check_plan(plan_id: UUID) -> ResponseReturnValue:
    """The draft read whole with what is missing, and the button that sends it round."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    draft = plan.draft
    shown_hash = content_hash(as_json(draft.content))
    capacity = capacity_of(guard.actor()) if may_answer(plan, Action.AGREE) else None
    if request.method == "POST":
        if request.form.get("content_hash") not in (None, shown_hash):
            flash("The plan has changed since you opened this page. Read it again, then send it round.", "error")
        elif _sent_round(plan, capacity):
            return to_plan(plan_id)
    person = the_person(plan)
    return page(
        "plans/check.html",
        plan=plan,
        person=person,
        draft=draft,
        hash=shown_hash,
        agreement_id=new_id(),
        statement=statement(capacity=capacity, version=draft, person=person) if capacity else "",
        missing=[t for t in tasks_of(plan) if t.missing],
        hints=list(hints(draft.content)),
        sections=read_sections(draft.content),
    ), 422 if request.method == "POST" else 200


def _sent_round(plan: SupportPlan, capacity: Capacity | None) -> bool:
    """Sends the draft round, and signs it for the council where its sender says so in the same breath."""
    try:
        sent = service.propose_plan(plan_id=plan.id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
        return False
    flash(f"Version {sent.number} has gone round. Everyone who must agree can read it now.")
    if capacity is not None and request.form.get("agree") == "yes":
        _sign_at_once(plan, sent, capacity)
    return True


def _sign_at_once(plan: SupportPlan, sent: PlanVersion, capacity: Capacity) -> None:
    signature = online(
        sent_id=request.form.get("id", ""),
        sent_hash=sent.content_hash or "",
        capacity=capacity,
        version=sent,
        person=the_person(plan),
    )
    try:
        service.agree_plan(
            plan_id=plan.id, number=sent.number, signature=signature, actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        flash(f"It has gone round. Your own agreement is not recorded: {refused.message}", "error")


@blueprint.post("/plans/<uuid:plan_id>/drafts")
@write_plan
def start_draft(plan_id: UUID) -> ResponseReturnValue:
    """Begins the next version; an interim plan is followed by a full one."""
    plan = the_plan(plan_id)
    follows = plan.in_force is not None and plan.in_force.kind is PlanKind.INTERIM
    kind = PlanKind.FULL if follows else None
    try:
        draft = service.start_draft(plan_id=plan_id, kind=kind, actor=guard.actor(), now=utc_now())
    except RevisionNeedsReview as refused:
        flash(refused.message, "error")
        return to_review(plan)
    if plan.proposed is not None:
        flash(f"Version {plan.proposed.number} was taken back. Everyone is asked again when you send this one round.")
    else:
        flash(f"You are writing version {draft.number}. What was agreed counts until this one is agreed too.")
    return to_plan(plan_id)


@blueprint.route("/plans/<uuid:plan_id>/withdrawals", methods=["GET", "POST"])
@write_plan
def withdraw_plan(plan_id: UUID) -> ResponseReturnValue:
    """Takes back the version that waits for agreement, with a reason."""
    plan = the_plan(plan_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        service.withdraw_proposal(plan_id=plan_id, reason=typed(form.reason), actor=guard.actor(), now=utc_now())
        flash("It is taken back.")
        return to_plan(plan_id)
    return page("plans/withdraw.html", plan=plan, person=the_person(plan), form=form), 422 if form.errors else 200


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>")
@read_plan
def show_version(plan_id: UUID, number: int) -> str:
    """A version in full, with who agreed to it."""
    plan = the_plan(plan_id)
    version = the_version(plan, number)
    return page(
        "plans/version.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        names=queries.list_party_names(plan=plan, at=utc_now()),
        sections=read_sections(version.content),
        before=_before(plan, number),
        broken=keeping.list_broken(plan_id=plan_id).get(number, ()),
        capacity_words=CAPACITY_WORDS,
        channel_words=CHANNEL_WORDS,
    )


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:before>..<int:after>")
@read_plan
def compare_versions(plan_id: UUID, before: int, after: int) -> ResponseReturnValue:
    """What is different, item by item."""
    plan = the_plan(plan_id)
    old, new = the_version(plan, before), the_version(plan, after)
    if before > after:
        return redirect(url_for("plans.compare_versions", plan_id=plan_id, before=after, after=before), 303)
    changes = compare(old.content, new.content)
    return page("plans/compare.html", plan=plan, person=the_person(plan), old=old, new=new, changes=changes)


def _unfinished(plan: SupportPlan) -> set[str]:
    """The pages on which the reader typed something that is not saved."""
    if plan.draft is None:
        return set()
    kept = queries.list_unfinished_pages(
        version_id=plan.draft.id, account_id=guard.actor().account_id, at=utc_now()
    )
    return {name.partition("/")[0] for name in kept}


def _before(plan: SupportPlan, number: int) -> int | None:
    """The version that this one was written from."""
    found = plan.version(number)
    return found.based_on if found else None


def _may(plan: SupportPlan, action: Action) -> bool:
    return may(plan, Section.PLAN, action)
