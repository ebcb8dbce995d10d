"""Adherence to a delegated activity: what the planned visits took in, against what was recorded."""

from datetime import timedelta
from uuid import UUID

from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegations
from careplan.delegation.domain.adherence import WeekOfDoing, weeks_of
from careplan.kernel.clock import end_of_day, local_date, start_of_day, utc_now
from careplan.people import queries as people
from careplan.visits.queries.adherence import list_expected
from careplan.visits.routes.blueprint import blueprint
from careplan.web import page

WEEKS = 8


@blueprint.get("/delegations/<uuid:delegation_id>/adherence")
@guard.person(Section.DELEGATION, Action.READ, of=delegations.find_person_of_delegation)
def show_adherence(delegation_id: UUID) -> ResponseReturnValue:
    """Eight weeks of an activity: planned, done, declined, not done, not recorded."""
    now = utc_now()
    found = delegations.get_delegation(delegation_id=delegation_id)
    today = local_date(now)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = start_of_day(first)
    weeks = weeks_of(
        list_expected(delegation_id=delegation_id, since=since, until=end_of_day(today)),
        delegations.list_occasions(delegation_id=delegation_id, since=since),
        first=first,
        weeks=WEEKS,
        now=now,
    )
    return page(
        "visits/adherence.html", delegation=found, weeks=weeks, sentence=_sentence(weeks),
        person=people.get_person(person_id=found.person_id),
    )  # fmt: skip


def _sentence(weeks: list[WeekOfDoing]) -> str:
    expected, missing = sum(w.expected for w in weeks), sum(w.missing for w in weeks)
    done, kept = sum(w.done for w in weeks), sum(w.kept for w in weeks)
    if not expected:
        return f"No visit was planned with this activity in these weeks. It was done {done} times all the same."
    share = 100 * kept // expected
    beside = f" {done - kept} times it was done without a plan." if done > kept else ""
    silent = f" {missing} times nothing was recorded." if missing else ""
    return f"Done at {kept} of {expected} planned times in {len(weeks)} weeks: {share} in 100.{beside}{silent}"
