"""Reviews for tests, and the next version that rests on one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.plans.domain.plan import PlanVersion
from careplan.reviews import service
from careplan.reviews.domain.review import Figures, Kind, Met, Reason, Review, Said


def unplanned(*, now: datetime | None = None, **said: Any) -> Said:
    """What is written down when somebody asked for a change, with what the test says otherwise."""
    usual: dict[str, Any] = {
        "kind": Kind.UNPLANNED,
        "reason": Reason.REQUEST,
        "held_on": local_date(now or utc_now()),
        "took_part": "Margaret, her sister Jean, Harbour Care",
        "words": "Margaret wants to go out more.",
        "after": Figures(Pence(33_600), Minutes(900)),
    }
    return Said(**{**usual, **said})


def planned(*, now: datetime | None = None, **said: Any) -> Said:
    """What is written down at the review that the plan had set, with what the test says otherwise."""
    held_on = said.get("held_on", local_date(now or utc_now()))
    usual = {"kind": Kind.PLANNED, "reason": None, "met": Met.PARTIALLY, "next_on": held_on + timedelta(days=180)}
    return unplanned(now=now, **{**usual, **said})


def make_review(*, plan_id: UUID, actor: Actor, now: datetime | None = None, said: Said | None = None) -> Review:
    """A review of the version in force, because somebody asked for a change."""
    now = now or utc_now()
    return service.record_review(
        review_id=new_id(), plan_id=plan_id, said=said or unplanned(now=now), actor=actor, now=now
    )


def begin_next(*, plan_id: UUID, actor: Actor, now: datetime | None = None) -> PlanVersion:
    """The draft of the next version of a plan in force, on a review of it."""
    review = make_review(plan_id=plan_id, actor=actor, now=now)
    return service.begin_next_version(plan_id=plan_id, review_id=review.id, actor=actor, now=now or utc_now())
