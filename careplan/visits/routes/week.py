"""A provider's week, confirmed by exception; whole shifts, and what down time served."""

from datetime import date, timedelta
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section, role_alone_allows
from careplan.kernel.clock import end_of_day, local_date, start_of_day, utc_now
from careplan.kernel.errors import Conflict, DomainError, NotFound
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.visits import queries, service
from careplan.visits.domain.drawing import outcome_of
from careplan.visits.domain.incoming import Sender
from careplan.visits.domain.rota import week_of
from careplan.visits.domain.shift import DOWN_IN_SHIFT, SHIFT, USE_WORDS
from careplan.visits.domain.verdict import VerdictStatus
from careplan.visits.forms.shifts import DowntimeForm, ShiftForm
from careplan.visits.queries.confirming import get_week, list_accounts_of_shifts
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.planning import own_workers
from careplan.visits.routes.rota import asked_day
from careplan.visits.schemas import read_entry
from careplan.web import page

A_WEEK = timedelta(days=7)


@blueprint.get("/provider/week")
@guard.listing(Section.PROVIDER_DAY)
def show_week() -> str:
    """What waits to be confirmed of a week; last week where none is asked for."""
    now, actor = utc_now(), guard.actor()
    if actor.organisation_id is None:
        raise NotFound
    week = get_week(provider_id=actor.organisation_id, day=_asked_week(), now=now)
    visits = [*week.unchanged, *(e.visit for e in week.exceptions)]
    known = people.list_people_by_id(person_ids={v.person_id for v in visits})
    guard.show(known)
    names = access.list_account_names(account_ids={w for v in visits for w in (*v.workers, *v.came)})
    return page(
        "visits/week.html",
        week=week,
        persons={i: p.name for i, p in known.items()},
        names=names,
        outcome_of=outcome_of,
        before=week.days[0] - A_WEEK,
        after=week.days[0] + A_WEEK,
        today=local_date(now),
        may_confirm=role_alone_allows(role=actor.role, section=Section.PROVIDER_DAY, action=Action.WRITE),
    )


@blueprint.post("/provider/week")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def confirm_unchanged() -> ResponseReturnValue:
    """Confirms all that went as planned."""
    day = _asked_week()
    concerned = service.confirm_unchanged(day=day, actor=guard.actor(), now=utc_now())
    guard.show(concerned)
    flash("Confirmed. What did not go as planned stands below, one by one.")
    return redirect(url_for("visits.show_week", week=day.isoformat()), 303)


@blueprint.post("/provider/week/<uuid:week_visit_id>")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def confirm_exception(week_visit_id: UUID) -> ResponseReturnValue:
    """Confirms one visit that did not go as planned."""
    day = _asked_week()
    try:
        visit = service.confirm_exception(visit_id=week_visit_id, actor=guard.actor(), now=utc_now())
        guard.show([visit.person_id])
        day = local_date(queries.place_of(visit).starts_at)
    except Conflict as refused:
        flash(refused.message, "error")
    return redirect(url_for("visits.show_week", week=day.isoformat()) + "#exceptions", 303)


@blueprint.route("/provider/shifts", methods=["GET", "POST"])
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def plan_shifts() -> ResponseReturnValue:
    """A week's whole shifts: time with people, and down time by what it served; and one more."""
    now, actor = utc_now(), guard.actor()
    if actor.organisation_id is None:
        raise NotFound
    names, form = own_workers(), ShiftForm()
    form.offer(names)
    if form.validate_on_submit():
        try:
            starts_at, ends_at = form.times()
            service.plan_shift(
                worker_id=UUID(form.worker.data), starts_at=starts_at, ends_at=ends_at, actor=actor, now=now
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The shift is planned.")
            return redirect(url_for("visits.plan_shifts", week=form.day.data.isoformat()), 303)
    week = week_of(asked_day(request.args.get("week"), local_date(now)))
    accounts = list_accounts_of_shifts(
        organisation_id=actor.organisation_id, since=start_of_day(week[0]), until=end_of_day(week[-1])
    )
    html = page(
        "visits/shifts.html", form=form, week=week, accounts=accounts, names=names, use_words=USE_WORDS,
        before=week[0] - A_WEEK, after=week[0] + A_WEEK, shift=SHIFT, down=DOWN_IN_SHIFT,
    )  # fmt: skip
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/round/down-time", methods=["GET", "POST"])
@guard.role(Section.VISITS, Action.RECORD)
def log_down_time() -> ResponseReturnValue:
    """A worker says what a while of the shift served; it goes the way that a tablet's records go."""
    form, now = DowntimeForm(), utc_now()
    if form.validate_on_submit():
        body = {
            "id": form.record.data, "kind": "downtime", "occurred_at": now.isoformat(),
            "minutes": form.minutes.data, "use": form.use.data, "note": form.note.data or None,
        }  # fmt: skip
        sender = Sender(guard.actor(), route="POST /round/down-time")
        verdict = service.receive_one(entry=read_entry(body), sender=sender, now=now)
        if verdict.status is VerdictStatus.ACCEPTED:
            flash("Saved.")
            return redirect("/round", 303)
        form.form_errors = [*form.form_errors, str(verdict.said["message"])]
    form.record.data = form.record.data or str(new_id())
    return page("visits/down_time.html", form=form), 422 if form.errors or form.form_errors else 200


def _asked_week() -> date:
    return asked_day(request.args.get("week"), local_date(utc_now()) - A_WEEK)
