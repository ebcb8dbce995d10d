"""A referral: a community organisation is asked to do an action of the plan, answers, and something comes of it.

Where it stands is told from its steps, by the days on which they happened. What happened is written down in whatever
order people hear of it; only what is over is not gone on with.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.kernel.words import short_day


class Event(StrEnum):
    """What happened to a referral."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    STARTED = "started"
    ATTENDED = "attended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return EVENT_WORDS[self]


EVENT_WORDS = {
    Event.ACCEPTED: "They said yes",
    Event.WAITING: "They put the person on a waiting list",
    Event.DECLINED: "They said no",
    Event.STARTED: "It started",
    Event.ATTENDED: "The person went",
    Event.ENDED: "It ended",
    Event.WITHDRAWN: "The person does not want it any more",
}
# Without words these say too little: why not, and what came of it.
NEEDS_WORDS = {
    Event.DECLINED: "Write why they said no.",
    Event.ENDED: "Write what came of it.",
    Event.WITHDRAWN: "Write what the person said.",
}
OVER = frozenset({Event.DECLINED, Event.ENDED, Event.WITHDRAWN})
STATE_WORDS: dict[Event | None, str] = {
    None: "Waits for their answer",
    Event.ACCEPTED: "Accepted",
    Event.WAITING: "On the waiting list",
    Event.DECLINED: "Declined",
    Event.STARTED: "Goes on",
    Event.ATTENDED: "Goes on",
    Event.ENDED: "Ended",
    Event.WITHDRAWN: "Not wanted any more",
}


class ReferralOver(Conflict):
    """The organisation declined, it ended, or the person does not want it: a new referral is made for anything more."""

    code = "referral_over"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, on the day on which it did; the record of it stays."""

    id: UUID
    event: Event
    on: date
    words: str
    recorded_by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Referral:
    """A community organisation asked to do one action; `yes_words` are how the person said yes to being referred."""

    id: UUID
    person_id: UUID
    plan_id: UUID
    action_id: UUID
    action_words: str
    organisation_id: UUID | None
    organisation: str
    yes_words: str
    made_on: date
    made_by: UUID
    made_by_name: str
    at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def stands(self) -> Event | None:
        """The last thing that happened; None while nobody has answered. What ends it is last whatever came late."""
        ends = [s for s in self.steps if s.event in OVER]
        known = ends or list(self.steps)
        return max(known, key=lambda s: (s.on, s.at, s.id)).event if known else None

    @property
    def is_over(self) -> bool:
        return self.stands in OVER

    @property
    def words(self) -> str:
        """Where it stands."""
        return STATE_WORDS[self.stands]

    @property
    def times_attended(self) -> int:
        """On how many occasions the person is known to have gone."""
        return sum(s.event is Event.ATTENDED for s in self.steps)

    @property
    def outcome(self) -> str:
        """What came of it, once it is over."""
        return next((s.words for s in reversed(self.steps) if s.event in OVER), "")


def check_made(*, organisation: str, yes_words: str, made_on: date, today: date) -> None:
    """Raises Invalid with everything that is to be put right."""
    wanted = (
        ("organisation", "Say which organisation.", organisation),
        ("yes_words", "Write how the person said yes.", yes_words),
    )
    problems = [Problem(name, message) for name, message, text in wanted if not text.strip()]
    if made_on > today:
        problems.append(Problem("made_on", "This day has not come yet."))
    if problems:
        raise Invalid("Something about this referral is to be put right.", problems=tuple(problems))


def check_step(referral: Referral, *, event: Event, on: date, words: str, today: date) -> None:
    """Raises ReferralOver, and Invalid with everything that is to be put right."""
    if referral.is_over:
        raise ReferralOver(f"This is over: {referral.words.lower()}. Make a new referral for anything more.")
    problems = []
    if event in NEEDS_WORDS and not words.strip():
        problems.append(Problem("words", NEEDS_WORDS[event]))
    if on > today:
        problems.append(Problem("on", "This day has not come yet."))
    elif on < referral.made_on:
        problems.append(Problem("on", f"They were asked on {short_day(referral.made_on)}. This comes later."))
    if problems:
        raise Invalid("Something about this is to be put right.", problems=tuple(problems))
