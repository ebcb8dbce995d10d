"""In what state versions stand, told by the database for many at once: the twin of `careplan.plans.domain.state`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, cast, func, literal, or_, select, true, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import Date, DateTime

from careplan.plans.domain.state import NEEDED, Party
from careplan.plans.models import BestInterestsRow, NotAgreedRow, PlanAgreementRow, PlanVersionRow, SupportPlanRow


def select_in_force(
    *, at: datetime | ColumnElement[datetime], person_id: ColumnElement[UUID] | None = None
) -> Select[UUID, UUID, UUID, int, str]:
    """(person, plan, version id, number, kind) of every version in force at an instant, or of one person's; the twin
    of `states_at`.
    """
    since = select_counting(at, person_id=person_id).subquery()
    latest = (
        select(since)
        .where(since.c.since <= at)
        .ext(distinct_on(since.c.plan_id))
        .order_by(since.c.plan_id, since.c.number.desc())
        .subquery()
    )
    return (
        select(latest.c.person_id, latest.c.plan_id, latest.c.version_id, latest.c.number, latest.c.kind)
        .join(SupportPlanRow, SupportPlanRow.id == latest.c.plan_id)
        .where(or_(SupportPlanRow.ended_at.is_(None), SupportPlanRow.ended_at > at))
    )


def select_counting(
    at: datetime | ColumnElement[datetime], *, person_id: ColumnElement[UUID] | None = None
) -> Select[UUID, UUID, UUID, int, str, datetime]:
    """(person, plan, version id, number, kind, since): from when each version with all the agreements that it needs can
    count, as known at an instant; everybody's, or one person's.
    """
    signed, party, v = PlanAgreementRow, literal(Party.PERSON.value).label("party"), PlanVersionRow
    settled = union_all(
        select(signed.version_id, signed.party, signed.at).where(
            or_(signed.withdrawn_at.is_(None), signed.withdrawn_at > at), _of_person(signed.person_id, person_id)
        ),
        *(
            select(row.version_id, party, row.at).where(_of_person(row.person_id, person_id))
            for row in (BestInterestsRow, NotAgreedRow)
        ),
    ).subquery()
    moves = func.timezone("Europe/London", cast(v.counts_from, DateTime()))
    first_day = func.timezone("Europe/London", cast(cast(v.content["starts_on"].astext, Date), DateTime()))
    return (
        select(
            v.person_id,
            v.plan_id,
            v.id.label("version_id"),
            v.number,
            v.kind,
            func.greatest(func.max(settled.c.at), func.max(first_day), func.max(moves)).label("since"),
        )
        .join(settled, and_(settled.c.version_id == v.id, settled.c.at <= at))
        .where(v.proposed_at <= at, or_(v.withdrawn_at.is_(None), v.withdrawn_at > at))
        .where(v.content["starts_on"].astext.is_not(None), _is_needed(settled.c.party))
        .where(_of_person(v.person_id, person_id))
        .group_by(v.id)
        .having(func.count(settled.c.party.distinct()) == _how_many_needed())
    )


def _of_person(
    column: InstrumentedAttribute[UUID], person_id: ColumnElement[UUID] | None
) -> ColumnElement[bool]:
    return true() if person_id is None else column == person_id


def _is_needed(party: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(PlanVersionRow.kind == kind.value, party.in_([p.value for p in parties]))
            for kind, parties in NEEDED.items()
        )
    )


def _how_many_needed() -> ColumnElement[int]:
    return case(*((PlanVersionRow.kind == kind.value, len(parties)) for kind, parties in NEEDED.items()))
