"""The hours of four weeks: one's own, and for those who work with the person."""

from datetime import date
from uuid import UUID

from flask import request

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries
from careplan.hours.domain.disputing import Dispute
from careplan.hours.domain.funding import Uncovered
from careplan.hours.domain.pausing import PAUSE_WORDS
from careplan.hours.domain.statement import dispute_words, given_words
from careplan.hours.domain.terms import FUNDER_WORDS
from careplan.hours.domain.view import BankView
from careplan.hours.domain.words import said, way
from careplan.hours.routes.blueprint import blueprint
from careplan.hours.statement_paper import paid_words
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.period import DAYS_IN_WEEK
from careplan.people import queries as people
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

ENTRIES = "hours-lines"
PAGE = 50
LONGEST_NUMBER = 5


@blueprint.get("/me/hours")
@guard.me(Section.HOURS, Action.READ)
def show_mine() -> str:
    """One's own hours of four weeks: what is left, when it ends, what is kept aside."""
    today = local_date(utc_now())
    person = people.get_person(person_id=guard.person_id())
    view = queries.find_bank_view(today=today, person_id=person.id, number=number_asked())
    draws = queries.list_contingency_draws(person_id=person.id)
    return page(
        "hours/mine.html",
        person=person,
        is_own=guard.actor().role is Role.CITIZEN,
        bank=view,
        today=today,
        weeks_gone=_weeks_gone(view, today),
        statement=queries.statement_of_period(view=view) if view else None,
        changes=queries.list_adjustments_of_person(person_id=person.id),
        pauses=queries.list_pauses_of_person(person_id=person.id),
        draws=[d for d in draws if view is not None and d.period_number == view.period.number],
        dispute_words=dispute_words,
        given_words=given_words,
        paid_words=paid_words,
        **_neighbours(view, today),
    )


@blueprint.get("/people/<uuid:person_id>/hours")
@guard.person(Section.HOURS, Action.READ)
def show(person_id: UUID) -> str:
    """The same figures for those who work with the person, and every line of the ledger beneath them."""
    today = local_date(utc_now())
    view = queries.find_bank_view(today=today, person_id=person_id, number=number_asked())
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
        disputes={d.visit_id: d for d in _disputes(view)},
        dispute_words=dispute_words,
        asked={d.visit_id for d in draws if d.decision is None},
        may_draw=(Section.CONTINGENCY, Action.RECORD) in allowed,
        may_open_visits=(Section.VISITS, Action.READ) in allowed,
        may_change=(Section.HOURS, Action.WRITE) in allowed,
        is_council=guard.actor().role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER),
        is_coordinator=guard.actor().role is Role.PROVIDER_COORDINATOR,
        pauses=queries.list_pauses_of_person(person_id=person_id),
        pause_words=PAUSE_WORDS,
        funder_words=FUNDER_WORDS,
        said=said,
        way=way,
        after=encode_cursor((shown[-1].entry.id,), of=ENTRIES) if len(lines) > PAGE else None,
        **_neighbours(view, today),
    )


def _unpaid(view: BankView | None) -> list[Uncovered]:
    """The visits of a period that nobody has paid for yet."""
    if view is None:
        return []
    banks = queries.list_banks(plan_id=view.plan_id, number=view.period.number)
    return queries.list_uncovered(bank_ids=[b.id for b in banks])


def _disputes(view: BankView | None) -> list[Dispute]:
    """The disputes about visits of a period."""
    if view is None:
        return []
    banks = queries.list_banks(plan_id=view.plan_id, number=view.period.number)
    return queries.list_disputes(bank_ids=[b.id for b in banks])


def number_asked() -> int | None:
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
