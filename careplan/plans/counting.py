"""How the version in force has visits counted: all that whoever takes their records needs of a plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Uuid, bindparam, func, select

from careplan.db import db
from careplan.db.types import UtcInstant
from careplan.hours.domain.terms import Basis
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.plans.in_force import select_in_force
from careplan.plans.models import PlanVersionRow
from careplan.plans.queries import select_plan_of_person


@dataclass(frozen=True, slots=True)
class Counting:
    """A version's number, which minutes of a visit count by it, and how many it adds within its limits."""

    number: int
    basis: Basis
    tolerance: Minutes


def select_counting_rule(*, person_id: ColumnElement[UUID], at: ColumnElement[datetime]) -> ScalarSelect[Any]:
    """For a statement of a slice above: what `counting_of` reads, of the person's plan at an instant."""
    found = select_in_force(at=at, person_id=person_id).subquery()
    hours = PlanVersionRow.content["hours"]
    return (
        select(func.jsonb_build_object("number", found.c.number, "hours", hours))
        .select_from(found)
        .join(PlanVersionRow, PlanVersionRow.id == found.c.version_id)
        .where(found.c.plan_id == select_plan_of_person(person_id=person_id).scalar_subquery())
        .scalar_subquery()
    )


def counting_of(said: Any) -> Counting | None:
    """The rule that was read; None where no version was in force."""
    if said is None:
        return None
    hours = said["hours"] or {}
    return Counting(
        said["number"], Basis(hours.get("basis", Basis.ACTUAL)), Minutes(hours.get("tolerance", NO_MINUTES))
    )


def find_counting(*, person_id: UUID, at: datetime) -> Counting | None:
    """How visits of a person counted at an instant."""
    return counting_of(db.session.scalar(_RULE, {"person": person_id, "at": at}))


_RULE = select(
    select_counting_rule(person_id=bindparam("person", type_=Uuid()), at=bindparam("at", type_=UtcInstant()))
)
