"""The carer's own pages: what I do, how it is for me, what was found and decided, my plan, and who may read it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from careplan.access import guard, trail
from careplan.access.domain.policy import Action, Section
from careplan.assessments.domain.outcome import Meaning
from careplan.carers import queries, service
from careplan.carers.domain import giving
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.consent import Matter
from careplan.carers.domain.eligibility import Kind
from careplan.carers.domain.outcome import CarerOutcome
from careplan.carers.domain.plan import CarerPlan, Party
from careplan.carers.forms.mine import MY_ANSWERS, WHO_MAY_READ, MyCaringForm, MyDetailsForm, MySharingForm
from careplan.carers.routes.blueprint import blueprint, names_of, save_caring, status_of
from careplan.carers.service.recording import IN_THE_PRODUCT
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.phone import spoken_phone
from careplan.people import queries as people
from careplan.people.domain.contact import Contact
from careplan.web import page

read_mine = guard.role(Section.CARING, Action.READ)
write_mine = guard.role(Section.CARING, Action.WRITE)
MY_OUTCOMES = {
    CarerOutcome.CARING_FOR_A_CHILD: "Looking after a child",
    CarerOutcome.CARING_FOR_OTHERS: "Looking after somebody else",
    CarerOutcome.HABITABLE_HOME: "Keeping your home clean and safe",
    CarerOutcome.NUTRITION: "Eating and drinking well",
    CarerOutcome.RELATIONSHIPS: "Your family and friends",
    CarerOutcome.WORK_AND_EDUCATION: "Work, or learning new things",
    CarerOutcome.COMMUNITY_FACILITIES: "Getting out and about",
    CarerOutcome.LEISURE: "Time for yourself",
}
MY_MEANINGS = {
    Meaning.WITHOUT_ASSISTANCE: "You need somebody’s help.",
    Meaning.PAIN_OR_DISTRESS: "It hurts, or it makes you very upset.",
    Meaning.ENDANGERS: "Somebody could get hurt.",
    Meaning.TAKES_LONGER: "It takes you much longer than most people.",
}
MY_DECISION = {
    Kind.ELIGIBLE: "Yes. You have a right to help.",
    Kind.DISCRETIONARY: "The law does not say that we must help you. We will help you all the same.",
    Kind.NOT_ELIGIBLE: "No. The law does not say that we must help you.",
}
MY_PAPERS = {
    giving.CarerPaper.ASSESSMENT: "What we found",
    giving.CarerPaper.DETERMINATION: "What we decided, and why",
    giving.CarerPaper.PLAN: "Your plan",
}
WORDS = {"answers": MY_ANSWERS, "outcomes": MY_OUTCOMES, "meanings": MY_MEANINGS, "readers": WHO_MAY_READ}


@blueprint.get("/me/caring")
@read_mine
def mine() -> str:
    """My record as a carer; where I have several, which one; where I have none, how to begin."""
    found = queries.list_own(account_id=guard.actor().account_id)
    if len(found) == 1:
        return _own_page(found[0])
    guard.show(c.id for c in found)
    people_known = people.list_people_by_id(person_ids={c.person_id for c in found})
    return page("carers/mine_list.html", carers=found, people=people_known, to_begin=_to_begin(found))


@blueprint.post("/me/caring")
@write_mine
def begin_mine() -> ResponseReturnValue:
    """I begin a record of my own, and say yes to it; where I have one already, it leads there."""
    found = queries.list_own(account_id=guard.actor().account_id)
    contact = next((c for c in _to_begin(found) if str(c.id) == request.form.get("contact")), None)
    if contact is None:
        return redirect(url_for("carers.mine"), 303)
    carer = service.begin_own_record(
        person_id=contact.person_id, contact_id=contact.id, actor=guard.actor(), now=utc_now()
    )
    flash(_("Your record has begun. Tell us what you do, and how it is for you."))
    return _to_mine(carer)


@blueprint.get("/me/caring/<uuid:carer_id>")
@read_mine
def my_record(carer_id: UUID) -> str:
    """One of my records as a carer, whole."""
    return _own_page(_own(carer_id))


@blueprint.route("/me/caring/<uuid:carer_id>/details", methods=["GET", "POST"])
@write_mine
def my_details(carer_id: UUID) -> ResponseReturnValue:
    """How to reach me and how to talk with me."""
    carer = _own(carer_id)
    form = MyDetailsForm(obj=carer.details)
    if form.validate_on_submit():
        try:
            service.save_details(
                carer_id=carer_id, details=form.details(stands=carer.details), actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_("Saved."))
            return _to_mine(carer)
    return page("carers/my_details.html", carer=carer, form=form), status_of(form)


@blueprint.route("/me/caring/<uuid:carer_id>/about", methods=["GET", "POST"])
@write_mine
def my_caring(carer_id: UUID) -> ResponseReturnValue:
    """What I do, how it is for me, and what I can go on doing."""
    carer = _own(carer_id)
    form = MyCaringForm(data=MyCaringForm.filled(carer.caring))
    attempt = save_caring(form, carer)
    if attempt.saved:
        flash(_("Saved. Your social worker can read it."))
        return _to_mine(carer)
    html = page(
        "carers/my_caring.html", carer=carer, form=form, tag=attempt.tag, theirs=attempt.theirs, words=WORDS
    )
    return html, status_of(form)


@blueprint.route("/me/caring/<uuid:carer_id>/sharing", methods=["GET", "POST"])
@write_mine
def my_sharing(carer_id: UUID) -> ResponseReturnValue:
    """Who may read my plan."""
    carer = _own(carer_id)
    form = MySharingForm(data=MySharingForm.filled(queries.get_standing(carer_id=carer_id)))
    if form.validate_on_submit():
        try:
            service.choose_sharing(carer_id=carer_id, chosen=form.chosen(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_("Saved."))
            return _to_mine(carer)
    return page("carers/my_sharing.html", carer=carer, form=form), status_of(form)


@blueprint.post("/me/caring/<uuid:carer_id>/yes")
@write_mine
def my_consent(carer_id: UUID) -> ResponseReturnValue:
    """I say yes to this record, or take my yes back."""
    carer, answer, now = _own(carer_id), request.form.get("answer"), utc_now()
    if answer not in ("yes", "no"):
        return _to_mine(carer)
    service.say_consent(
        carer_id=carer_id,
        matter=Matter.HOLD,
        given=answer == "yes",
        said_on=local_date(now),
        how=IN_THE_PRODUCT,
        actor=guard.actor(),
        now=now,
    )
    flash(_("Your record is open again.") if answer == "yes" else _("It is closed. Nobody else can read it now."))
    return _to_mine(carer)


@blueprint.post("/me/caring/<uuid:carer_id>/plan/agreement")
@write_mine
def agree_to_my_plan(carer_id: UUID) -> ResponseReturnValue:
    """I agree to the words that I read."""
    carer = _own(carer_id)
    try:
        service.agree_as_carer(
            carer_id=carer_id, shown_hash=request.form.get("shown", ""), actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash(_("Thank you. You have agreed to your plan."))
    return _to_mine(carer)


def _own_page(carer: Carer) -> str:
    guard.show([carer.id])
    plan, given = queries.find_plan(carer_id=carer.id), queries.list_given(carer_id=carer.id)
    determination = queries.find_determination(carer_id=carer.id)
    person = people.find_person(person_id=carer.person_id)
    names = names_of([g.given_by for g in given] + ([determination.decided_by] if determination else []))
    return page(
        "carers/mine.html",
        carer=carer,
        whom=person.known_as if person else _("the person you look after"),
        standing=queries.get_standing(carer_id=carer.id),
        assessment=queries.find_assessment(carer_id=carer.id),
        determination=determination,
        decision=MY_DECISION[determination.kind] if determination else None,
        plan=queries.find_agreed_plan(carer_id=carer.id),
        waiting=plan if _waits_for_me(plan) else None,
        given=[
            (MY_PAPERS[g.paper], giving.given_words(g, by=names.get(g.given_by, ""), carer=_("you"))) for g in given
        ],
        looks=_looks(carer),
        spoken_phone=spoken_phone,
        names=names,
        words=WORDS,
    )


def _waits_for_me(plan: CarerPlan | None) -> bool:
    """Whether the council has agreed to the plan and the carer has not."""
    return plan is not None and plan.waits_for == (Party.CARER,)


def _looks(carer: Carer) -> list[dict[str, Any]]:
    """Who else opened this record, the latest first, each once a day."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for look in trail.list_looks_at(thing_id=carer.id, but_not=guard.actor().account_id):
        seen.setdefault((look.name, str(local_date(look.at))), {"name": look.name, "at": look.at})
    return list(seen.values())


def _own(carer_id: UUID) -> Carer:
    carer = queries.get_own(account_id=guard.actor().account_id, carer_id=carer_id)
    guard.show([carer_id])
    return carer


def _to_begin(found: list[Carer]) -> list[Contact]:
    """Whom I look after by the record of the person, where I have no record of my own yet."""
    have, today = {c.contact_id for c in found}, local_date(utc_now())
    known = people.list_contacts_of_account(account_id=guard.actor().account_id)
    return [c for c in known if c.cares_on(today) and c.id not in have]


def _to_mine(carer: Carer) -> Response:
    return redirect(url_for("carers.my_record", carer_id=carer.id), 303)
