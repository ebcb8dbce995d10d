"""What a social worker or team manager has to do today for all their people, the most pressing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.complaints.domain.complaint import Complaint
from careplan.kernel.clock import start_of_day
from careplan.kernel.words import duration, listed, short_day
from careplan.plans.domain.calling import Calling, Due
from careplan.plans.domain.state import Party

OTHERS = {Party.PERSON: "the person", Party.PROVIDER: "the provider", Party.COUNCIL: "the council"}


class Press(IntEnum):
    """How pressing it is; within one, what has waited longest comes first."""

    OVERDUE = 0
    HOURS = 1
    YOURS = 2
    CHANGES = 3
    UNFINISHED = 4
    OTHERS = 5
    SOON = 6


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do for one person: the sentence, and the page where one does it."""

    person_id: UUID
    press: Press
    since: datetime
    words: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Contingency that waits for a decision."""

    person_id: UUID
    minutes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An assessment that is being written."""

    person_id: UUID
    started_at: datetime


def todos(
    *,
    role: Role,
    calling: Iterable[Calling],
    due: Iterable[Due],
    asked: Iterable[Asked],
    unfinished: Iterable[Unfinished],
    complaints: Iterable[Complaint],
    today: date,
) -> list[Todo]:
    """Everything that waits, the most pressing first."""
    found = [todo for plan in calling for todo in _of_plan(role, plan)]
    found += [_due(item, today) for item in due]
    found += [
        Todo(a.person_id, Press.HOURS, a.at, f"{duration(a.minutes)} of contingency asked for", "/requests", "Decide")
        for a in asked
    ]
    found += [
        Todo(
            u.person_id, Press.UNFINISHED, u.started_at, f"Assessment begun on {short_day(u.started_at)}, not finished",
            f"/people/{u.person_id}/assessment", "Go on",
        )
        for u in unfinished
    ]  # fmt: skip
    found += [_complaint(complaint, today) for complaint in complaints]
    return sorted(found, key=lambda todo: (todo.press, todo.since, todo.person_id))


def _complaint(complaint: Complaint, today: date) -> Todo:
    late = complaint.answer_by < today
    words = f"A complaint {'was' if late else 'is'} to be answered by {short_day(complaint.answer_by)}"
    press = Press.OVERDUE if late else Press.YOURS
    since = start_of_day(complaint.answer_by) if late else complaint.made_at
    return Todo(complaint.person_id, press, since, words, f"/complaints/{complaint.id}", "Answer")


def _of_plan(role: Role, plan: Calling) -> Sequence[Todo]:
    found = []
    if plan.proposed_at is not None and plan.outstanding:
        found.append(_agreement(role, plan, plan.proposed_at))
    if plan.suggested_at is not None and role is Role.SOCIAL_WORKER:
        words = "A change is suggested" if plan.suggestions == 1 else f"{plan.suggestions} changes are suggested"
        found.append(Todo(plan.person_id, Press.CHANGES, plan.suggested_at, words, f"/plans/{plan.plan_id}", "Decide"))
    return found


def _agreement(role: Role, plan: Calling, since: datetime) -> Todo:
    """Above the social worker's limit a version waits for the manager, below it never."""
    signs = Role.TEAM_MANAGER if plan.with_manager else Role.SOCIAL_WORKER
    said = f"Version {plan.proposed} waits for"
    address = f"/plans/{plan.plan_id}/agreements"
    if Party.COUNCIL in plan.outstanding and role is signs:
        address = "/authorise" if role is Role.TEAM_MANAGER else address
        words = f"{said} you to agree, since {short_day(since)}"
        return Todo(plan.person_id, Press.YOURS, since, words, address, "Read and answer")
    who = listed([OTHERS[party] for party in plan.outstanding])
    words = f"{said} {who} to agree, since {short_day(since)}"
    return Todo(plan.person_id, Press.OTHERS, since, words, address, "Open")


def _due(item: Due, today: date) -> Todo:
    late = item.due_on < today
    what = "A full plan" if item.is_interim else "A review"
    words = f"{what} {'was' if late else 'is'} due by {short_day(item.due_on)}"
    press = Press.OVERDUE if late else Press.SOON
    link = "Write it" if item.is_interim else "Open the plan"
    return Todo(item.person_id, press, start_of_day(item.due_on), words, f"/plans/{item.plan_id}", link)
