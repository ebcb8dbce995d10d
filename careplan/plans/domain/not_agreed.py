"""Going on without the yes of a person who can decide: they disagree, or nobody can reach them.

It is never called an agreement. It takes what was tried, the person's own words, the way to complain, a review soon.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.words import short_day

REVIEW_WITHIN = timedelta(days=28)


class Cause(StrEnum):
    """Why there is no yes."""

    DISAGREES = "disagrees"
    NOT_REACHED = "not_reached"

    @property
    def words(self) -> str:
        return {Cause.DISAGREES: "They do not agree", Cause.NOT_REACHED: "They cannot be reached"}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """What was tried on a day to come to an agreement."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class WithoutYes:
    """What the council has to say before it goes on; `words` are the person's own."""

    cause: Cause
    steps: tuple[Step, ...]
    words: str
    complaint_route: str
    review_by: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """That the council went on without the person's yes to one exact content, and who decided it."""

    id: UUID
    version_id: UUID
    content_hash: str
    said: WithoutYes
    decided_by: UUID
    decided_by_name: str
    at: datetime


class NotAgreedIncomplete(Invalid):
    """Something is missing that must be there before the council goes on without the person's yes."""

    code = "not_agreed_incomplete"


def check_without_yes(said: WithoutYes, *, today: date) -> None:
    """Raises NotAgreedIncomplete with everything that is missing."""
    problems = [*_steps(said, today), *_words(said), *_days(said, today)]
    if problems:
        raise NotAgreedIncomplete("Going on without the person’s yes takes all of this.", problems=tuple(problems))


def _steps(said: WithoutYes, today: date) -> list[Problem]:
    if not said.steps or any(not step.what.strip() for step in said.steps):
        return [Problem("steps", "Say what you tried, and on which day.")]
    if any(step.on > today for step in said.steps):
        return [Problem("steps", "One of these days has not come yet.")]
    return []


def _words(said: WithoutYes) -> list[Problem]:
    problems = []
    if said.cause is Cause.DISAGREES and not said.words.strip():
        problems.append(Problem("words", "Write what they do not agree with, in their own words."))
    if not said.complaint_route.strip():
        problems.append(Problem("complaint_route", "Say how they were told how to complain."))
    return problems


def _days(said: WithoutYes, today: date) -> list[Problem]:
    if said.decided_on > today:
        return [Problem("decided_on", "This day has not come yet.")]
    latest = said.decided_on + REVIEW_WITHIN
    if not said.decided_on < said.review_by <= latest:
        return [Problem("review_by", f"The plan is reviewed within 28 days: by {short_day(latest)}.")]
    return []
