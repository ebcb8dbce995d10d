"""Visits for tests: a person with an agreed plan, two care workers, and what their tablets send."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans.domain.plan import PlanVersion
from careplan.visits import service
from careplan.visits.domain.visit import Visit
from tests.factories.organisations import make_account
from tests.factories.plans import Around, make_agreed, make_around
from tests.keeping import remembered

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Care:
    """Margaret, her plan in force, and the two who come to her."""

    around: Around
    version: PlanVersion
    joy: Actor
    sam: Actor

    @property
    def person_id(self) -> UUID:
        return self.around.person_id

    @property
    def outcome_id(self) -> UUID:
        return self.version.content.outcomes[0].id


@remembered
def make_care(*, now: datetime | None = None, starts_on: date | None = None, **said: Any) -> Care:
    """A person whose plan has been in force for a week; the caller's session must see everything."""
    agreed_at = (now or utc_now()) - A_WEEK
    around = make_around(now=agreed_at)
    version = make_agreed(around, now=agreed_at, starts_on=starts_on or agreed_at.date(), **said)
    joy = make_account(Role.CARE_WORKER, organisation=around.provider, name="Joy Mensah")
    sam = make_account(Role.CARE_WORKER, organisation=around.provider, name="Sam Reed")
    return Care(around, version, joy, sam)


def make_visit(care: Care, *, start: datetime, minutes: int = 60, worker: Actor | None = None, **said: Any) -> Visit:
    """A planned visit of Joy's, or of whom the test says."""
    return service.plan_visit(
        person_id=care.person_id,
        planned_start=start,
        planned_end=start + timedelta(minutes=minutes),
        workers=said.pop("workers", [(worker or care.joy).account_id]),
        actor=care.around.coordinator,
        now=said.pop("now", start - timedelta(days=1)),
        **said,
    )


def visit_body(
    care: Care, *, start: datetime, minutes: int = 60, visit: Visit | None = None, **said: Any
) -> dict[str, Any]:
    """A visit as a tablet sends it."""
    end = start + timedelta(minutes=minutes)
    usual: dict[str, Any] = {
        "id": str(new_id()),
        "kind": "visit",
        "person": str(care.person_id),
        "visit": str(visit.id) if visit else None,
        "plan_version": care.version.number,
        "occurred_at": end.isoformat(),
        "started_at": start.isoformat(),
        "ended_at": end.isoformat(),
        "result": "completed",
        "workers": [],
    }
    return {**usual, **said}


def rating_body(care: Care, *, at: datetime, level: Any = 1, **said: Any) -> dict[str, Any]:
    """A note of progress as a tablet sends it."""
    usual: dict[str, Any] = {
        "id": str(new_id()),
        "kind": "rating",
        "person": str(care.person_id),
        "plan_version": care.version.number,
        "occurred_at": at.isoformat(),
        "outcome": str(care.outcome_id),
        "level": level,
    }
    return {**usual, **said}


def envelope(worker: Actor, records: list[dict[str, Any]], **said: Any) -> dict[str, Any]:
    """What carries records, with a clock that is right."""
    usual: dict[str, Any] = {
        "v": 1,
        "device": str(new_id()),
        "shell": "test",
        "worker": str(worker.account_id),
        "sent_at": utc_now().isoformat(),
        "records": records,
    }
    return {**usual, **said}
