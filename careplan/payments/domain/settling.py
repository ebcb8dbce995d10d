"""From a visit as it is recorded to the visit that money sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.hours.domain.pausing import Pause
from careplan.hours.domain.terms import Funder, Terms, payer_words, terms_on
from careplan.kernel.clock import local_date
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import DAYS_IN_WEEK, WEEKS_IN_PERIOD
from careplan.kernel.words import duration
from careplan.payments.domain.calendar import monday_of
from careplan.payments.domain.settled import Outcome, SettledVisit
from careplan.visits.domain.visit import Cancellation, CancelledBy, Result, Status, Visit

OF_STATUS = {
    Status.COMPLETED: Outcome.COMPLETED,
    Status.NO_REPLY: Outcome.NO_REPLY,
    Status.REFUSED: Outcome.REFUSED,
    Status.IN_HOSPITAL: Outcome.IN_HOSPITAL,
}
OF_CANCELLER = {
    CancelledBy.PERSON: Outcome.CANCELLED_BY_PERSON,
    CancelledBy.COUNCIL: Outcome.CANCELLED_BY_COUNCIL,
    CancelledBy.PROVIDER: Outcome.CANCELLED_BY_PROVIDER,
}


@dataclass(frozen=True, slots=True)
class AroundVisit:
    """What else money needs to know: the provider, who funds it, what the plan granted, whether it is rural.

    `died_on` None: the person is not known to have died. `stays` are the times in hospital that were known of.
    """

    provider_id: UUID
    funder: Funder
    terms: Sequence[Terms] = ()
    is_rural: bool = False
    died_on: date | None = None
    stays: Sequence[Pause] = ()


def settle(visit: Visit, around: AroundVisit) -> SettledVisit:
    """The visit's facts, with minutes of all workers together. What a worker found counts before what was called off.

    One of which nothing was recorded, though it is over, is a missed one: a record that comes later corrects it.
    """
    done = [r for r in visit.standing if r.result is Result.COMPLETED]
    planned = visit.planned_minutes or NO_MINUTES
    came = len({r.worker_id for r in done})
    actual = Minutes(sum(r.actual_minutes for r in done))
    day = day_of(visit)
    terms = terms_on(list(around.terms), day)
    stay = next((s for s in around.stays if s.holds(day)), None) if not visit.standing else None
    return SettledVisit(
        id=visit.id,
        person_id=visit.person_id,
        provider_id=around.provider_id,
        day=day,
        outcome=Outcome.IN_HOSPITAL if stay else _outcome(visit),
        funder=around.funder,
        planned=planned,
        needed=visit.workers_needed,
        on_rota=len(visit.workers) if planned else 0,
        came=came,
        actual=actual,
        invoiced=Minutes(planned * min(came, visit.workers_needed)) if planned else actual,
        notice=_until(_starts_at(visit), stay.made_at) if stay else _notice(visit.cancellation),
        hospital_day=_day_of(stay, day) if stay else 0,
        is_rural=around.is_rural,
        is_after_death=around.died_on is not None and day > around.died_on,
        service_week=_service_week(terms, day),
        plan_id=visit.plan_id,
        plan_version=terms.version_number if terms else None,
        clause=clause_of(terms, around.funder, day),
        parts=terms.parts if terms and around.funder is Funder.JOINT else None,
    )


def day_of(visit: Visit) -> date:
    """The London day that a visit counts for."""
    return local_date(_starts_at(visit))


def clause_of(terms: Terms | None, funder: Funder, day: date) -> str | None:
    """The words of the plan that grant a visit's minutes, as 'Version 2, week 3: 20 hours. The council pays.'"""
    if terms is None or day < terms.service_starts_on:
        return None
    week = (day - terms.service_starts_on).days // DAYS_IN_WEEK % WEEKS_IN_PERIOD
    minutes = sum(g.weeks[week] for g in terms.grants if g.funder is funder)
    payer = payer_words(funder, terms.parts)
    return f"Version {terms.version_number}, week {week + 1}: {duration(minutes)}. {payer}."


def _outcome(visit: Visit) -> Outcome:
    if visit.status in OF_STATUS:
        return OF_STATUS[visit.status]
    return OF_CANCELLER[visit.cancellation.by] if visit.cancellation else Outcome.MISSED


def _starts_at(visit: Visit) -> datetime:
    starts_at = visit.planned_start or visit.started_at
    assert starts_at is not None  # noqa: S101  a visit was planned or has a record
    return starts_at


def _notice(cancellation: Cancellation | None) -> Minutes:
    return Minutes(cancellation.notice // timedelta(minutes=1)) if cancellation else NO_MINUTES


def _until(start: datetime, known: datetime) -> Minutes:
    return Minutes(max(start - known, timedelta(0)) // timedelta(minutes=1))


def _day_of(stay: Pause, day: date) -> int:
    """The how-manieth day of a stay it is, counted from when it began, or was known of where that was later."""
    return (day - max(stay.starts_on, min(local_date(stay.made_at), day))).days + 1


def _service_week(terms: Terms | None, day: date) -> int:
    if terms is None or day < terms.service_starts_on:
        return 1
    return (monday_of(day) - monday_of(terms.service_starts_on)).days // DAYS_IN_WEEK + 1
