"""Deciding about minutes: topping a bank up, taking a visit's minutes on, keeping minutes for a need to come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.deciding import DecisionKind, NotYours, checked_absorption
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.domain.terms import terms_on
from careplan.hours.models import HourDecision, HourEarmark
from careplan.hours.service.contingency import COUNCIL_ROLES, IdUsedBefore
from careplan.hours.service.opening import Where, bank_at
from careplan.hours.service.posting import By, Move, lock, post
from careplan.hours.service.restating import settle
from careplan.kernel.clock import local_date
from careplan.kernel.errors import DomainError, NotFound, invalid
from careplan.kernel.minutes import Minutes

TOP_UP = Flow(Kind.TOP_UP, Account.SOURCE, Account.BANK)
ABSORB = Flow(Kind.ABSORB, Account.WRITTEN_OFF, Account.UNFUNDED)


class NothingToTopUp(DomainError):
    """There is no bank of this person that could be topped up."""

    code = "no_hours"


def top_up(
    *,
    decision_id: UUID,
    person_id: UUID,
    minutes: Minutes,
    reason: str,
    visit_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> None:
    """The social worker adds minutes, with a reason, to the bank of a visit, or to the present one without a visit.

    They pay first for what stands unfunded. The same decision under the same id changes nothing.
    Raises NotYours, Invalid, NothingToTopUp, IdUsedBefore.
    """
    if actor.role not in COUNCIL_ROLES:
        raise NotYours("The social worker decides about more hours.")
    by = By(actor.account_id, now)
    bank = _bank(person_id, visit_id, by)
    lock([bank.id])
    if not _keep(decision_id, DecisionKind.TOP_UP, bank, minutes, visit_id, reason, by):
        return
    day = queries.find_visit_day(person_id=person_id, visit_id=visit_id) or local_date(now)
    post(bank, Move(TOP_UP, Cause.DECISION, decision_id, 0, bank.week_of(day), None), minutes, by)
    settle(bank, by)


def absorb(
    *,
    decision_id: UUID,
    person_id: UUID,
    minutes: Minutes,
    reason: str,
    visit_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """The provider takes minutes of a visit, for which nobody has paid, on as its own time.

    The same decision under the same id changes nothing.
    Raises NotYours, NotFound, Invalid, NotUncovered, IdUsedBefore.
    """
    delivery = _delivery(person_id, visit_id)
    bank = queries.get_bank_by_id(bank_id=delivery.bank_id)
    terms = terms_on(queries.list_terms(plan_id=bank.plan_id), delivery.starts_on)
    theirs = terms is not None and terms.provider_id == actor.organisation_id
    if actor.role is not Role.PROVIDER_COORDINATOR or not theirs:
        raise NotYours("The provider of this package decides whether to take time on.")
    take_on(
        decision_id=decision_id, person_id=person_id, minutes=minutes, reason=reason, visit_id=visit_id, actor=actor,
        now=now,
    )  # fmt: skip


def take_on(
    *,
    decision_id: UUID,
    person_id: UUID,
    minutes: Minutes,
    reason: str,
    visit_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """The same, by whoever may decide it: the provider itself, or the social worker where it was disputed.

    Raises NotFound, Invalid, NotUncovered, IdUsedBefore.
    """
    by = By(actor.account_id, now)
    delivery = _delivery(person_id, visit_id)
    bank = queries.get_bank_by_id(bank_id=delivery.bank_id)
    lock([bank.id])
    if not _keep(decision_id, DecisionKind.ABSORB, bank, minutes, delivery.group_id, reason, by):
        return
    standing = queries.standing_of(bank_id=bank.id, group_id=delivery.group_id)
    checked_absorption(minutes=minutes, uncovered=standing.uncovered)
    week = bank.week_of(delivery.starts_on)
    move = Move(ABSORB, Cause.DECISION, decision_id, 0, week, delivery.starts_on, delivery.group_id)
    post(bank, move, minutes, by)
    settle(bank, by)


def earmark(
    *, earmark_id: UUID, person_id: UUID, minutes: Minutes, need: str, until: date, actor: Actor, now: datetime
) -> None:
    """Keeps minutes of the present bank for a named need: they do not end with the period as long as it is to come.

    The same earmark under the same id changes nothing.  Raises Invalid, NothingToTopUp, IdUsedBefore.
    """
    today = local_date(now)
    if not need.strip():
        raise invalid("need", "Say what the time is kept for.")
    if until <= today:
        raise invalid("until", "Give a day in the future: the day of the need.")
    if minutes < 1:
        raise invalid("minutes", "Keep at least one minute.")
    bank = _bank(person_id, None, By(actor.account_id, now))
    said = {
        "person_id": person_id, "plan_id": bank.plan_id, "funder": bank.funder.value, "minutes": int(minutes),
        "need": need.strip(), "until": until,
    }  # fmt: skip
    written = db.session.execute(
        insert(HourEarmark)
        .values(id=earmark_id, made_on=today, made_by=actor.account_id, **said)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(HourEarmark.id)
    ).scalar()
    if written is None:
        kept = db.session.get_one(HourEarmark, earmark_id)
        if any(getattr(kept, name) != value for name, value in said.items()):
            raise IdUsedBefore("This id was used before for something else. Make a new one for each.")


def end_earmark(*, earmark_id: UUID, actor: Actor, now: datetime) -> None:
    """The minutes are no longer kept; ended before, nothing changes."""
    db.session.execute(
        update(HourEarmark)
        .where(HourEarmark.id == earmark_id, HourEarmark.ended_on.is_(None))
        .values(ended_on=local_date(now), ended_by=actor.account_id)
    )


def _delivery(person_id: UUID, visit_id: UUID) -> Delivery:
    delivery = queries.find_delivery_of_visit(person_id=person_id, visit_id=visit_id)
    if delivery is None:
        raise NotFound("There is no such visit.")
    return delivery


def _bank(person_id: UUID, visit_id: UUID | None, by: By) -> Bank:
    """The bank of a visit that was delivered; else the main funder's present one."""
    delivery = queries.find_delivery_of_visit(person_id=person_id, visit_id=visit_id) if visit_id else None
    if delivery is not None:
        return queries.get_bank_by_id(bank_id=delivery.bank_id)
    today = local_date(by.now)
    plan_id = queries.find_plan_of_person(person_id=person_id, day=today)
    bank = bank_at(Where(plan_id, person_id, None, today), by) if plan_id else None
    if bank is None or bank.period is None:
        raise NothingToTopUp("This person has no hours now.")
    return bank


def _keep(
    decision_id: UUID,
    kind: DecisionKind,
    bank: Bank,
    minutes: Minutes,
    visit_id: UUID | None,
    reason: str,
    by: By,
) -> bool:
    """Writes a decision down; False where the same stands already.  Raises Invalid, IdUsedBefore."""
    if not reason.strip():
        raise invalid("reason", "Say why: everyone around the person can read it.")
    if minutes < 1:
        raise invalid("minutes", "Give at least one minute.")
    said = {
        "bank_id": bank.id, "kind": kind.value, "minutes": int(minutes), "visit_id": visit_id, "reason": reason.strip(),
    }  # fmt: skip
    written = db.session.execute(
        insert(HourDecision)
        .values(id=decision_id, person_id=bank.person_id, decided_by=by.account_id, decided_at=by.now, **said)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(HourDecision.id)
    ).scalar()
    if written is None:
        kept = db.session.get_one(HourDecision, decision_id)
        if any(getattr(kept, name) != value for name, value in said.items()):
            raise IdUsedBefore("This id was used before for another decision. Make a new one for each.")
    return written is not None
