"""What Margaret said was wrong: a complaint that was answered, one that should have been, and a visit cut short."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from careplan.complaints import service
from careplan.complaints.domain.complaint import About, FollowUp
from careplan.demo.council.cast import Cast
from careplan.visits.domain.dispute import DisputeKind
from careplan.visits.domain.visit import Status
from careplan.visits.queries import list_past_visits

WORKING_DAYS = 10


def complain(person_id: UUID, *, cast: Cast, ago: Callable[..., datetime]) -> None:
    """`ago` gives a time of day so many days ago."""
    citizen = cast["citizen"]
    answered = service.complain(
        person_id=person_id, about=About.CARE, words="They wear their shoes on my new carpet.",
        wanted="Shoes off, or covers on.", days=WORKING_DAYS, actor=citizen, now=ago(30),
    )  # fmt: skip
    service.answer_complaint(
        complaint_id=answered.id,
        words="You are right, and we are sorry. Everyone who comes to you has covers for their shoes now.",
        follow_up=FollowUp.APOLOGY,
        actor=cast["provider-coordinator"],
        now=ago(26),
    )
    service.complain(
        person_id=person_id, about=About.PLAN, words="Nobody has rung me back about the day centre.",
        wanted="A telephone call.", days=WORKING_DAYS, actor=citizen, now=ago(24),
    )  # fmt: skip
    done = [v for v in list_past_visits(person_id=person_id, now=ago(2)) if v.status is Status.COMPLETED]
    service.dispute_visit(
        person_id=person_id, visit_id=done[0].id, kind=DisputeKind.SHORT,
        words="He had his coat on the whole time.", days=WORKING_DAYS, actor=citizen, now=ago(1, time(18, 0)),
    )  # fmt: skip
