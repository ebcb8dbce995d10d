"""A complaint as it was made, its answer, and how it stands."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.visits.domain.dispute import DisputeKind


class About(StrEnum):
    """What a complaint is about."""

    VISIT = "visit"
    CARE = "care"
    PLAN = "plan"
    MONEY = "money"
    OTHER = "other"

    @property
    def words(self) -> str:
        return ABOUT_WORDS[self]


ABOUT_WORDS = {
    About.VISIT: "A visit",
    About.CARE: "The people who come, or the care",
    About.PLAN: "The plan or the hours",
    About.MONEY: "Money",
    About.OTHER: "Something else",
}
# What the council does is not the provider's to answer, nor to read.
FOR_PROVIDERS = frozenset({About.VISIT, About.CARE})


class FollowUp(StrEnum):
    """What follows from a complaint."""

    CORRECTED = "corrected"
    PUT_RIGHT = "put_right"
    APOLOGY = "apology"
    NO_CHANGE = "no_change"

    @property
    def words(self) -> str:
        return FOLLOW_UP_WORDS[self]


FOLLOW_UP_WORDS = {
    FollowUp.CORRECTED: "The visit was recorded anew",
    FollowUp.PUT_RIGHT: "It is put right",
    FollowUp.APOLOGY: "We say sorry",
    FollowUp.NO_CHANGE: "Nothing changes",
}


class State(StrEnum):
    """How a complaint stands; derived from its answer and the day."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by whom, and what follows; `record_id` is the new record of a visit that was corrected."""

    words: str
    follow_up: FollowUp
    at: datetime
    by: UUID
    record_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody said was wrong, and by which day it is answered. `provider_id` is whose visit is disputed."""

    id: UUID
    person_id: UUID
    reference: str
    about: About
    words: str | None
    wanted: str | None
    answer_by: date
    made_at: datetime
    made_by: UUID
    dispute: DisputeKind | None = None
    visit_id: UUID | None = None
    provider_id: UUID | None = None
    answer: Answer | None = None

    def state(self, today: date) -> State:
        if self.answer is not None:
            return State.ANSWERED
        return State.OVERDUE if today > self.answer_by else State.WAITING

    def is_for(self, actor: Actor) -> bool:
        """Whether it is this reader's to see, of those who may read complaints about the person."""
        if actor.role is not Role.PROVIDER_COORDINATOR:
            return True
        return self.about in FOR_PROVIDERS and self.provider_id in (None, actor.organisation_id)


def reference_of(complaint_id: UUID) -> str:
    """What one says on the telephone, such as 'K7QF-2M9X': forty bits that were made by chance."""
    letters = base64.b32encode(complaint_id.bytes[-5:]).decode()
    return f"{letters[:4]}-{letters[4:]}"
