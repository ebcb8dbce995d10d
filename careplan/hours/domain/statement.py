"""A period's account, week by week: what was given and by what, each visit and who paid, what moved on or ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.hours.domain.disputing import Dispute, State
from careplan.hours.domain.funding import Paid
from careplan.hours.domain.ledger import Cause, Kind
from careplan.hours.domain.view import BankView
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration, short_day


@dataclass(frozen=True, slots=True)
class Given:
    """Minutes that something gave the hours, or took from them (below nought). `version` is the plan's that gave them.

    `week` is None where they belong to all four.
    """

    week: int | None
    cause: Cause
    kind: Kind
    minutes: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class VisitPaid:
    """One visit, the minutes that count of it, and who paid; `clause` is the plan's version that counted that day."""

    visit_id: UUID
    day: date
    starts_at: datetime | None
    minutes: Minutes
    paid: Paid
    clause: int | None


@dataclass(frozen=True, slots=True)
class StatementWeek:
    """One week of the statement."""

    number: int
    starts_on: date
    ends_on: date
    given: tuple[Given, ...]
    visits: tuple[VisitPaid, ...]

    @property
    def total_given(self) -> int:
        return sum(g.minutes for g in self.given)

    @property
    def total_visits(self) -> int:
        return sum(v.minutes for v in self.visits)


@dataclass(frozen=True, slots=True)
class PeriodStatement:
    """A period's account; the figures are those of `bank`, which everybody sees."""

    bank: BankView
    whole: tuple[Given, ...]
    weeks: tuple[StatementWeek, ...]
    disputes: tuple[Dispute, ...] = ()


GIVEN_WORDS = {
    Cause.TERMS: "Granted by the plan",
    Cause.ADJUSTMENT: "Changed by the care provider",
    Cause.PAUSE: "Care was paused",
    Cause.DECISION: "Added by the social worker",
    Cause.PERIOD: "Moved on from the four weeks before",
}


def given_words(given: Given) -> str:
    """What gave the minutes, in words that name the clause where there is one."""
    words = GIVEN_WORDS.get(given.cause, "Changed")
    return f"{words}, version {given.version}" if given.version is not None else words


def dispute_words(dispute: Dispute, today: date) -> str:
    """A dispute in one or two sentences: who, about what, and what was decided or by when it will be."""
    party = dispute.party.words.capitalize()
    said = f"{party} does not agree who pays for {duration(dispute.minutes)} on {short_day(dispute.day)}."
    match dispute.state(today):
        case State.DECIDED if dispute.outcome is not None:
            return f"{said} Decided: {dispute.outcome.words}."
        case State.SETTLED:
            return f"{said} It has been paid for since."
        case State.OVERDUE:
            return f"{said} An answer was due by {short_day(dispute.answer_by)}."
        case _:
            return f"{said} The social worker answers by {short_day(dispute.answer_by)}."


def statement_of(
    bank: BankView, given: Iterable[Given], visits: Sequence[VisitPaid], disputes: Iterable[Dispute] = ()
) -> PeriodStatement:
    """Puts a period's lines under their weeks; what belongs to no week stands before them."""
    known = tuple(given)
    return PeriodStatement(
        bank=bank,
        whole=tuple(g for g in known if g.week is None),
        weeks=tuple(
            StatementWeek(
                number=week.number,
                starts_on=week.starts_on,
                ends_on=week.ends_on,
                given=tuple(g for g in known if g.week == week.number),
                visits=tuple(v for v in visits if week.holds(v.day)),
            )
            for week in bank.period.weeks
        ),
        disputes=tuple(disputes),
    )
