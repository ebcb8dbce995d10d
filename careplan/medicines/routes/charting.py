"""The chart of four weeks; which delegation covers a medicine; what the provider says to an alert."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegations
from careplan.delegation.domain.delegation import State, state_at
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.medicines import queries, service
from careplan.medicines.domain.chart import DAYS, Line
from careplan.medicines.domain.dose import DoseResult
from careplan.medicines.forms import LinkForm
from careplan.medicines.routes.blueprint import blueprint
from careplan.people import queries as people
from careplan.people.domain import known
from careplan.web import page
from careplan.web.forms import choices

EARLIEST_YEAR = 2000


@blueprint.get("/people/<uuid:person_id>/medicines")
@guard.person(Section.DOOR, Action.READ)
def show_chart(person_id: UUID) -> ResponseReturnValue:
    """Four weeks of every medicine: on paper and wide screens as a chart, on small ones as a list."""
    now, actor = utc_now(), guard.actor()
    first = _first_day(request.args.get("from"), today=local_date(now))
    lines = queries.get_chart(person_id=person_id, first=first, now=now)
    due = {d.medicine.id: d for d in queries.list_due(person_id=person_id, now=now)}
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    return page(
        "medicines/chart.html", person=people.get_person(person_id=person_id), lines=lines, due=due, first=first,
        days=[first + timedelta(days=n) for n in range(DAYS)], today=local_date(now), results=tuple(DoseResult),
        allergies=people.get_allergies(person_id=person_id), names=_names(lines),
        earlier=first - timedelta(days=DAYS), later=first + timedelta(days=DAYS),
        activities={d.id: d.activity for d in delegations.list_delegations(person_id=person_id)},
        may_correct=(Section.DOOR, Action.RECORD) in allowed,
        may_read_delegations=(Section.DELEGATION, Action.READ) in allowed,
        may_link=(Section.DELEGATION, Action.WRITE) in allowed,
    )  # fmt: skip


@blueprint.route("/people/<uuid:person_id>/medicines/<uuid:medicine_id>/delegation", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE)
def link(person_id: UUID, medicine_id: UUID) -> ResponseReturnValue:
    """A nurse or a coordinator says by which delegated activity a medicine is given."""
    now = utc_now()
    standing = known.standing(people.list_medicines(person_id=person_id))
    medicine = next((m for m in standing if m.id == medicine_id), None)
    if medicine is None or not medicine.details.technique:
        raise NotFound("There is no such medicine on this record.")
    form = LinkForm()
    form.delegation.choices = choices(_offered(person_id, now))
    if form.validate_on_submit():
        try:
            service.link_delegation(
                person_id=person_id, medicine_id=medicine_id, delegation_id=UUID(form.delegation.data),
                actor=guard.actor(), now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. Each time it is given counts as one doing of that activity.")
            return redirect(f"/people/{person_id}/medicines", 303)
    person = people.get_person(person_id=person_id)
    return page("medicines/link.html", form=form, person=person, medicine=medicine), 422 if form.errors else 200


@blueprint.post("/medicines/alerts/<uuid:medicine_alert_id>")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def acknowledge(medicine_alert_id: UUID) -> ResponseReturnValue:
    """The coordinator says what was done about it."""
    words = request.form.get("words", "")
    try:
        row = service.acknowledge_alert(alert_id=medicine_alert_id, words=words, actor=guard.actor(), now=utc_now())
        guard.show([row.person_id])
        flash("Thank you. It is written down.")
    except DomainError as refused:
        if isinstance(refused, NotFound):
            raise
        flash(refused.message, "error")
    return redirect("/provider#medicines", 303)


def _first_day(typed: str | None, *, today: date) -> date:
    """The Monday three weeks before this week's, or of the week that was asked for."""
    try:
        asked = date.fromisoformat(typed or "")
    except ValueError:
        asked = today - timedelta(weeks=3)
    if not EARLIEST_YEAR <= asked.year <= today.year + 1:
        asked = today - timedelta(weeks=3)
    return asked - timedelta(days=asked.weekday())


def _names(lines: Sequence[Line]) -> dict[UUID, str]:
    doses = [c.dose for line in lines for row in line.rows for c in row.cells if c.dose]
    beside = [d for line in lines for d in (*line.others, *(x for c in line.corrected for x in (c.was, c.now)))]
    workers = {d.worker_id for d in (*doses, *beside)}
    copiers = {i for line in lines for i in (line.medicine.recorded_by, line.medicine.checked_by) if i is not None}
    return access.list_account_names(account_ids=workers | copiers)


def _offered(person_id: UUID, now: datetime) -> list[tuple[str, str]]:
    over = (State.WITHDRAWN, State.EXPIRED)
    found = delegations.list_delegations(person_id=person_id)
    return [(str(d.id), d.activity) for d in found if state_at(d, now) not in over]
