"""Rows to frozen values and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from careplan.hours.domain.adjusting import Adjustment, Lasting, Limit, Standing
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.contingency import ContingencyDraw, Decision, named
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.ledger import Account, Cause, Entry, Flow, Kind
from careplan.hours.domain.pausing import Pause, PauseReason
from careplan.hours.domain.terms import (
    AdjustmentTerms,
    Assessed,
    Basis,
    CarryOver,
    CarryOverRule,
    ContingencyTerms,
    Direction,
    Funder,
    Grant,
    NamedOutcome,
    Parts,
    Terms,
)
from careplan.hours.models import ContingencyDraw as DrawRow
from careplan.hours.models import HourAdjustment, HourBank, HourDelivery, HourEntry, HourPause, HourTerms
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import Period


def bank(row: HourBank) -> Bank:
    """A bank."""
    period = None
    if row.starts_on is not None and row.ends_on is not None:
        period = Period(row.period_number, row.starts_on, row.ends_on)
    return Bank(row.id, row.plan_id, row.person_id, Funder(row.funder), period)


def terms(row: HourTerms) -> Terms:
    """A version's terms as they were handed down."""
    kept = row.terms
    return Terms(
        plan_version_id=row.plan_version_id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        provider_id=UUID(kept["provider_id"]),
        version_number=row.version_number,
        service_starts_on=row.service_starts_on,
        counts_from=date.fromisoformat(kept["counts_from"]),
        grants=tuple(_grant(g) for g in kept["grants"]),
        basis=Basis(kept["basis"]),
        tolerance=Minutes(kept["tolerance"]),
        weekly_floor=kept["weekly_floor"],
        weekly_ceiling=kept["weekly_ceiling"],
        carry_over=CarryOver(CarryOverRule(kept["carry_over"]["rule"]), kept["carry_over"]["cap"]),
        contingency=_contingency(kept["contingency"]) if kept["contingency"] else None,
        adjustment=AdjustmentTerms(
            Direction(kept["adjustment"]["direction"]), kept["adjustment"]["percent"], kept["adjustment"]["minutes"]
        ),
        outcomes=tuple(NamedOutcome(UUID(o["id"]), o["words"]) for o in kept.get("outcomes", ())),
        person_decides=kept.get("person_decides", True),
        turn=row.turn,
    )


def draw(row: DrawRow, period_number: int, versions: Iterable[Terms]) -> ContingencyDraw:
    """A contingency draw, its circumstance and service in the words of the last version that named them."""
    agreed = [t.contingency for t in versions if t.contingency is not None][::-1]
    circumstances = tuple(c for terms in agreed for c in terms.circumstances)
    services = tuple(s for terms in agreed for s in terms.services)
    return ContingencyDraw(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        period_number=period_number,
        circumstance=named(circumstances, row.circumstance),
        service=named(services, row.service),
        exceptional=row.exceptional,
        minutes=Minutes(row.minutes),
        visit_id=row.visit_id,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        decision=Decision(row.decision) if row.decision else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def delivery(row: HourDelivery) -> Delivery:
    """What a record delivered."""
    return Delivery(
        row.record_id, row.bank_id, row.person_id, row.visit_id, row.group_id, row.starts_on, Minutes(row.minutes),
        row.received_at, row.reversed_at,
    )  # fmt: skip


def adjustment(row: HourAdjustment) -> Adjustment:
    """A change as it stands."""
    return Adjustment(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        plan_version_id=row.plan_version_id,
        funder=Funder(row.funder),
        minutes=row.minutes,
        lasting=Lasting(row.lasting),
        outcome_words=row.outcome_words,
        reason=row.reason,
        outside=Limit(row.outside) if row.outside else None,
        standing=Standing(row.standing),
        person_said=row.person_said,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        answer=row.answer,
        starts_on=row.starts_on,
        decided_for=row.decided_for,
    )


def pause(row: HourPause) -> Pause:
    """A pause as it stands."""
    return Pause(
        row.id, row.person_id, row.plan_id, PauseReason(row.reason), row.starts_on, row.ends_on, row.said_until,
        row.made_by, row.made_at,
    )  # fmt: skip


def entry(row: HourEntry) -> Entry:
    """One line of a ledger."""
    return Entry(
        id=row.id,
        bank_id=row.bank_id,
        flow=Flow(Kind(row.kind), Account(row.from_account), Account(row.to_account)),
        minutes=Minutes(row.minutes),
        cause=Cause(row.cause),
        cause_id=row.cause_id,
        part=row.part,
        posted_at=row.posted_at,
        posted_by=row.posted_by,
        week=row.week,
        happened_on=row.happened_on,
        visit_id=row.visit_id,
        record_id=row.record_id,
        reverses=row.reverses,
    )


def _grant(kept: dict[str, Any]) -> Grant:
    one, two, three, four = (Minutes(w) for w in kept["weeks"])
    parts = Parts(**kept["parts"]) if kept.get("parts") else None
    return Grant(Funder(kept["funder"]), (one, two, three, four), parts)


def _contingency(kept: dict[str, Any]) -> ContingencyTerms:
    return ContingencyTerms(
        Minutes(kept["minutes"]),
        tuple(Assessed(c["slug"], c["words"]) for c in kept["circumstances"]),
        tuple(Assessed(s["slug"], s["words"]) for s in kept["services"]),
        Minutes(kept["provider_limit"]),
    )
