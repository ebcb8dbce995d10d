"""What is done about a concern: each a fact that stays, with who did it and when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role


class StepKind(StrEnum):
    """The kinds of step. Done, lifted and shown each end an earlier one."""

    REMINDED = "reminded"
    ACKNOWLEDGED = "acknowledged"
    NOTE = "note"
    DECIDED = "decided"
    ACTION = "action"
    DONE = "done"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    WITHHELD = "withheld"
    SHOWN = "shown"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    StepKind.REMINDED: "The safeguarding lead was reminded",
    StepKind.ACKNOWLEDGED: "Taken up",
    StepKind.NOTE: "Note",
    StepKind.DECIDED: "Decision about an enquiry",
    StepKind.ACTION: "To be done",
    StepKind.DONE: "Done",
    StepKind.SUSPENDED: "Access suspended",
    StepKind.LIFTED: "Suspension lifted",
    StepKind.WITHHELD: "Lines of the access log withheld",
    StepKind.SHOWN: "Lines of the access log shown again",
    StepKind.CLOSED: "Closed",
}
# What each of these ends.
ENDS = {
    StepKind.DONE: StepKind.ACTION,
    StepKind.LIFTED: StepKind.SUSPENDED,
    StepKind.SHOWN: StepKind.WITHHELD,
}
# A provider is told how far its concern has come, and what is to be done; what the council weighs stays with it.
SHOWN_TO_PROVIDERS = frozenset({StepKind.ACKNOWLEDGED, StepKind.ACTION, StepKind.DONE, StepKind.CLOSED})


class Outcome(StrEnum):
    """How a concern ended."""

    RISK_REMOVED = "risk_removed"
    RISK_REDUCED = "risk_reduced"
    RISK_REMAINS = "risk_remains"
    NOT_FOUNDED = "not_founded"
    TAKEN_ELSEWHERE = "taken_elsewhere"

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    Outcome.RISK_REMOVED: "The risk is gone",
    Outcome.RISK_REDUCED: "The risk is less",
    Outcome.RISK_REMAINS: "The risk remains, as the person wishes",
    Outcome.NOT_FOUNDED: "There was nothing to it",
    Outcome.TAKEN_ELSEWHERE: "Others took it over",
}


class Enquiry(StrEnum):
    """Whether the council makes an enquiry under section 42 of the Care Act."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `due_on` is the day of an action, or of the review of a suspension or withholding; `answers` is the
    step that this one ends; `contact_id` is who is suspended; reminders have a `number`.
    """

    id: UUID
    kind: StepKind
    words: str
    at: datetime
    by: UUID
    enquiry: bool | None = None
    who: str | None = None
    due_on: date | None = None
    outcome: Outcome | None = None
    contact_id: UUID | None = None
    answers: UUID | None = None
    number: int | None = None


def shows_to(role: Role, kind: StepKind) -> bool:
    """Whether a step of this kind is for a reader of this role, who may read the concern."""
    return role is not Role.PROVIDER_COORDINATOR or kind in SHOWN_TO_PROVIDERS
