"""Pausing the care for a while: what was set aside comes free, and the hours of the paused days are withheld."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.pausing import BadPause, Pause, PauseReason, checked_days, checked_end
from careplan.hours.models import HourBank, HourPause, HourReservation
from careplan.hours.service.contingency import IdUsedBefore
from careplan.hours.service.opening import one_at_a_time
from careplan.hours.service.planning import let_go, set_aside
from careplan.hours.service.posting import By, lock
from careplan.hours.service.restating import settle_all
from careplan.kernel.clock import local_date


class NoHours(BadPause):
    """There is no plan whose hours could be paused."""

    code = "no_hours"


def pause_care(
    *,
    pause_id: UUID,
    person_id: UUID,
    reason: PauseReason,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> Pause:
    """Pauses from one day to another, both paused; without a last day until somebody says when it ends.

    The same pause under the same id changes nothing.  Raises BadPause, NoHours, IdUsedBefore.
    """
    checked_days(starts_on=starts_on, ends_on=ends_on, today=local_date(now))
    plan_id = queries.find_plan_of_person(person_id=person_id, day=starts_on)
    if plan_id is None:
        raise NoHours("No hours have been agreed for this person, so there is nothing to pause.")
    one_at_a_time(plan_id)
    said = {
        "person_id": person_id, "plan_id": plan_id, "reason": reason.value, "starts_on": starts_on,
        "said_until": ends_on,
    }  # fmt: skip
    written = db.session.execute(
        insert(HourPause)
        .values(id=pause_id, ends_on=ends_on, made_by=actor.account_id, made_at=now, **said)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(HourPause.id)
    ).scalar()
    pause = queries.get_pause(pause_id=pause_id)
    if written is None:
        if any(getattr(pause, name) != value for name, value in said.items()):
            raise IdUsedBefore("This id was used before for another pause. Make a new one for each.")
        return pause
    _follow(pause, since=starts_on, until=ends_on, by=By(actor.account_id, now))
    return pause


def end_pause(*, pause_id: UUID, ends_on: date, actor: Actor, now: datetime) -> Pause:
    """Says which day is the last paused one, earlier or later than was said; hours of days no longer paused come back.

    The day before the first says that the pause never began.  Raises NotFound, BadPause.
    """
    pause = queries.get_pause(pause_id=pause_id)
    one_at_a_time(pause.plan_id)
    checked_end(pause, ends_on)
    if pause.ends_on == ends_on:
        return pause
    db.session.execute(
        update(HourPause)
        .where(HourPause.id == pause_id)
        .values(ends_on=ends_on, changed_by=actor.account_id, changed_at=now)
        .execution_options(synchronize_session=False)
    )
    _follow(pause, since=pause.starts_on, until=_later(pause.ends_on, ends_on), by=By(actor.account_id, now))
    return queries.get_pause(pause_id=pause_id)


def _follow(pause: Pause, *, since: date, until: date | None, by: By) -> None:
    """Brings every open bank of these days, and what is planned in it, to what the pauses now say."""
    banks = _banks(pause.plan_id, since, until)
    lock(b.id for b in banks)
    pauses = queries.list_pauses(plan_id=pause.plan_id)
    planned = {bank.id: _planned(bank, since, until) for bank in banks}
    for bank in banks:
        for visit_id, day in planned[bank.id]:
            if any(p.holds(day) for p in pauses):
                let_go(bank, visit_id, by)
    settle_all(banks, by)
    for bank in banks:
        for visit_id, day in planned[bank.id]:
            if not any(p.holds(day) for p in pauses):
                set_aside(bank, visit_id, by)


def _banks(plan_id: UUID, since: date, until: date | None) -> list[Bank]:
    query = select(HourBank.id).where(HourBank.plan_id == plan_id, HourBank.ends_on >= since)
    if until is not None:
        query = query.where(HourBank.starts_on <= until)
    return [queries.get_bank_by_id(bank_id=found) for found in db.session.scalars(query.order_by(HourBank.id)).all()]


def _planned(bank: Bank, since: date, until: date | None) -> list[tuple[UUID, date]]:
    query = select(HourReservation.visit_id, HourReservation.starts_on).where(
        HourReservation.bank_id == bank.id, HourReservation.minutes > 0, HourReservation.starts_on >= since
    )
    if until is not None:
        query = query.where(HourReservation.starts_on <= until)
    rows = db.session.execute(query.order_by(HourReservation.starts_on, HourReservation.visit_id))
    return [(row.visit_id, row.starts_on) for row in rows]


def _later(one: date | None, other: date) -> date | None:
    return None if one is None else max(one, other)
