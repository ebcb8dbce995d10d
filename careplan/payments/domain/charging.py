"""What a person is charged for a week: the least of three, over what may be charged at all, and why.

Each Monday week stands alone; nothing is averaged over weeks. Where the contribution changes within a week, each part
of the week is charged by its own.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.money import Pence
from careplan.kernel.shares import apportion
from careplan.payments.domain.calendar import DAYS_IN_WEEK, Span
from careplan.payments.domain.contribution import (
    Contribution,
    ContributionKind,
    ContributionStatus,
    Exemption,
    ExemptionKind,
    exemption_on,
    in_force,
)
from careplan.payments.domain.lines import pay_lines, total
from careplan.payments.domain.pay_model import COMPONENTS, RateName, fee
from careplan.payments.domain.settled import NHS, Outcome, SettledVisit
from careplan.payments.domain.terms import Contract, chargeable_minutes


class NotCharged(StrEnum):
    """Why a visit is not charged; the words are the person's."""

    AFTER_DEATH = "after_death"
    NOT_DONE = "not_done"
    IN_HOSPITAL = "in_hospital"
    NHS = "nhs"
    SECTION_117 = "section_117"
    OTHER_FUNDER = "other_funder"
    REABLEMENT = "reablement"
    INTERMEDIATE_CARE = "intermediate_care"
    AIDS = "aids"
    CJD = "cjd"
    CARER_SUPPORT = "carer_support"
    NO_CONTRACT = "no_contract"

    @property
    def words(self) -> str:
        return NOT_CHARGED_WORDS[self]


NOT_CHARGED_WORDS = {
    NotCharged.AFTER_DEATH: "Nothing is charged after a death.",
    NotCharged.NOT_DONE: "Nobody came, so you pay nothing.",
    NotCharged.IN_HOSPITAL: "You were in hospital.",
    NotCharged.NHS: "The NHS pays for this.",
    NotCharged.SECTION_117: "This is aftercare. It is free.",
    NotCharged.OTHER_FUNDER: "Somebody else pays for this.",
    NotCharged.REABLEMENT: "Help to get back on your feet is free at first.",
    NotCharged.INTERMEDIATE_CARE: "Help after hospital is free at first.",
    NotCharged.AIDS: "Small aids and changes to your home are free.",
    NotCharged.CJD: "This care is free for you.",
    NotCharged.CARER_SUPPORT: "This helps the person who cares for you. It is free.",
    NotCharged.NO_CONTRACT: "We have no price for this, so it is free.",
}
# Exempt kinds and the reasons that a reader is given share their names.
OF_EXEMPTION = {kind: NotCharged(kind.value) for kind in ExemptionKind}


class Bound(StrEnum):
    """Which of the three was the least, or why nothing is charged."""

    CONTRIBUTION = "contribution"
    RATE = "rate"
    COST = "cost"
    PENDING = "pending"
    NONE = "none"

    @property
    def words(self) -> str:
        return BOUND_WORDS[self]


BOUND_WORDS = {
    Bound.CONTRIBUTION: "This is your share. The care cost more.",
    Bound.RATE: "This is the price of the care you had. It is less than your share.",
    Bound.COST: "This is what the care cost the council. It is less than your share.",
    Bound.PENDING: "We are still working out your share. You pay nothing for now.",
    Bound.NONE: "You pay nothing for these days.",
}


@dataclass(frozen=True, slots=True)
class Circle:
    """What is known of a person when they are charged."""

    person_id: UUID
    contributions: Sequence[Contribution] = ()
    exemptions: Sequence[Exemption] = ()


@dataclass(frozen=True, slots=True)
class ChargedVisit:
    """A visit under a charge: the minutes that are charged, or why none are."""

    visit_id: UUID
    minutes: Minutes
    why_not: NotCharged | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What a person is charged for some days of one week. Of the three, None: it sets no limit."""

    person_id: UUID
    span: Span
    contribution_id: UUID | None
    minutes: Minutes
    by_contribution: Pence | None
    by_rate: Pence
    by_cost: Pence | None
    pence: Pence
    bound: Bound
    visits: tuple[ChargedVisit, ...] = ()


def charge_week(
    circle: Circle,
    visits: Iterable[SettledVisit],
    *,
    week: Span,
    contracts: Sequence[Contract],
    holidays: Collection[date],
) -> list[Charge]:
    """A charge for each part of the week with a contribution of its own.  Raises RateMissing."""
    own = [v for v in visits if v.person_id == circle.person_id]
    return [
        _charge(circle, contribution, [v for v in own if part.holds(v.day)], part, contracts, holidays)
        for part, contribution in _parts(circle.contributions, week)
    ]


def why_not_charged(
    visit: SettledVisit, circle: Circle, contracts: Iterable[Contract]
) -> tuple[Minutes, NotCharged | None]:
    """The minutes of a visit that are charged; where there are none, why."""
    refused = _free_of_charge(visit, circle)
    if refused is not None:
        return NO_MINUTES, refused
    contract = contract_of(visit, contracts)
    if contract is None:
        return NO_MINUTES, NotCharged.NO_CONTRACT
    minutes = chargeable_minutes(visit, contract.settings)
    if minutes:
        return minutes, None
    return NO_MINUTES, NotCharged.IN_HOSPITAL if visit.outcome is Outcome.IN_HOSPITAL else NotCharged.NOT_DONE


def contract_of(visit: SettledVisit, contracts: Iterable[Contract]) -> Contract | None:
    """The contract by which a visit is paid: one of its provider's on that day, one by the hour before a block."""
    held = [c for c in contracts if c.provider_id == visit.provider_id and c.holds_on(visit.day)]
    return next((c for c in held if COMPONENTS[c.model]), next(iter(held), None))


def _free_of_charge(visit: SettledVisit, circle: Circle) -> NotCharged | None:
    if visit.is_after_death:
        return NotCharged.AFTER_DEATH
    if visit.funder in NHS:
        return NotCharged.NHS
    if visit.funder is Funder.SECTION_117:
        return NotCharged.SECTION_117
    if visit.funder is not Funder.COUNCIL and visit.parts is None:
        return NotCharged.OTHER_FUNDER
    exempt = exemption_on(circle.exemptions, visit.day)
    return OF_EXEMPTION[exempt.kind] if exempt else None


def _parts(contributions: Sequence[Contribution], week: Span) -> list[tuple[Span, Contribution | None]]:
    """The days of a week, those in a row with one contribution together."""
    found: list[tuple[Span, Contribution | None]] = []
    for offset in range(week.days):
        day = week.starts_on + timedelta(days=offset)
        contribution = in_force(contributions, day)
        if found and found[-1][1] == contribution:
            found[-1] = (Span(found[-1][0].starts_on, day), contribution)
        else:
            found.append((Span(day, day), contribution))
    return found


def _charge(
    circle: Circle,
    contribution: Contribution | None,
    visits: Sequence[SettledVisit],
    part: Span,
    contracts: Sequence[Contract],
    holidays: Collection[date],
) -> Charge:
    judged = _councils_part([(v, *why_not_charged(v, circle, contracts)) for v in visits])
    charged = [(v, minutes) for v, minutes, why_not in judged if why_not is None]
    by_contribution = _share(contribution, part)
    by_rate, by_cost = _at_charging_rate(charged, contracts), _cost([v for v, _ in charged], part, contracts, holidays)
    pence, bound = _least(contribution, by_contribution, by_rate, by_cost)
    return Charge(
        person_id=circle.person_id,
        span=part,
        contribution_id=contribution.id if contribution else None,
        minutes=Minutes(sum(minutes for _, minutes in charged)),
        by_contribution=by_contribution,
        by_rate=by_rate,
        by_cost=by_cost,
        pence=pence,
        bound=bound,
        visits=tuple(ChargedVisit(v.id, minutes, why_not) for v, minutes, why_not in judged),
    )


def _councils_part(
    judged: Sequence[tuple[SettledVisit, Minutes, NotCharged | None]],
) -> list[tuple[SettledVisit, Minutes, NotCharged | None]]:
    """The same, with the council's part alone of minutes that the NHS pays too.

    They are summed first and divided once; the council's part is then laid on the visits by their minutes.
    """
    wholes: dict[Parts, list[int]] = {}
    for visit, minutes, _ in judged:
        if visit.parts is not None:
            wholes.setdefault(visit.parts, []).append(minutes)
    councils = {
        parts: iter(apportion(parts.split(sum(minutes))[0], minutes)) for parts, minutes in wholes.items()
    }
    return [
        (visit, minutes if visit.parts is None else Minutes(next(councils[visit.parts])), why_not)
        for visit, minutes, why_not in judged
    ]


def _share(contribution: Contribution | None, part: Span) -> Pence | None:
    """A seventh of the week's amount for each day, rounded once, half a penny up; None: the full cost."""
    if contribution is None or contribution.kind is ContributionKind.NIL:
        return Pence(0)
    if contribution.kind is ContributionKind.FULL_COST:
        return None
    return Pence((2 * contribution.weekly * part.days + DAYS_IN_WEEK) // (2 * DAYS_IN_WEEK))


def _at_charging_rate(charged: Iterable[tuple[SettledVisit, Minutes]], contracts: Sequence[Contract]) -> Pence:
    """The minutes at the rate charged to people, by rate, each sum rounded once."""
    by_rate: dict[Pence, int] = {}
    for visit, minutes in charged:
        contract = contract_of(visit, contracts)
        if contract is not None:
            rate = contract.rate_on(RateName.CHARGING, visit.day)
            by_rate[rate] = by_rate.get(rate, 0) + minutes
    return Pence(sum(fee(minutes=Minutes(minutes), hourly=rate) for rate, minutes in by_rate.items()))


def _cost(
    visits: Sequence[SettledVisit], part: Span, contracts: Sequence[Contract], holidays: Collection[date]
) -> Pence | None:
    """What the council itself pays for these visits; None where any is paid by a block line, whatever the hours."""
    used: list[tuple[Contract, list[SettledVisit]]] = []
    for visit in visits:
        contract = contract_of(visit, contracts)
        if contract is None or not COMPONENTS[contract.model]:
            return None
        known = next((own for c, own in used if c is contract), None)
        if known is None:
            used.append((contract, [visit]))
        else:
            known.append(visit)
    lines = [line for contract, own in used for line in pay_lines(contract, own, span=part, holidays=holidays)]
    return Pence(total(lines) - sum(r.pence for line in lines for r in line.recharges))


def _least(
    contribution: Contribution | None, by_contribution: Pence | None, by_rate: Pence, by_cost: Pence | None
) -> tuple[Pence, Bound]:
    if contribution is not None and contribution.status is ContributionStatus.PENDING:
        return Pence(0), Bound.PENDING
    if contribution is not None and not contribution.is_invoiced:
        return Pence(0), Bound.PENDING
    three = ((by_contribution, Bound.CONTRIBUTION), (by_rate, Bound.RATE), (by_cost, Bound.COST))
    pence, bound = min(((p, b) for p, b in three if p is not None), key=lambda pair: pair[0])
    return (pence, bound) if pence else (Pence(0), Bound.NONE)
