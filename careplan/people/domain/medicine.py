"""Medicines: what a person takes, how and when, and how much help it takes."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from uuid import UUID

from careplan.kernel.collect import Problems
from careplan.kernel.errors import Conflict, Invalid, Problem, invalid
from careplan.kernel.minutes import Minutes
from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import check_span, holds

MINUTES_IN_DAY = 24 * 60
# The dictionary of medicines and devices numbers its entries as SNOMED CT does: 6 to 18 digits, no leading nought.
DMD_SHAPE = re.compile(r"[1-9]\d{5,17}")
CLOCK_SHAPE = re.compile(r"(\d{1,2})[:.]?(\d{2})")


class Route(StrEnum):
    """Which way a medicine goes in."""

    MOUTH = "mouth"
    INHALED = "inhaled"
    SKIN = "skin"
    EYE = "eye"
    EAR = "ear"
    NOSE = "nose"
    INJECTED = "injected"
    RECTAL = "rectal"
    OTHER = "other"

    @property
    def words(self) -> str:
        return ROUTES[self]


class Support(StrEnum):
    """How much help somebody has with a medicine."""

    NONE = "none"
    REMINDED = "reminded"
    HELPED = "helped"
    GIVEN = "given"

    @property
    def words(self) -> str:
        return SUPPORT[self]


ROUTES = {
    Route.MOUTH: "by mouth",
    Route.INHALED: "breathed in",
    Route.SKIN: "on the skin",
    Route.EYE: "in the eye",
    Route.EAR: "in the ear",
    Route.NOSE: "in the nose",
    Route.INJECTED: "by injection",
    Route.RECTAL: "in the bottom",
    Route.OTHER: "another way",
}
SUPPORT = {
    Support.NONE: "takes it without help",
    Support.REMINDED: "is reminded",
    Support.HELPED: "is helped with it",
    Support.GIVEN: "is given it by a worker",
}


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """Taken only when needed: the least time between two doses, and the most doses in any 24 hours."""

    least_gap: Minutes
    most_doses: int


@dataclass(frozen=True, slots=True)
class MedicineDetails:
    """A medicine as it stands on the paper that it was copied from.

    `times` is when it is taken, in the paper's words; `clock` the same by the clock of London, each day, where the
    words allow it. `on_time` says that it must not come late; `technique`, that giving it takes a technique which a
    nurse hands over to named workers.
    """

    name: str
    form: str
    strength: str
    dose: str
    route: Route
    support: Support
    source: str
    times: str | None = None
    reason: str | None = None
    as_needed: AsNeeded | None = None
    code: str | None = None
    starts_on: date | None = None
    stops_on: date | None = None
    clock: tuple[time, ...] = ()
    on_time: bool = False
    technique: bool = False


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine, who copied it out, and who else has held it against the paper."""

    id: UUID
    person_id: UUID
    details: MedicineDetails
    recorded_at: datetime
    recorded_by: UUID
    checked_at: datetime | None = None
    checked_by: UUID | None = None
    stop_reason: str | None = None
    corrects: UUID | None = None
    retraction: Retraction | None = None

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    def holds_on(self, day: date) -> bool:
        """Whether its days take a day in; a first day that is not known is long ago."""
        return holds(starts_on=self.details.starts_on, ends_on=self.details.stops_on, day=day)


class NotADmdCode(Invalid):
    """It does not have the shape of a code of the dictionary of medicines and devices."""

    code = "not_a_dmd_code"


class SameHands(Conflict):
    """Whoever copied it out cannot be the one who checks it."""

    code = "same_hands"


def checked_medicine(typed: MedicineDetails) -> MedicineDetails:
    """The details tidied.  Raises Invalid with everything that is wrong."""
    problems = Problems()
    for field, asked in ASKED.items():
        problems.of(partial(_check_said, field, getattr(typed, field), asked))
    problems.of(lambda: _check_when(typed))
    problems.of(lambda: _check_clock(typed))
    code = problems.of(lambda: _checked_code(typed.code))
    problems.of(lambda: check_span(starts_on=typed.starts_on, ends_on=typed.stops_on, field="stops_on"))
    problems.settle()
    return MedicineDetails(
        name=_tidy(typed.name),
        form=_tidy(typed.form),
        strength=_tidy(typed.strength),
        dose=_tidy(typed.dose),
        route=typed.route,
        support=typed.support,
        source=_tidy(typed.source),
        times=_tidy(typed.times) or None,
        reason=_tidy(typed.reason) or None,
        as_needed=typed.as_needed,
        code=code,
        starts_on=typed.starts_on,
        stops_on=typed.stops_on,
        clock=tuple(sorted(set(typed.clock))),
        on_time=typed.on_time,
        technique=typed.technique,
    )


def read_clock(typed: str | None) -> tuple[time, ...]:
    """Times of day as people type them in a row: 08:00, 8.30 or 2030.  Raises Invalid."""
    found = []
    for word in re.split(r"[,;\s]+", (typed or "").strip()):
        if not word:
            continue
        match = CLOCK_SHAPE.fullmatch(word)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise invalid("clock", f"“{word}” is no time by the 24 hour clock. Type times such as 08:00, 20:30.")
        found.append(time(int(match[1]), int(match[2])))
    return tuple(sorted(set(found)))


def check_checker(*, copied_by: UUID, checker: UUID) -> None:
    """Raises SameHands: it takes two people to be sure that a copy is true."""
    if copied_by == checker:
        raise SameHands("You copied this out yourself. Somebody else must hold it against the paper.")


ASKED = {
    "name": "Type the name of the medicine.",
    "form": "Say what it is, such as tablet or cream.",
    "strength": "Type the strength, such as 500 mg. If none is printed, say so.",
    "dose": "Say how much is taken at a time, such as 2 tablets.",
    "source": "Say which paper you copied it from, such as the pharmacy label.",
}


def _check_said(field: str, text: str, asked: str) -> None:
    if not text.strip():
        raise invalid(field, asked)


def _check_when(typed: MedicineDetails) -> None:
    if typed.as_needed is None:
        _check_said("times", typed.times or "", "Say when it is taken, such as 8 am and 8 pm.")
        return
    _check_said("reason", typed.reason or "", "Say what it is taken for: a worker has to judge whether it is needed.")
    gap, most = typed.as_needed.least_gap, typed.as_needed.most_doses
    if gap < 1 or most < 1:
        raise Invalid(
            "For a medicine taken when needed, the paper must say how far apart and how many.",
            problems=(
                *((Problem("least_gap", "Type the least time between two doses."),) if gap < 1 else ()),
                *((Problem("most_doses", "Type the most doses in 24 hours."),) if most < 1 else ()),
            ),
        )
    if gap * (most - 1) >= MINUTES_IN_DAY:
        raise invalid("most_doses", "So many doses do not fit into 24 hours with this gap. Look at the paper again.")


def _check_clock(typed: MedicineDetails) -> None:
    if typed.as_needed is not None and typed.clock:
        raise invalid("clock", "What is taken only when needed has no times of day. Leave this empty.")
    if typed.on_time and not typed.clock:
        raise invalid("clock", "Type the times by the clock: we cannot watch over a time that we do not know.")


def _checked_code(typed: str | None) -> str | None:
    code = re.sub(r"\s", "", typed or "")
    if code and not DMD_SHAPE.fullmatch(code):
        message = "A dm+d code has 6 to 18 digits. Leave it empty if you do not have it."
        raise NotADmdCode(message, problems=(Problem("code", message),))
    return code or None


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())
