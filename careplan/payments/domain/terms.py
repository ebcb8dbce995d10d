"""What a contract says beside its rates: which model, and what it pays and charges where a visit did not go as planned.

Three things no contract can alter: a visit that the provider called off, one that was missed, and one of which nothing
was recorded are paid with nothing in every model, and charged with nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from careplan.kernel.errors import DomainError
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.money import Pence
from careplan.kernel.words import short_day
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.pay_model import COMPONENTS, TRAVEL_FOR_EACH_VISIT, Model, RateName
from careplan.payments.domain.settled import Outcome, SettledVisit

A_DAY = Minutes(24 * 60)
PERCENT = 100
NEVER = frozenset({Outcome.MISSED, Outcome.CANCELLED_BY_PROVIDER})


@dataclass(frozen=True, slots=True)
class PaySettings:
    """The columns *pays* and *charges* for visits that did not go as planned; the defaults are those of the council.

    Each set names outcomes for which the planned minutes are paid, or charged. A visit called off, or a hospital stay
    known, at least `short_notice` before its start is paid with nothing; from then on a hospital stay is paid with
    `retainer_percent` of the planned minutes for `retainer_days` days. A stepped unit cost is higher for
    `higher_weeks`; an agreed level goes on for `level_goes_on_weeks`. `rural_postcodes` are the beginnings of
    postcodes, such as NB7.
    """

    short_notice: Minutes = A_DAY
    pays_planned: frozenset[Outcome] = frozenset(
        {
            Outcome.CANCELLED_BY_PERSON, Outcome.CANCELLED_BY_COUNCIL, Outcome.NO_REPLY, Outcome.REFUSED,
            Outcome.IN_HOSPITAL,
        }
    )  # fmt: skip
    charges_planned: frozenset[Outcome] = frozenset()
    retainer_days: int = 0
    retainer_percent: int = 0
    travel: Minutes = TRAVEL_FOR_EACH_VISIT
    tolerance_is_capped: bool = False
    higher_weeks: int = 6
    level_goes_on_weeks: int = 6
    rural_postcodes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.pays_planned | self.charges_planned) & (NEVER | {Outcome.COMPLETED}):
            raise ValueError("what is missed or called off by the provider is never paid")


def planned_paid(visit: SettledVisit, settings: PaySettings) -> Minutes:
    """Minutes that are paid of a visit that was not completed, in every model alike."""
    if visit.outcome not in settings.pays_planned or visit.outcome in NEVER:
        return NO_MINUTES
    if visit.outcome is Outcome.IN_HOSPITAL:
        return _hospital(visit, settings)
    if visit.outcome in (Outcome.CANCELLED_BY_PERSON, Outcome.CANCELLED_BY_COUNCIL):
        return visit.whole if visit.notice < settings.short_notice else NO_MINUTES
    return visit.whole


def _hospital(visit: SettledVisit, settings: PaySettings) -> Minutes:
    if visit.notice < settings.short_notice:
        return visit.whole
    if visit.hospital_day > settings.retainer_days:
        return NO_MINUTES
    return Minutes(visit.whole * settings.retainer_percent // PERCENT)


def chargeable_minutes(visit: SettledVisit, settings: PaySettings) -> Minutes:
    """Minutes of a visit that may be charged to the person, before anything that is never charged is left out."""
    if visit.outcome is Outcome.COMPLETED:
        return visit.actual
    if visit.outcome not in settings.charges_planned or visit.outcome is Outcome.IN_HOSPITAL:
        return NO_MINUTES
    if visit.outcome in (Outcome.CANCELLED_BY_PERSON, Outcome.CANCELLED_BY_COUNCIL):
        return visit.whole if visit.notice < settings.short_notice else NO_MINUTES
    return visit.whole


@dataclass(frozen=True, slots=True)
class Rate:
    """Pence an hour from a day on; for a block line pence a year."""

    name: RateName
    pence: Pence
    since: date


class RateMissing(DomainError):
    """The contract needs a rate on a day on which none has begun."""

    code = "rate_missing"


@dataclass(frozen=True, slots=True)
class Contract:
    """A provider's contract in force over some days, by one model, with all its rates.

    `ends_on` is the last day; None: no end is agreed. Where its model changes, each part is a contract of its own, and
    `began_on` says from when its years are counted.
    """

    id: UUID
    provider_id: UUID
    reference: str
    name: str
    model: Model
    starts_on: date
    ends_on: date | None = None
    settings: PaySettings = field(default_factory=PaySettings)
    rates: tuple[Rate, ...] = ()
    began_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, span: Span) -> bool:
        """Whether it is in force on any of these days."""
        return self.starts_on <= span.ends_on and (self.ends_on is None or self.ends_on >= span.starts_on)

    @property
    def lacks(self) -> tuple[RateName, ...]:
        """Rates that its model needs and that have not begun on its first day."""
        by_the_minute = {r: r for c in COMPONENTS[self.model] for r in c.rates}
        needed = tuple(by_the_minute) if self.model is not Model.BLOCK else (RateName.BLOCK,)
        begun = {r.name for r in self.rates if r.since <= self.starts_on}
        is_moot = RateName.RURAL if not self.settings.rural_postcodes else None
        return tuple(name for name in needed if name not in begun and name is not is_moot)

    def rate_on(self, name: RateName, day: date) -> Pence:
        """The rate that began last, on the day or before it.  Raises RateMissing."""
        begun = [r for r in self.rates if r.name is name and r.since <= day]
        if begun:
            return max(begun, key=lambda r: r.since).pence
        later = min((r.since for r in self.rates if r.name is name), default=None)
        found = f"the first begins on {short_day(later)}" if later else "none was ever recorded"
        raise RateMissing(
            f"Contract {self.reference} has no rate “{name.words}” on {short_day(day)}: {found}. "
            f"Record a rate that begins on {short_day(day)} or before.",
            contract=self.reference,
            rate=name.value,
            day=day.isoformat(),
        )
