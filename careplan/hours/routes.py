"""Pages of the hours slice: the hours of four weeks, asking for contingency, and deciding about it."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section, kinds_that_allow
from careplan.hours import queries, service
from careplan.hours.domain.contingency import Verdict
from careplan.hours.domain.funding import Uncovered
from careplan.hours.domain.terms import FUNDER_WORDS
from careplan.hours.domain.view import BankView
from careplan.hours.domain.words import said, way
from careplan.hours.forms import ContingencyForm, RefusalForm
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.period import DAYS_IN_WEEK
from careplan.kernel.words import duration
from careplan.people import queries as people
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

blueprint = Blueprint("hours", __name__)
ENTRIES = "hours-lines"
PAGE = 50
LONGEST_NUMBER = 5


@blueprint.get("/me/hours")
@guard.me(Section.HOURS, Action.READ)
def show_mine() -> str:
    """One's own hours of four weeks: what is left, when it ends, what is kept aside."""
    today = local_date(utc_now())
    person = people.get_person(person_id=guard.person_id())
    view = queries.find_bank_view(today=today, person_id=person.id, number=_number())
    draws = queries.list_contingency_draws(person_id=person.id)
    return page(
        "hours/mine.html",
        person=person,
        is_own=guard.actor().role is Role.CITIZEN,
        bank=view,
        today=today,
        weeks_gone=_weeks_gone(view, today),
        draws=[d for d in draws if view is not None and d.period_number == view.period.number],
        **_neighbours(view, today),
    )


@blueprint.get("/people/<uuid:person_id>/hours")
@guard.person(Section.HOURS, Action.READ)
def show(person_id: UUID) -> str:
    """The same figures for those who work with the person, and every line of the ledger beneath them."""
    today = local_date(utc_now())
    view = queries.find_bank_view(today=today, person_id=person_id, number=_number())
    after = requested_cursor(of=ENTRIES)
    lines = queries.list_entries(
        person_id=person_id,
        number=view.period.number if view else None,
        after=UUID(str(after[0])) if after else None,
        limit=PAGE + 1,
    )
    shown = lines[:PAGE]
    draws = queries.list_contingency_draws(person_id=person_id)
    allowed = access.list_allowed(actor=guard.actor(), person_id=person_id, now=utc_now())
    return page(
        "hours/person.html",
        person=people.get_person(person_id=person_id),
        bank=view,
        today=today,
        weeks_gone=_weeks_gone(view, today),
        lines=shown,
        names=access.list_account_names(account_ids={line.entry.posted_by for line in shown}),
        draws=draws,
        unpaid=_unpaid(view),
        asked={d.visit_id for d in draws if d.decision is None},
        may_draw=(Section.CONTINGENCY, Action.RECORD) in allowed,
        may_open_visits=(Section.VISITS, Action.READ) in allowed,
        funder_words=FUNDER_WORDS,
        said=said,
        way=way,
        after=encode_cursor((shown[-1].entry.id,), of=ENTRIES) if len(lines) > PAGE else None,
        **_neighbours(view, today),
    )


@blueprint.get("/people/<uuid:person_id>/contingency/new")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def ask_for_contingency(person_id: UUID) -> str:
    """One page to ask for contingency."""
    form = ContingencyForm(visit=request.args.get("visit", ""))
    return _contingency_page(person_id, form)


@blueprint.post("/people/<uuid:person_id>/contingency/new")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def draw_contingency(person_id: UUID) -> ResponseReturnValue:
    """Asks for it: a refusal stands at its field, says what would be accepted, and keeps what was typed."""
    form = ContingencyForm()
    if not form.validate_on_submit():
        return _contingency_page(person_id, form), 422
    try:
        answer = service.draw_contingency(
            person_id=person_id, request=form.as_request(), actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        form.show(refused)
        return _contingency_page(person_id, form), refused.status
    flash(_thanks(answer))
    return redirect(f"/people/{person_id}/hours", 303)


@blueprint.get("/requests")
@guard.listing(Section.CONTINGENCY)
def list_requests() -> str:
    """What waits for a decision, the oldest first."""
    now = utc_now()
    draws = queries.list_waiting_draws(actor=guard.actor(), now=now)
    guard.show(d.person_id for d in draws)
    return page(
        "hours/requests.html",
        draws=draws,
        people=people.list_people_by_id(person_ids={d.person_id for d in draws}),
        names=access.list_account_names(account_ids={d.requested_by for d in draws}),
        left=queries.list_contingency_left(draw_ids=[d.id for d in draws]),
        may_decide=_may(guard.actor(), Section.CONTINGENCY, Action.APPROVE),
    )


@blueprint.post("/requests/<uuid:draw_id>/approve")
@guard.person(Section.CONTINGENCY, Action.APPROVE, of=queries.find_person_of_draw)
def approve(draw_id: UUID) -> Response:
    """Approves a waiting request and spends the minutes."""
    try:
        draw = service.approve_contingency(draw_id=draw_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash(f"Approved: {duration(draw.minutes)} of contingency.")
    return redirect("/requests", 303)


@blueprint.post("/requests/<uuid:draw_id>/refuse")
@guard.person(Section.CONTINGENCY, Action.APPROVE, of=queries.find_person_of_draw)
def refuse(draw_id: UUID) -> Response:
    """Refuses a waiting request, with a reason."""
    form = RefusalForm()
    reason = form.reason.data or ""
    try:
        draw = service.refuse_contingency(draw_id=draw_id, reason=reason, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        guard.because(draw.reason or "")
        flash("Refused. Whoever asked can read your reason.")
    return redirect("/requests", 303)


def _contingency_page(person_id: UUID, form: ContingencyForm) -> str:
    today = local_date(utc_now())
    plan_id = queries.find_plan_of_person(person_id=person_id, day=today)
    terms = queries.find_terms(plan_id=plan_id, on=today) if plan_id else None
    view = queries.find_bank_view(today=today, person_id=person_id)
    form.offer(terms.contingency if terms else None)
    return page(
        "hours/contingency.html",
        form=form,
        person=people.get_person(person_id=person_id),
        kept=terms.contingency if terms else None,
        left=view.contingency.left if view else 0,
        is_council=guard.actor().role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER),
    )


def _thanks(answer: service.Answer) -> str:
    if answer.verdict is Verdict.APPROVED:
        return f"Approved. {duration(answer.left).capitalize()} of contingency is left in these four weeks."
    return "Sent. It waits for the social worker, and nothing is spent until they decide."


def _unpaid(view: BankView | None) -> list[Uncovered]:
    """The visits of a period that nobody has paid for yet."""
    if view is None:
        return []
    banks = queries.list_banks(plan_id=view.plan_id, number=view.period.number)
    return queries.list_uncovered(bank_ids=[b.id for b in banks])


def _may(actor: Actor, section: Section, action: Action) -> bool:
    return bool(kinds_that_allow(role=actor.role, section=section, action=action))


def _number() -> int | None:
    """The period that the address names; anything else is the present one."""
    asked = request.args.get("period", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else None


def _weeks_gone(view: BankView | None, today: date) -> float | None:
    """Where today stands in the period, for the picture; None outside it."""
    if view is None or not view.period.holds(today):
        return None
    return ((today - view.period.starts_on).days + 0.5) / DAYS_IN_WEEK


def _neighbours(view: BankView | None, today: date) -> dict[str, int | None]:
    """The numbers of the periods before and after, where there are such."""
    if view is None:
        return {"before": None, "following": None}
    number = view.period.number
    following = queries.find_bank_view(today=today, plan_id=view.plan_id, number=number + 1)
    return {"before": number - 1 if number else None, "following": number + 1 if following else None}
