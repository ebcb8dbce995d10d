"""An ending: what happened, when, who said so, and what ends with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.policy import Kind
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.retraction import Retraction

CLOSING_LASTS = timedelta(weeks=8)
KNOWN_AHEAD = timedelta(weeks=12)


class EndingKind(StrEnum):
    """Why care at home ends."""

    DIED = "died"
    CARE_HOME = "care_home"
    MOVED_AWAY = "moved_away"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    EndingKind.DIED: "The person died",
    EndingKind.CARE_HOME: "The person moves into a care home",
    EndingKind.MOVED_AWAY: "The person moves away",
    EndingKind.WITHDRAWN: "The person no longer wants this care",
}
# What a tag says beside a name.
SHORT = {
    EndingKind.DIED: "died",
    EndingKind.CARE_HOME: "care home",
    EndingKind.MOVED_AWAY: "moved away",
    EndingKind.WITHDRAWN: "no longer wants care",
}
WITH_A_PLACE = (EndingKind.CARE_HOME, EndingKind.MOVED_AWAY)


class Stay(StrEnum):
    """How long a relationship stands once care has ended."""

    ON = "on"
    FOR_CLOSING = "for_closing"
    SAME_DAY = "same_day"


# The council closes the case and finishes its enquiries, and the record stays the person's own. The family can read how
# it ended; whoever gave care sees nothing from the next day on.
STAYS: Mapping[Kind, Stay] = {
    Kind.SELF: Stay.ON,
    Kind.AUTHORITY: Stay.ON,
    Kind.CARER: Stay.FOR_CLOSING,
    Kind.CASELOAD: Stay.ON,
    Kind.TEAM: Stay.ON,
    Kind.SAFEGUARDING: Stay.ON,
    Kind.PACKAGE: Stay.SAME_DAY,
    Kind.ROUND: Stay.SAME_DAY,
    Kind.DELEGATION: Stay.SAME_DAY,
    Kind.REFERRAL: Stay.SAME_DAY,
    Kind.SHARING: Stay.SAME_DAY,
}
AFTER_A_DEATH = {Kind.SELF: Stay.SAME_DAY, Kind.AUTHORITY: Stay.FOR_CLOSING}
# Those who leave the partnership; the council and the family stay in it.
LEAVING = (MemberKind.PROVIDER, MemberKind.NURSE, MemberKind.OCCUPATIONAL_THERAPIST, MemberKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class NewEnding:
    """What is said of an ending before it is checked."""

    kind: EndingKind
    ends_at: datetime
    told_by: str
    moved_to: str = ""
    capacity: str = ""
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending as it stands on the record; `retraction` says that it was entered in error."""

    id: UUID
    person_id: UUID
    plan_id: UUID | None
    kind: EndingKind
    ends_at: datetime
    told_by: str
    moved_to: str | None
    capacity: str | None
    equipment: tuple[str, ...]
    recorded_at: datetime
    recorded_by: UUID
    retraction: Retraction | None = None

    @property
    def short(self) -> str:
        """A word or two for it."""
        return SHORT[self.kind]

    @property
    def died(self) -> bool:
        return self.kind is EndingKind.DIED


class AlreadyEnded(Conflict):
    """Care has ended already, or its end is known."""

    code = "already_ended"


class WrongEnding(Invalid):
    """What was said of an ending cannot be, or is not all."""

    code = "wrong_ending"


def check_new(said: NewEnding, *, now: datetime, known_since: datetime | None) -> None:
    """Raises WrongEnding with everything to mend. `known_since` is when the plan was begun, where there is one."""
    problems = [*_problems_of_time(said, now=now, known_since=known_since), *_problems_of_words(said)]
    if problems:
        raise WrongEnding(problems[0].message, problems=tuple(problems))


def access_until(*, kind: EndingKind, ends_at: datetime, now: datetime) -> dict[Kind, datetime]:
    """Until when each kind of relationship stands; one that is not named stands on.

    The same day is that of the ending, or the one on which it is written down where that is later.
    """
    last = end_of_day(max(local_date(ends_at), local_date(now)))
    stays = {**STAYS, **(AFTER_A_DEATH if kind is EndingKind.DIED else {})}
    until = {Stay.SAME_DAY: last, Stay.FOR_CLOSING: last + CLOSING_LASTS}
    return {related: until[stay] for related, stay in stays.items() if stay in until}


def _problems_of_time(said: NewEnding, *, now: datetime, known_since: datetime | None) -> list[Problem]:
    if said.kind is EndingKind.DIED and said.ends_at > now:
        return [Problem("day", "This lies in the future. Check the date and the time.")]
    if said.ends_at > now + KNOWN_AHEAD:
        return [Problem("day", "This is more than 12 weeks away. Record it when it is nearer.")]
    if known_since is not None and said.ends_at < start_of_day(local_date(known_since)):
        return [Problem("day", "This is before the plan was begun. Check the year.")]
    return []


def _problems_of_words(said: NewEnding) -> list[Problem]:
    needed = [("told_by", said.told_by, "Say who told you.")]
    if said.kind in WITH_A_PLACE:
        needed.append(("moved_to", said.moved_to, "Say where they move to."))
    if said.kind is EndingKind.WITHDRAWN:
        asked = (
            "Say how you know that they can decide this. If they cannot, a best-interests decision is needed instead."
        )
        needed.append(("capacity", said.capacity, asked))
    return [Problem(field, message) for field, words, message in needed if not words.strip()]
