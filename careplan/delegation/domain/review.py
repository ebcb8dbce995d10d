"""A review of a delegation: what the professional found, and whether it goes on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem


class Decision(StrEnum):
    """What came of a review."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"

    @property
    def words(self) -> str:
        return DECISION_WORDS[self]


DECISION_WORDS = {
    Decision.CONTINUE: "It goes on as it is",
    Decision.CHANGE: "It goes on, and the instruction is to change",
    Decision.STOP: "It stops",
}


@dataclass(frozen=True, slots=True)
class DelegationReview:
    """One review, held on a London date; `next_on` is when the next is due, None where it stopped."""

    id: UUID
    delegation_id: UUID
    held_on: date
    findings: str
    decision: Decision
    next_on: date | None
    by: UUID
    at: datetime


def check_review(*, held_on: date, findings: str, decision: Decision, next_on: date | None, today: date) -> None:
    """Raises Invalid with everything that is wrong."""
    checks = (
        (held_on > today, "held_on", "A review is written down once it was held."),
        (not findings.strip(), "findings", "Say what you found."),
        (decision is not Decision.STOP and next_on is None, "next_on", "Say when you look at it again."),
        (next_on is not None and next_on <= held_on, "next_on", "The next review comes after this one."),
        (decision is Decision.STOP and next_on is not None, "next_on", "It stops, so there is no next review."),
    )
    problems = tuple(Problem(field, words) for wrong, field, words in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)
