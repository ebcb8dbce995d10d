"""Contingency as it was asked for and decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.queries import select_visible
from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.contingency import ContingencyDraw, Decision, Verdict
from careplan.hours.domain.ledger import Account
from careplan.hours.models import ContingencyDraw as DrawRow
from careplan.hours.models import HourBalance, HourBank, HourEntry
from careplan.hours.queries.banks import list_terms
from careplan.hours.queries.ledger import net
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes

MOST_WAITING = 200
MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What was answered when a draw was first sent, and the hash of what was sent."""

    draw_id: UUID
    body_hash: str
    verdict: Verdict
    left: Minutes


def get_contingency_draw(*, draw_id: UUID) -> ContingencyDraw:
    """A draw as it stands, read anew.  Raises NotFound."""
    found = _draws(select(DrawRow).where(DrawRow.id == draw_id))
    if not found:
        raise NotFound("There is no such request.")
    return found[0]


def find_first_answer(*, draw_id: UUID) -> FirstAnswer | None:
    """What a draw's id was first answered."""
    row = db.session.get(DrawRow, draw_id)
    if row is None:
        return None
    return FirstAnswer(row.id, row.body_hash, Verdict(row.answer["verdict"]), Minutes(row.answer["left"]))


def find_person_of_draw(*, draw_id: UUID, **_: object) -> UUID | None:
    """Whose contingency a draw asks for."""
    return db.session.scalar(select(DrawRow.person_id).where(DrawRow.id == draw_id))


def get_bank_of_draw(*, draw_id: UUID) -> Bank:
    """The bank that keeps the contingency which a draw asks for.  Raises NotFound."""
    row = db.session.scalar(select(HourBank).join(DrawRow, DrawRow.bank_id == HourBank.id).where(DrawRow.id == draw_id))
    if row is None:
        raise NotFound("There is no such request.")
    return rows.bank(row)


def list_contingency_draws(*, person_id: UUID) -> list[ContingencyDraw]:
    """A person's draws, waiting, approved and refused, the latest first."""
    return _draws(
        select(DrawRow)
        .where(DrawRow.person_id == person_id)
        .order_by(DrawRow.requested_at.desc(), DrawRow.id.desc())
        .limit(MOST_HISTORY)
    )


def list_waiting_draws(*, actor: Actor, now: datetime) -> list[ContingencyDraw]:
    """Draws waiting for a decision, of the people whose contingency this actor may see, the oldest first."""
    visible = select_visible(actor=actor, section=Section.CONTINGENCY, action=Action.READ, now=now)
    return _draws(
        select(DrawRow)
        .where(DrawRow.decision.is_(None), DrawRow.person_id.in_(visible))
        .order_by(DrawRow.requested_at, DrawRow.id)
        .limit(MOST_WAITING)
    )


def list_asked(*, people: Select[UUID]) -> list[tuple[UUID, Minutes, datetime]]:
    """(person, minutes, when) of what waits for a decision about these people, the oldest first: one statement."""
    rows = db.session.execute(
        select(DrawRow.person_id, DrawRow.minutes, DrawRow.requested_at)
        .where(DrawRow.decision.is_(None), DrawRow.person_id.in_(people))
        .order_by(DrawRow.requested_at, DrawRow.id)
        .limit(MOST_WAITING)
    )
    return [(person_id, Minutes(minutes), at) for person_id, minutes, at in rows]


def list_contingency_left(*, draw_ids: Iterable[UUID]) -> dict[UUID, Minutes]:
    """By draw, what its period can still give it."""
    found = db.session.execute(
        select(DrawRow.id, HourBalance.contingency + _ended(DrawRow.bank_id))
        .join(HourBalance, HourBalance.bank_id == DrawRow.bank_id)
        .where(DrawRow.id.in_(list(draw_ids)))
    )
    return {draw_id: Minutes(left) for draw_id, left in found}


def contingency_to_give(*, bank_id: UUID) -> Minutes:
    """What a period can still give: what it holds, and what ended unused when it closed, for it may be stated anew."""
    query = select(HourBalance.contingency + _ended(HourBalance.bank_id)).where(HourBalance.bank_id == bank_id)
    return Minutes(db.session.scalar(query) or 0)


def contingency_asked(*, bank_id: UUID) -> Minutes:
    """How much contingency of a period waits for a decision."""
    query = select(func.coalesce(func.sum(DrawRow.minutes), 0)).where(
        DrawRow.bank_id == bank_id, DrawRow.decision.is_(None)
    )
    return Minutes(db.session.scalar(query) or 0)


def _ended(bank_id: InstrumentedAttribute[UUID]) -> ScalarSelect[int]:
    """Contingency that a bank's close has ended, by its ledger."""
    ended = net(Account.CONTINGENCY, Account.EXPIRED)
    return select(ended).where(HourEntry.bank_id == bank_id).scalar_subquery()


def list_runs_of_contingency(*, plan_ids: Iterable[UUID], on: date) -> dict[UUID, tuple[int, int]]:
    """Plans that drew contingency in two periods running, with the two numbers, the latest pair up to a day.

    Such a run is a reason to review the plan.
    """
    drawn = (
        select(HourBank.plan_id, HourBank.period_number)
        .join(DrawRow, DrawRow.bank_id == HourBank.id)
        .where(
            HourBank.plan_id.in_(list(plan_ids)), HourBank.starts_on <= on,
            DrawRow.decision == Decision.APPROVED.value,
        )
        .distinct()
    )  # fmt: skip
    found = {(row.plan_id, row.period_number) for row in db.session.execute(drawn)}
    runs = sorted((plan, number) for plan, number in found if (plan, number - 1) in found)
    return {plan: (number - 1, number) for plan, number in runs}


def _draws(query: Select[DrawRow]) -> list[ContingencyDraw]:
    """Draws with their period's number and the words of the latest terms that named them."""
    found = list(db.session.scalars(query.execution_options(populate_existing=True)))
    banks = {
        bank_id: number
        for bank_id, number in db.session.execute(
            select(HourBank.id, HourBank.period_number).where(HourBank.id.in_({r.bank_id for r in found}))
        )
    }
    terms = {plan_id: list_terms(plan_id=plan_id) for plan_id in {r.plan_id for r in found}}
    return [rows.draw(row, banks[row.bank_id], terms[row.plan_id]) for row in found]
