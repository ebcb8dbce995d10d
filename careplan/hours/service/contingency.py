"""Contingency: asked for, judged by the plan's own terms, approved by whom it allows, or refused with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.contingency import (
    Authority,
    ContingencyDraw,
    Decision,
    DrawRequest,
    Verdict,
    judge_approval,
    judge_draw,
)
from careplan.hours.domain.funding import contingency_share
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.domain.terms import Terms, terms_on
from careplan.hours.models import ContingencyDraw as DrawRow
from careplan.hours.service.ending_periods import reopen_periods
from careplan.hours.service.funding import fund
from careplan.hours.service.opening import Where, bank_at
from careplan.hours.service.posting import By, Move, lock, post
from careplan.hours.service.restating import settle, settle_all
from careplan.kernel.canonical import content_hash
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, invalid
from careplan.kernel.minutes import NO_MINUTES, Minutes

TO_UNFUNDED = Flow(Kind.CONTINGENCY_DRAW, Account.CONTINGENCY, Account.UNFUNDED)
TO_DELIVERED = Flow(Kind.CONTINGENCY_DRAW, Account.CONTINGENCY, Account.DELIVERED)
COUNCIL_ROLES = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER})


class IdUsedBefore(Conflict):
    """The id was sent before with something else under it."""

    code = "id_used_before"


class DecidedBefore(Conflict):
    """Somebody has already decided the other way."""

    code = "decided_before"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a draw came to when it was first sent; sent again it is the same."""

    draw_id: UUID
    verdict: Verdict
    left: Minutes


def draw_contingency(*, person_id: UUID, request: DrawRequest, actor: Actor, now: datetime) -> Answer:
    """Draws contingency at once where the one who asks may approve it, else leaves it waiting; waiting holds nothing.

    The same request under the same id answers the same again.  Raises IdUsedBefore for another one, and what
    `judge_draw` raises.
    """
    body_hash = _hash(person_id, request)
    by = By(actor.account_id, now)
    day = queries.find_visit_day(person_id=person_id, visit_id=request.visit_id) or local_date(now)
    terms, home = _home(person_id, day, by)
    if home is not None:
        lock(_concerned(home, request.visit_id))
    if (again := _answered_before(request.id, body_hash)) is not None:
        return again
    left = queries.contingency_to_give(bank_id=home.id) if home else NO_MINUTES
    verdict = judge_draw(
        request, terms=terms.contingency if terms else None, left=left, authority=_authority(actor, terms)
    )
    assert home is not None  # noqa: S101  without terms every circumstance was refused
    if verdict is Verdict.APPROVED:
        left = Minutes(left - request.minutes)
    answer = Answer(request.id, verdict, left)
    if not _keep(home, request, answer, body_hash, by):
        return _answered_before(request.id, body_hash) or _refuse_id()
    if verdict is Verdict.APPROVED:
        _spend(home, request.id, request.minutes, request.visit_id, day, by)
    return answer


def approve_contingency(*, draw_id: UUID, actor: Actor, now: datetime) -> ContingencyDraw:
    """Approves a waiting draw and spends it; approving again changes nothing.

    Raises DecidedBefore, AboveLimit, or ContingencyExceeded where the period no longer holds it.
    """
    by = By(actor.account_id, now)
    home = queries.get_bank_of_draw(draw_id=draw_id)
    asked = queries.get_contingency_draw(draw_id=draw_id)
    lock(_concerned(home, asked.visit_id))
    draw = queries.get_contingency_draw(draw_id=draw_id)
    if _is_settled(draw, Decision.APPROVED):
        return draw
    day = queries.find_visit_day(person_id=draw.person_id, visit_id=draw.visit_id) or local_date(draw.requested_at)
    terms = terms_on(queries.list_terms(plan_id=draw.plan_id), day)
    judge_approval(
        minutes=draw.minutes,
        terms=terms.contingency if terms else None,
        left=queries.contingency_to_give(bank_id=home.id),
        authority=_authority(actor, terms),
    )
    _decide(draw_id, Decision.APPROVED, None, by)
    _spend(home, draw_id, draw.minutes, draw.visit_id, day, by)
    return queries.get_contingency_draw(draw_id=draw_id)


def refuse_contingency(*, draw_id: UUID, reason: str, actor: Actor, now: datetime) -> ContingencyDraw:
    """Refuses a waiting draw with a reason that the one who asked can read.  Raises Invalid, DecidedBefore."""
    if not reason.strip():
        raise invalid("reason", "Say why, so that whoever asked knows what to do next.")
    home = queries.get_bank_of_draw(draw_id=draw_id)
    by = By(actor.account_id, now)
    lock([home.id])
    draw = queries.get_contingency_draw(draw_id=draw_id)
    if not _is_settled(draw, Decision.REFUSED):
        _decide(draw_id, Decision.REFUSED, reason.strip(), by)
        settle(home, by)
    return queries.get_contingency_draw(draw_id=draw_id)


def _spend(home: Bank, draw_id: UUID, minutes: Minutes, visit_id: UUID | None, day: date, by: By) -> None:
    """Moves contingency to what it pays for.

    Unfunded minutes of the named visit first; then minutes that the bank had paid come back to the bank; what no record
    shows is delivered beside them, as it is where the visit has yet to be recorded or none is named.
    Contingency belongs to the period of its visit: one that is closed meanwhile is stated anew.
    """
    if queries.is_closed(bank_id=home.id):
        reopen_periods([home.id], by)
    base = Move(TO_DELIVERED, Cause.DRAW, draw_id, 0, home.week_of(day), day)
    delivery = queries.find_delivery_of_visit(person_id=home.person_id, visit_id=visit_id) if visit_id else None
    if delivery is None:
        post(home, _part(base, TO_DELIVERED, 0, visit_id), minutes, by)
        settle(home, by)
        return
    bank = queries.get_bank_by_id(bank_id=delivery.bank_id)
    share = contingency_share(minutes, queries.standing_of(bank_id=bank.id, group_id=delivery.group_id))
    post(home, _part(base, TO_UNFUNDED, 0, delivery.group_id), share.to_unfunded, by)
    post(home, _part(base, TO_DELIVERED, 1, delivery.group_id), share.instead_of_bank, by)
    post(home, _part(base, TO_DELIVERED, 2, None), share.beside, by)
    fund(bank, delivery.group_id, by)
    settle_all([bank, home], by)


def _concerned(home: Bank, visit_id: UUID | None) -> set[UUID]:
    """The banks that a draw touches: where contingency is kept, and where the named visit was drawn."""
    delivery = queries.find_delivery_of_visit(person_id=home.person_id, visit_id=visit_id) if visit_id else None
    return {home.id, delivery.bank_id} if delivery else {home.id}


def _part(base: Move, flow: Flow, part: int, visit_id: UUID | None) -> Move:
    return Move(flow, base.cause, base.cause_id, part, base.week, base.happened_on, visit_id)


def _home(person_id: UUID, day: date, by: By) -> tuple[Terms | None, Bank | None]:
    """The terms that hold on a day, and the bank that keeps the period's contingency."""
    plan_id = queries.find_plan_of_person(person_id=person_id, day=day)
    terms = terms_on(queries.list_terms(plan_id=plan_id), day) if plan_id else None
    if plan_id is None or terms is None:
        return None, None
    main = bank_at(Where(plan_id, person_id, None, day), by)
    return terms, queries.find_contingency_bank(plan_id=plan_id, number=main.number) or main


def _authority(actor: Actor, terms: Terms | None) -> Authority:
    """How much of the decision lies with the one who acts."""
    if actor.role in COUNCIL_ROLES:
        return Authority.COUNCIL
    is_provider = terms is not None and actor.organisation_id == terms.provider_id
    return Authority.PROVIDER if is_provider and actor.role is Role.PROVIDER_COORDINATOR else Authority.NONE


def _keep(home: Bank, request: DrawRequest, answer: Answer, body_hash: str, by: By) -> bool:
    """Writes the request down with its answer; False where its id is taken."""
    approved = answer.verdict is Verdict.APPROVED
    kept: dict[str, Any] = {"verdict": answer.verdict.value, "left": int(answer.left)}
    return (
        db.session.execute(
            insert(DrawRow)
            .values(
                id=request.id, person_id=home.person_id, plan_id=home.plan_id, bank_id=home.id,
                circumstance=request.circumstance, service=request.service, exceptional=request.exceptional.strip(),
                minutes=request.minutes, visit_id=request.visit_id, requested_by=by.account_id, requested_at=by.now,
                body_hash=body_hash, answer=kept, decision=Decision.APPROVED.value if approved else None,
                decided_by=by.account_id if approved else None, decided_at=by.now if approved else None, reason=None,
            )
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(DrawRow.id)
        ).scalar()
        is not None
    )  # fmt: skip


def _answered_before(draw_id: UUID, body_hash: str) -> Answer | None:
    first = queries.find_first_answer(draw_id=draw_id)
    if first is None:
        return None
    if first.body_hash != body_hash:
        _refuse_id()
    return Answer(first.draw_id, first.verdict, first.left)


def _refuse_id() -> NoReturn:
    raise IdUsedBefore("This id was used before for another request. Make a new one for each request.")


def _is_settled(draw: ContingencyDraw, wish: Decision) -> bool:
    """Whether the same was decided before.  Raises DecidedBefore where it was the other."""
    if draw.decision is not None and draw.decision is not wish:
        raise DecidedBefore(f"This was {draw.decision.value} before.", decision=draw.decision.value)
    return draw.decision is wish


def _decide(draw_id: UUID, decision: Decision, reason: str | None, by: By) -> None:
    db.session.execute(
        update(DrawRow)
        .where(DrawRow.id == draw_id)
        .values(decision=decision.value, decided_by=by.account_id, decided_at=by.now, reason=reason)
        .execution_options(synchronize_session=False)
    )


def _hash(person_id: UUID, request: DrawRequest) -> str:
    return content_hash(
        {
            "person": str(person_id),
            "circumstance": request.circumstance,
            "service": request.service,
            "exceptional": request.exceptional,
            "minutes": int(request.minutes),
            "visit": str(request.visit_id) if request.visit_id else None,
        }
    )
