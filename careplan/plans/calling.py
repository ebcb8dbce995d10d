"""Which plans of many people call for somebody to act: a few statements however many people there are."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from careplan.db import db
from careplan.plans.domain.calling import Calling, Due
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import VersionFacts, VersionState, outstanding, states_at
from careplan.plans.in_force import select_counting, select_in_force
from careplan.plans.models import AuthorisationRow, PlanSuggestionRow, PlanVersionRow, SupportPlanRow
from careplan.plans.queries import select_due
from careplan.plans.standing import list_facts


def list_calling(*, people: Select[UUID], at: datetime) -> list[Calling]:
    """The plans of these people, not ended, with a version that waits or a suggestion that nobody has decided."""
    plans = db.session.execute(
        select(SupportPlanRow.id, SupportPlanRow.person_id).where(
            SupportPlanRow.person_id.in_(people),
            or_(SupportPlanRow.ended_at.is_(None), SupportPlanRow.ended_at > at),
        )
    ).all()
    ids = [p.id for p in plans]
    facts, suggested, sent = list_facts(ids), _suggested(ids), _with_manager(ids)
    found = (_calling(p.id, p.person_id, facts[p.id], suggested, sent, at) for p in plans)
    return [c for c in found if c.proposed_at is not None or c.suggested_at is not None]


def list_due(*, people: Select[UUID], at: datetime, until: date) -> list[Due]:
    """The versions in force of these people that are to be reviewed or replaced by a day, the earliest first."""
    found, since, v = select_in_force(at=at).subquery(), select_counting(at=at).subquery(), PlanVersionRow
    due_on = select_due(since.c.since)
    rows = db.session.execute(
        select(found.c.person_id, found.c.plan_id, found.c.kind, due_on.label("due_on"))
        .join(since, since.c.version_id == found.c.version_id)
        .join(v, v.id == found.c.version_id)
        .where(found.c.person_id.in_(people), due_on <= until)
        .order_by(due_on, found.c.plan_id)
        .limit(200)
    )
    return [Due(r.person_id, r.plan_id, r.kind == PlanKind.INTERIM.value, r.due_on) for r in rows]


def _calling(
    plan_id: UUID,
    person_id: UUID,
    versions: list[VersionFacts],
    suggested: dict[UUID, tuple[int, datetime]],
    sent: set[tuple[UUID, int]],
    at: datetime,
) -> Calling:
    states = states_at(versions, at=at, ended_at=None)
    waits = next((v for v in reversed(versions) if states[v.number] is VersionState.PROPOSED), None)
    count, since = suggested.get(plan_id, (0, None))
    if waits is None:
        return Calling(person_id, plan_id, suggestions=count, suggested_at=since)
    return Calling(
        person_id=person_id,
        plan_id=plan_id,
        proposed=waits.number,
        proposed_at=waits.proposed_at,
        outstanding=outstanding(waits),
        with_manager=(plan_id, waits.number) in sent,
        suggestions=count,
        suggested_at=since,
    )


def _suggested(plan_ids: list[UUID]) -> dict[UUID, tuple[int, datetime]]:
    s = PlanSuggestionRow
    rows = db.session.execute(
        select(s.plan_id, func.count(), func.min(s.at))
        .where(s.plan_id.in_(plan_ids), s.decision.is_(None))
        .group_by(s.plan_id)
    )
    return {plan_id: (count, since) for plan_id, count, since in rows}


def _with_manager(plan_ids: list[UUID]) -> set[tuple[UUID, int]]:
    """The versions that wait for a team manager."""
    rows = db.session.execute(
        select(AuthorisationRow.plan_id, PlanVersionRow.number)
        .join(PlanVersionRow, PlanVersionRow.id == AuthorisationRow.version_id)
        .where(AuthorisationRow.plan_id.in_(plan_ids), AuthorisationRow.answer.is_(None))
    )
    return {(plan_id, number) for plan_id, number in rows}
