"""What a provider may change by itself: inside the plan's limits, with the person's yes, for an outcome of the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.deciding import NotYours
from careplan.hours.domain.terms import AdjustmentTerms, Direction, Funder, Terms
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, DomainError, Problem
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import next_week_boundary, period_of
from careplan.kernel.words import duration, listed

DAYS_TO_TAKE_BACK = 14


class Lasting(StrEnum):
    """For how long a change counts."""

    THIS_PERIOD = "this_period"
    UNTIL_NEXT_VERSION = "until_next_version"


class Standing(StrEnum):
    """Where an adjustment stands."""

    WAITS_FOR_PERSON = "waits_for_person"
    REQUESTED = "requested"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Limit(StrEnum):
    """Why a change lies outside what the plan lets the provider do by itself."""

    DIRECTION = "direction"
    TOO_MUCH = "too_much"
    FLOOR_UNKNOWN = "floor_unknown"
    BELOW_FLOOR = "below_floor"


class CannotAdjust(DomainError):
    """The change cannot be made or asked for as it was said; `facts` say what would be accepted."""

    code = "cannot_adjust"


class LacksCapacity(CannotAdjust):
    """Hours of somebody who cannot decide about this are never made fewer in this way."""

    code = "lacks_capacity"


class NeedsReview(CannotAdjust):
    """The change goes below what is tied to eligible needs."""

    code = "needs_review"


class TooLate(Conflict):
    """The time in which it could be taken back has passed, or it was answered before."""

    code = "too_late"


class AnsweredAs(StrEnum):
    """As whom somebody answers a decrease."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    BEST_INTERESTS = "best_interests"


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who would answer a decrease: the person, somebody with authority over their care, or somebody of the council.

    `others_have_authority` says that somebody may decide about care in the person's place.
    """

    is_person: bool = False
    is_council: bool = False
    has_authority: bool = False
    others_have_authority: bool = False


def answers_as(who: Answerer, *, decided_for: bool) -> AnsweredAs:
    """In which capacity a decrease may be answered: the person's own word, unless they were found unable to decide.

    Then it is for whoever has authority; a decision in the person's best interests takes that there is nobody.
    Raises NotYours.
    """
    if not decided_for:
        if who.is_person or who.is_council:
            return AnsweredAs.PERSON
        raise NotYours("The person says yes themselves, or on the telephone to somebody of the council.")
    if who.has_authority:
        return AnsweredAs.REPRESENTATIVE
    if who.is_council and not who.others_have_authority:
        return AnsweredAs.BEST_INTERESTS
    if who.is_council:
        raise NotYours("Somebody has authority to decide about care in the person's place. It is theirs to answer.")
    raise NotYours("Somebody who may decide for the person answers this.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as it is asked for: minutes above nought add to the four weeks, minutes below take away.

    `person_said` says how the person said yes to an increase: it is told by whoever asks.
    """

    id: UUID
    minutes: int
    outcome_id: UUID
    reason: str
    lasting: Lasting
    person_said: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change as it stands. `minutes` is signed; `starts_on` is the day from which it counts once it stands.

    `decided_for`: the person was found unable to decide about it, so whoever may decide for them answers.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID
    plan_version_id: UUID
    funder: Funder
    minutes: int
    lasting: Lasting
    outcome_words: str
    reason: str
    outside: Limit | None
    standing: Standing
    person_said: str
    asked_by: UUID
    asked_at: datetime
    answered_by: UUID | None
    answered_at: datetime | None
    answer: str
    starts_on: date | None
    decided_for: bool = False

    @property
    def is_increase(self) -> bool:
        return self.minutes > 0

    @property
    def size(self) -> Minutes:
        return Minutes(abs(self.minutes))

    def can_be_taken_back(self, today: date) -> bool:
        """Whether the person may still undo a decrease."""
        if self.is_increase or self.standing is not Standing.IN_FORCE or self.answered_at is None:
            return False
        return today <= local_date(self.answered_at) + timedelta(days=DAYS_TO_TAKE_BACK)


@dataclass(frozen=True, slots=True)
class Room:
    """How much a provider may still change by itself in each direction under a version."""

    up: Minutes
    down: Minutes


def room_left(terms: Terms, adjustments: Iterable[Adjustment]) -> Room:
    """The smaller of the two limits, less what was changed in that direction since the version was agreed.

    Ups and downs count separately, and neither gives the other room. Requests do not count: others decide those.
    """
    own = [
        a
        for a in adjustments
        if a.plan_version_id == terms.plan_version_id
        and a.outside is None
        and a.standing in (Standing.IN_FORCE, Standing.WAITS_FOR_PERSON)
    ]
    most = _most(terms)
    up = sum(a.size for a in own if a.is_increase)
    down = sum(a.size for a in own if not a.is_increase)
    may = terms.adjustment.direction
    return Room(
        up=Minutes(max(most - up, 0)) if may is Direction.BOTH else NO_MINUTES,
        down=Minutes(max(most - down, 0)) if may is not Direction.NONE else NO_MINUTES,
    )


def judge(wanted: Wanted, *, terms: Terms, adjustments: Iterable[Adjustment], today: date) -> Limit | None:
    """Why a change is outside the limits, or None where it is inside.

    Raises LacksCapacity, CannotAdjust for a change that cannot even be asked for.
    """
    _check_words(wanted, terms)
    if wanted.minutes < 0 and not terms.person_decides:
        raise LacksCapacity(
            "Hours are never made fewer in this way for somebody who cannot decide about it. Write a new version of the"
            " plan, with a best-interests decision.",
        )
    known = tuple(adjustments)
    if not _allows(terms.adjustment, wanted.minutes):
        return Limit.DIRECTION
    room = room_left(terms, known)
    if abs(wanted.minutes) > (room.up if wanted.minutes > 0 else room.down):
        return Limit.TOO_MUCH
    return below_floor(wanted.minutes, terms=terms, adjustments=known, today=today) if wanted.minutes < 0 else None


def below_floor(minutes: int, *, terms: Terms, adjustments: Iterable[Adjustment], today: date) -> Limit | None:
    """Whether a decrease leaves its week less than the plan ties to eligible needs: its weekly floor."""
    if terms.weekly_floor is None:
        return Limit.FLOOR_UNKNOWN
    week = _week_of(terms, counts_from(minutes, terms=terms, agreed_on=today))
    granted = sum(terms.minutes_of(funder=f, week=week) for f in terms.funders)
    changed = sum(
        a.minutes
        for a in adjustments
        if a.plan_version_id == terms.plan_version_id
        and a.standing in (Standing.IN_FORCE, Standing.WAITS_FOR_PERSON)
        and a.minutes < 0
        and _week_of(terms, a.starts_on or counts_from(a.minutes, terms=terms, agreed_on=today)) == week
    )
    return Limit.BELOW_FLOOR if granted + changed + minutes < terms.weekly_floor else None


def counts_from(minutes: int, *, terms: Terms, agreed_on: date) -> date:
    """An increase is funded from the day after; a decrease counts from the next week boundary."""
    tomorrow = agreed_on + timedelta(days=1)
    return tomorrow if minutes > 0 else next_week_boundary(terms.service_starts_on, tomorrow)


def limit_words(limit: Limit, *, terms: Terms, room: Room) -> str:
    """Why the social worker decides, and what the provider could have done by itself."""
    match limit:
        case Limit.DIRECTION:
            return "The plan does not let the provider make this change."
        case Limit.TOO_MUCH:
            return f"The provider may still add {duration(room.up)} and take away {duration(room.down)} by itself."
        case Limit.FLOOR_UNKNOWN:
            return "The plan does not say how many hours a week are tied to needs."
        case Limit.BELOW_FLOOR:
            floor = duration(terms.weekly_floor or 0)
            return f"A week would fall below {floor}, which is tied to eligible needs. That takes a review."


def _check_words(wanted: Wanted, terms: Terms) -> None:
    problems = []
    if not wanted.minutes:
        problems.append(Problem("minutes", "Say how much time is added or taken away."))
    if not wanted.reason.strip():
        problems.append(Problem("reason", "Say why, in terms of the outcome."))
    if all(o.id != wanted.outcome_id for o in terms.outcomes):
        among = listed([f"“{o.words}”" for o in terms.outcomes], "or") or "none: the plan has no outcomes"
        problems.append(Problem("outcome", f"Choose an outcome of the plan: {among}."))
    if wanted.minutes > 0 and not wanted.person_said.strip():
        problems.append(Problem("person_said", "Say how the person said yes."))
    if problems:
        raise CannotAdjust("The change cannot be made as it stands.", problems=tuple(problems))


def _allows(adjustment: AdjustmentTerms, minutes: int) -> bool:
    if minutes > 0:
        return adjustment.direction is Direction.BOTH
    return adjustment.direction is not Direction.NONE


def _most(terms: Terms) -> int:
    agreed = sum(sum(g.weeks) for g in terms.grants)
    return min(agreed * terms.adjustment.percent // 100, terms.adjustment.minutes)


def _week_of(terms: Terms, day: date) -> int:
    return period_of(terms.service_starts_on, day).week_of(day).number
