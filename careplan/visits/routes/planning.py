"""A person's visits as they are planned: what recurs, what comes next, and whom they wish to come."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegation
from careplan.hours import queries as hours
from careplan.hours.domain.view import BankView
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.period import DAYS_IN_PERIOD
from careplan.kernel.words import day
from careplan.people import queries as people
from careplan.people.domain.language import language_name
from careplan.plans import queries as plans
from careplan.visits import queries, service
from careplan.visits.domain.fitting import Caution, Unheeded, WishNotMet
from careplan.visits.domain.pattern import Pattern, days_words, weeks_words
from careplan.visits.forms.planning import PatternForm, StopForm, WishesForm, said_of_wishes
from careplan.visits.queries.patterns import find_wishes, get_pattern, list_patterns
from careplan.visits.queries.round import has_ended
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import Line, line_of
from careplan.web import page

plan_visits = guard.person(Section.VISITS, Action.WRITE)
SHOWN_AHEAD = 20


@blueprint.get("/people/<uuid:person_id>/visits")
@guard.person(Section.VISITS, Action.READ)
def show_plan_of_visits(person_id: UUID) -> str:
    """What recurs, what comes next, and how it stands with the hours."""
    now, actor = utc_now(), guard.actor()
    today = local_date(now)
    patterns = list_patterns(person_id=person_id, since=today)
    coming = queries.list_next_visits(person_id=person_id, now=now, limit=SHOWN_AHEAD)
    workers = {w for v in coming for w in v.workers} | {w for p in patterns for w in p.wanted.workers}
    names = access.list_account_names(account_ids=workers)
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    return page(
        "visits/planned.html",
        person=people.get_person(person_id=person_id),
        patterns=patterns,
        names=names,
        coming=_by_day([line_of(v, names, {}, now) for v in coming]),
        banks=_banks(person_id, now) if (Section.HOURS, Action.READ) in allowed else [],
        wishes=find_wishes(person_id=person_id),
        language_name=language_name,
        days_words=days_words,
        weeks_words=weeks_words,
        may_plan=(Section.VISITS, Action.WRITE) in allowed,
        may_open=actor.role is not Role.CARE_WORKER,
    )


@blueprint.route("/people/<uuid:person_id>/visits/plan", methods=["GET", "POST"])
@plan_visits
def plan_pattern(person_id: UUID) -> ResponseReturnValue:
    """Plans a visit once, or one that recurs; what is to be known first is shown before anything is planned."""
    form, cautions = PatternForm(), tuple[Caution, ...]()
    _offer(form, person_id)
    if form.validate_on_submit():
        try:
            made = service.plan_pattern(
                pattern_id=form.pattern_id, person_id=person_id, wanted=form.wanted(), heeded=form.heeded,
                actor=guard.actor(), now=utc_now(),
            )  # fmt: skip
        except (Unheeded, WishNotMet) as refused:
            cautions = refused.cautions
            _show_cautions(form, refused)
        except DomainError as refused:
            form.show(refused)
        else:
            number = "1 visit is" if made.visits == 1 else f"{made.visits} visits are"
            flash(f"{number} planned, until {day(made.until)}.")
            return redirect(url_for("visits.show_plan_of_visits", person_id=person_id), 303)
    html = page(
        "visits/plan.html", form=form, person=people.get_person(person_id=person_id), cautions=cautions,
        wish=any(c.is_wish for c in cautions),
    )  # fmt: skip
    return html, 422 if form.errors or form.form_errors or cautions else 200


@blueprint.route("/people/<uuid:person_id>/visits/patterns/<uuid:pattern_id>/stop", methods=["GET", "POST"])
@plan_visits
def stop_pattern(person_id: UUID, pattern_id: UUID) -> ResponseReturnValue:
    """From a day on the pattern brings no visits."""
    pattern, form = _pattern(person_id, pattern_id), StopForm()
    if form.validate_on_submit():
        try:
            number = service.stop_pattern(
                pattern_id=pattern_id, from_day=form.from_day.data, reason=form.reason.data or "",
                actor=guard.actor(), now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash(f"{number} visits are called off." if number != 1 else "1 visit is called off.")
            return redirect(url_for("visits.show_plan_of_visits", person_id=person_id), 303)
    person = people.get_person(person_id=person_id)
    html = page("visits/stop.html", form=form, person=person, pattern=pattern, days_words=days_words)
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/people/<uuid:person_id>/visits/wishes", methods=["GET", "POST"])
@plan_visits
def record_wishes(person_id: UUID) -> ResponseReturnValue:
    """Whom the person wishes to come, as they said it."""
    form = WishesForm(data=said_of_wishes(find_wishes(person_id=person_id)))
    if form.validate_on_submit():
        service.record_wishes(person_id=person_id, wishes=form.wishes(), actor=guard.actor(), now=utc_now())
        flash("Saved.")
        return redirect(url_for("visits.show_plan_of_visits", person_id=person_id), 303)
    html = page("visits/wishes.html", form=form, person=people.get_person(person_id=person_id))
    return html, 422 if form.errors else 200


def _by_day(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """Lines of planned visits under the London day on which each begins."""
    found: dict[date, list[Line]] = {}
    for line in lines:
        if line.visit.planned_start is not None:
            found.setdefault(local_date(line.visit.planned_start), []).append(line)
    return list(found.items())


def _offer(form: PatternForm, person_id: UUID) -> None:
    now, actor = utc_now(), guard.actor()
    version = plans.find_in_force(person_id=person_id, at=now)
    funders = dict.fromkeys(g.funder for g in version.content.hours.grants) if version else {}
    given = [
        d
        for d in delegation.list_delegations(person_id=person_id)
        if d.provider_id == actor.organisation_id and not has_ended(d, now)
    ]
    form.offer(workers=own_workers(), activities=given, funders=funders)


def own_workers() -> dict[UUID, str]:
    """The care workers of the actor's organisation, by name."""
    found = access.list_accounts(organisation_id=guard.actor().organisation_id, role=Role.CARE_WORKER)
    return {a.account_id: a.name for a in found}


def _show_cautions(form: PatternForm, refused: Unheeded | WishNotMet) -> None:
    if isinstance(refused, WishNotMet):
        form.show(refused)
    form.shown(refused.cautions)


def _pattern(person_id: UUID, pattern_id: UUID) -> Pattern:
    found = get_pattern(pattern_id=pattern_id)
    if found.person_id != person_id or found.provider_id != guard.actor().organisation_id:
        raise NotFound("There is no such pattern.")
    return found


def _banks(person_id: UUID, now: datetime) -> list[BankView]:
    """How much is planned in this period and the next."""
    today = local_date(now)
    found = [
        hours.find_bank_view(today=on, person_id=person_id)
        for on in (today, today + timedelta(days=DAYS_IN_PERIOD))
    ]
    return [b for b in found if b is not None]
