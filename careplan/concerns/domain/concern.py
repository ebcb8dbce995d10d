"""Worries about somebody's safety, kept apart from everything that the person, a representative or a carer sees."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.concerns.domain import deadline
from careplan.concerns.domain.step import Step, StepKind


class ConcernCategory(StrEnum):
    """What the worry is about: the kinds of abuse and neglect that the Care Act's guidance names."""

    PHYSICAL = "physical"
    DOMESTIC = "domestic"
    SEXUAL = "sexual"
    PSYCHOLOGICAL = "psychological"
    FINANCIAL = "financial"
    MODERN_SLAVERY = "modern_slavery"
    DISCRIMINATORY = "discriminatory"
    ORGANISATIONAL = "organisational"
    NEGLECT = "neglect"
    SELF_NEGLECT = "self_neglect"
    OTHER = "other"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    ConcernCategory.PHYSICAL: "Being hurt",
    ConcernCategory.DOMESTIC: "Violence or control at home",
    ConcernCategory.SEXUAL: "Sexual abuse",
    ConcernCategory.PSYCHOLOGICAL: "Threats, shouting or being cut off from others",
    ConcernCategory.FINANCIAL: "Money or belongings",
    ConcernCategory.MODERN_SLAVERY: "Modern slavery",
    ConcernCategory.DISCRIMINATORY: "Being treated badly for who they are",
    ConcernCategory.ORGANISATIONAL: "Poor care by a service",
    ConcernCategory.NEGLECT: "Not getting the care they need",
    ConcernCategory.SELF_NEGLECT: "Not looking after themselves",
    ConcernCategory.OTHER: "Something else",
}


class AllegedKind(StrEnum):
    """What somebody who is alleged is on the record; not known is said apart from not asked."""

    ACCOUNT = "account"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alleged:
    """Who is said to have done it; the id is that of the account, organisation or contact."""

    kind: AllegedKind
    id: UUID | None = None


class State(StrEnum):
    """How far a concern has come; derived from what was done."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ENQUIRY = "enquiry"
    NO_ENQUIRY = "no_enquiry"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return STATE_WORDS[self]


STATE_WORDS = {
    State.NEW: "nobody has taken it up yet",
    State.ACKNOWLEDGED: "taken up, not decided",
    State.ENQUIRY: "enquiry under way",
    State.NO_ENQUIRY: "no enquiry",
    State.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern as it was raised, who is alleged, and what was done about it, in the order in which it was done.

    Nothing in it changes afterwards; `alleged` is empty where nobody has asked who it was.
    """

    id: UUID
    person_id: UUID
    category: ConcernCategory
    words: str
    immediate_danger: bool
    persons_wishes: str | None
    raised_by: UUID
    raised_at: datetime
    told: tuple[str, ...] = ()
    visit_id: UUID | None = None
    alleged: tuple[Alleged, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def due_by(self) -> datetime:
        """By when the safeguarding lead must have taken it up."""
        return deadline.due_by(raised_at=self.raised_at, immediate_danger=self.immediate_danger)

    @property
    def acknowledged(self) -> Step | None:
        return self._latest(StepKind.ACKNOWLEDGED)

    @property
    def decision(self) -> Step | None:
        """The latest decision whether there is to be an enquiry."""
        return self._latest(StepKind.DECIDED)

    @property
    def closing(self) -> Step | None:
        return self._latest(StepKind.CLOSED)

    @property
    def last_reminder(self) -> int:
        """The number of the last reminder that went to the safeguarding leads."""
        return max((s.number or 0 for s in self.steps), default=0)

    @property
    def state(self) -> State:
        if self.closing is not None:
            return State.CLOSED
        if self.decision is not None:
            return State.ENQUIRY if self.decision.enquiry else State.NO_ENQUIRY
        return State.ACKNOWLEDGED if self.acknowledged is not None else State.NEW

    def open_steps(self, kind: StepKind) -> tuple[Step, ...]:
        """The actions, suspensions or withholdings that no later step has ended."""
        answered = {s.answers for s in self.steps if s.answers is not None}
        return tuple(s for s in self.steps if s.kind is kind and s.id not in answered)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been taken up by now and was not."""
        return self.state is State.NEW and now >= self.due_by

    def has_late_steps(self, today: date) -> bool:
        """Whether an action is behind its day, or a suspension or withholding behind its review."""
        open_now = (s for kind in StepKind for s in self.open_steps(kind))
        return any(s.due_on is not None and s.due_on < today for s in open_now)

    def _latest(self, kind: StepKind) -> Step | None:
        return next((s for s in reversed(self.steps) if s.kind is kind), None)


def pressing(concern: Concern, *, now: datetime, today: date) -> tuple[int, bool, datetime]:
    """What concerns are sorted by, the most pressing first: those that nobody has taken up, then those that nobody has
    decided, then those with something late; within each those with danger, then those that are due first.
    """
    rank = {State.NEW: 0, State.ACKNOWLEDGED: 1, State.CLOSED: 4}.get(concern.state)
    if rank is None:
        rank = 2 if concern.has_late_steps(today) else 3
    return rank, not concern.immediate_danger, concern.due_by


def is_alleged(actor: Actor, alleged: Collection[Alleged], *, contacts: Collection[UUID] = ()) -> bool:
    """Whether somebody, or their team or organisation, is among those alleged; `contacts` are contacts who they are."""
    theirs = {actor.account_id, actor.organisation_id, actor.team_id, *contacts} - {None}
    return any(a.id in theirs for a in alleged)
