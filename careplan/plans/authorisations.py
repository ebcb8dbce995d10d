"""Versions that wait for a team manager, as frozen values."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.limit import Excess, Measure
from careplan.plans.domain.authority import Answer, Authorisation, beyond
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.models import AuthorisationRow, PlanVersionRow


def beyond_limit(version: PlanVersion, role: Role, *, actor: Actor, at: datetime) -> tuple[Excess, ...]:
    """In what a version goes beyond what this role signs for the actor's council."""
    if actor.organisation_id is None:
        return ()
    limit = organisations.find_signing_limit(council_id=actor.organisation_id, role=role, at=at)
    return beyond(version.content, limit)


def council_signer(plan: SupportPlan | None, *, actor: Actor, at: datetime) -> Role:
    """Who signs for the council what waits: above the social worker's limit, the team manager."""
    waits = plan.proposed if plan else None
    above = waits is not None and beyond_limit(waits, Role.SOCIAL_WORKER, actor=actor, at=at)
    return Role.TEAM_MANAGER if above else Role.SOCIAL_WORKER


def find_person_of_authorisation(*, request_id: UUID, **_: object) -> UUID | None:
    """Whose plan it is about, for the guard."""
    return db.session.scalar(select(AuthorisationRow.person_id).where(AuthorisationRow.id == request_id))


def get_authorisation(*, request_id: UUID) -> Authorisation:
    """Raises NotFound."""
    found = _list(_all().where(AuthorisationRow.id == request_id))
    if not found:
        raise NotFound("There is no such request.")
    return found[0]


def find_latest(*, version_id: UUID) -> Authorisation | None:
    """The last time that a version was sent to a manager."""
    query = _all().where(AuthorisationRow.version_id == version_id).order_by(AuthorisationRow.asked_at.desc()).limit(1)
    return next(iter(_list(query)), None)


def list_waiting(*, people: Select[UUID], at: datetime) -> list[Authorisation]:
    """What waits for a manager about these people, the longest first; a version that was taken back waits no longer."""
    return _list(
        _all()
        .where(
            AuthorisationRow.person_id.in_(people),
            AuthorisationRow.answer.is_(None),
            AuthorisationRow.asked_at <= at,
            PlanVersionRow.withdrawn_at.is_(None),
        )
        .order_by(AuthorisationRow.asked_at, AuthorisationRow.id)
        .limit(200)
    )


def _all() -> Select[AuthorisationRow, int]:
    return select(AuthorisationRow, PlanVersionRow.number).join(
        PlanVersionRow, PlanVersionRow.id == AuthorisationRow.version_id
    )


def _list(query: Select[AuthorisationRow, int]) -> list[Authorisation]:
    found = list(db.session.execute(query))
    accounts = {account for row, _ in found for account in (row.asked_by, row.answered_by) if account}
    names = access.list_account_names(account_ids=accounts)
    return [
        Authorisation(
            id=row.id,
            plan_id=row.plan_id,
            person_id=row.person_id,
            version_id=row.version_id,
            number=number,
            beyond=tuple(Excess(Measure(e["measure"]), e["asked"], e["limit"]) for e in row.beyond),
            asked_by=row.asked_by,
            asked_by_name=names.get(row.asked_by, ""),
            asked_at=row.asked_at,
            answer=Answer(row.answer) if row.answer else None,
            answered_by_name=names.get(row.answered_by, "") if row.answered_by else None,
            answered_at=row.answered_at,
            reason=row.reason,
        )
        for row, number in found
    ]
