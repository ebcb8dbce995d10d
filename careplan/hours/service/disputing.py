"""Disputing who pays for a visit's unfunded time, and deciding it."""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.domain.deciding import NotUncovered, NotYours
from careplan.hours.domain.disputing import AlreadyDisputed, Dispute, Outcome, Ruling, party_of
from careplan.hours.models import HourDispute
from careplan.hours.service.contingency import COUNCIL_ROLES, DecidedBefore, draw_contingency
from careplan.hours.service.deciding import take_on, top_up
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id
from careplan.kernel.words import duration, short_day
from careplan.kernel.working_days import working_days_after
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service import tell

PAID_FOR = "All of this visit has been paid for."


def dispute_unfunded(
    *, dispute_id: UUID, person_id: UUID, visit_id: UUID, why: str, days: int, actor: Actor, now: datetime
) -> Dispute:
    """Notes that somebody does not agree who pays for a visit's unfunded time; decided within so many working days.

    The same under the same id changes nothing.  Raises Invalid, NotFound, NotUncovered, AlreadyDisputed.
    """
    if not why.strip():
        raise invalid("why", "Say why you do not agree.")
    if db.session.get(HourDispute, dispute_id) is not None:
        return queries.get_dispute(dispute_id=dispute_id)
    delivery = queries.find_delivery_of_visit(person_id=person_id, visit_id=visit_id)
    if delivery is None:
        raise NotFound("There is no such visit.")
    standing = queries.standing_of(bank_id=delivery.bank_id, group_id=delivery.group_id)
    if not standing.uncovered:
        raise NotUncovered(PAID_FOR)
    said = {
        "id": dispute_id, "person_id": person_id, "bank_id": delivery.bank_id, "visit_id": delivery.group_id,
        "day": delivery.starts_on, "minutes": int(standing.uncovered), "party": party_of(actor.role).value,
        "why": why.strip(), "disputed_by": actor.account_id, "disputed_at": now,
        "answer_by": working_days_after(local_date(now), days, holidays=bank_holidays()),
    }  # fmt: skip
    written = insert(HourDispute).values(**said).on_conflict_do_nothing().returning(HourDispute.id)
    if db.session.execute(written).scalar() is None:
        raise AlreadyDisputed("This time is disputed already. Nobody has decided yet.")
    made = queries.get_dispute(dispute_id=dispute_id)
    _tell_disputed(made, actor, now)
    return made


def decide_dispute(*, dispute_id: UUID, ruling: Ruling, actor: Actor, now: datetime) -> Dispute:
    """Settles who pays for all that still stands unfunded of the visit. Decided the same way before, nothing changes.

    Raises NotYours, Invalid, NotUncovered, DecidedBefore, and what drawing contingency raises.
    """
    if actor.role not in COUNCIL_ROLES:
        raise NotYours("The social worker decides about this.")
    if not ruling.words.strip():
        raise invalid("words", "Say why: everyone around the person can read it.")
    row = db.session.scalars(select(HourDispute).where(HourDispute.id == dispute_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound("There is no such dispute.")
    dispute = queries.get_dispute(dispute_id=dispute_id)
    if dispute.outcome is not None:
        if dispute.outcome is not ruling.outcome:
            raise DecidedBefore("Somebody has decided this before.", decision=dispute.outcome.value)
        return dispute
    if not dispute.uncovered:
        raise NotUncovered(PAID_FOR)
    _carry_out(dispute, ruling, actor, now)
    row.outcome, row.words = ruling.outcome.value, ruling.words.strip()
    row.decided_by, row.decided_at = actor.account_id, now
    db.session.flush()
    decided = queries.get_dispute(dispute_id=dispute_id)
    _tell_decided(decided, actor, now)
    return decided


def _carry_out(dispute: Dispute, ruling: Ruling, actor: Actor, now: datetime) -> None:
    """Moves the minutes as it was decided."""
    match ruling.outcome:
        case Outcome.TOP_UP:
            top_up(
                decision_id=new_id(), person_id=dispute.person_id, minutes=dispute.uncovered, reason=ruling.words,
                visit_id=dispute.visit_id, actor=actor, now=now,
            )  # fmt: skip
        case Outcome.ABSORB:
            take_on(
                decision_id=new_id(), person_id=dispute.person_id, minutes=dispute.uncovered, reason=ruling.words,
                visit_id=dispute.visit_id, actor=actor, now=now,
            )  # fmt: skip
        case Outcome.CONTINGENCY:
            request = DrawRequest(
                new_id(), ruling.circumstance, ruling.service, ruling.words, dispute.uncovered, dispute.visit_id
            )
            draw_contingency(person_id=dispute.person_id, request=request, actor=actor, now=now)
        case never:
            assert_never(never)


def _tell_disputed(dispute: Dispute, actor: Actor, now: datetime) -> None:
    words = f"{dispute.party.words.capitalize()} disputes who pays for {duration(dispute.minutes)}"
    tell(
        person_id=dispute.person_id, audience={Audience.COUNCIL, Audience.PROVIDER},
        words=f"{words} of the visit on {short_day(dispute.day)}. Answer by {short_day(dispute.answer_by)}.",
        address=f"/requests/disputes/{dispute.id}", actor=actor, now=now, kind=NoticeKind.HOURS,
    )  # fmt: skip


def _tell_decided(dispute: Dispute, actor: Actor, now: datetime) -> None:
    assert dispute.outcome is not None  # noqa: S101  it has just been decided
    for audience, address in (
        ({Audience.COUNCIL, Audience.PROVIDER}, f"/requests/disputes/{dispute.id}"),
        ({Audience.PERSON}, "/me/hours"),
    ):
        tell(
            person_id=dispute.person_id, audience=audience, address=address, actor=actor, now=now,
            words=f"The extra time of the visit on {short_day(dispute.day)} is decided: {dispute.outcome.words}.",
            kind=NoticeKind.HOURS,
        )  # fmt: skip
