"""Rows of money as frozen values, and back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from careplan.hours.domain.terms import WHOLE, Funder, Parts
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.lines import Line, LineKey, Recharge
from careplan.payments.domain.pay_model import Counted, RateName
from careplan.payments.domain.settled import Outcome, SettledVisit
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.models import AgreedLevelRow, FrozenVisitRow, PayLineRow, PayRateRow

OUTCOMES = ("pays_planned", "charges_planned")


def settings_json(settings: PaySettings) -> dict[str, Any]:
    """A contract's settings as they are kept."""
    plain = {name: getattr(settings, name) for name in PaySettings.__slots__ if name not in OUTCOMES}
    plain["rural_postcodes"] = list(settings.rural_postcodes)
    return plain | {name: sorted(o.value for o in getattr(settings, name)) for name in OUTCOMES}


def settings(kept: dict[str, Any]) -> PaySettings:
    """A contract's settings as they were recorded; one that was not known then has its usual value."""
    sets = {name: frozenset(Outcome(o) for o in kept[name]) for name in OUTCOMES if name in kept}
    return PaySettings(**{**kept, **sets, "rural_postcodes": tuple(kept.get("rural_postcodes", ()))})


def rate(row: PayRateRow) -> Rate:
    """A rate from its day on."""
    return Rate(RateName(row.name), Pence(row.pence), row.since)


def level(row: AgreedLevelRow) -> AgreedLevel:
    """An agreed level of care."""
    return AgreedLevel(
        row.person_id, row.since, Minutes(row.weekly_minutes), row.achieved_on, Minutes(row.then_minutes)
    )


def visit(row: FrozenVisitRow) -> SettledVisit:
    """A visit as it was frozen."""
    return SettledVisit(
        id=row.visit_id,
        person_id=row.person_id,
        provider_id=row.provider_id,
        day=row.day,
        outcome=Outcome(row.outcome),
        funder=Funder(row.funder),
        planned=Minutes(row.planned),
        needed=row.needed,
        on_rota=row.on_rota,
        came=row.came,
        actual=Minutes(row.actual),
        invoiced=Minutes(row.invoiced),
        notice=Minutes(row.notice),
        hospital_day=row.hospital_day,
        is_rural=row.is_rural,
        is_after_death=row.is_after_death,
        service_week=row.service_week,
        plan_id=row.plan_id,
        plan_version=row.plan_version,
        clause=row.clause,
        parts=Parts(row.council_percent, WHOLE - row.council_percent) if row.council_percent else None,
    )


def frozen(visit: SettledVisit, *, freeze_id: UUID) -> dict[str, Any]:
    """The columns of a visit that is frozen."""
    other = ("id", "outcome", "funder", "parts")
    plain = {name: getattr(visit, name) for name in SettledVisit.__slots__ if name not in other}
    return plain | {
        "freeze_id": freeze_id,
        "visit_id": visit.id,
        "outcome": visit.outcome.value,
        "funder": visit.funder.value,
        "council_percent": visit.parts.council if visit.parts else None,
    }


def line(row: PayLineRow, visits: Iterable[tuple[UUID, Minutes]] = ()) -> Line:
    """A line as it was drawn up."""
    return Line(
        key=LineKey(row.contract_id, row.person_id, Counted(row.counts) if row.counts else None, Pence(row.rate)),
        minutes=Minutes(row.minutes),
        pence=Pence(row.pence),
        visits=tuple(visits),
        recharges=tuple(Recharge(Funder(f), Minutes(m), Pence(p)) for f, m, p in row.recharges),
    )
