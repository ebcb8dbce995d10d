"""Contributions and what is free of charge, with their history."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.money import Pence
from careplan.payments.domain.contribution import (
    Contribution,
    ContributionKind,
    ContributionStatus,
    Exemption,
    ExemptionKind,
)
from careplan.payments.models import ChargeExemptionRow, ContributionRow, FinancePersonRow
from careplan.payments.queries.facts import FinancePerson

PAGE = 100


def list_contributions(
    *, person_ids: Iterable[UUID], as_of: datetime
) -> dict[UUID, list[Contribution]]:
    """Everything recorded of these people's contributions by an instant, the latest first."""
    found: dict[UUID, list[Contribution]] = defaultdict(list)
    query = (
        select(ContributionRow)
        .where(ContributionRow.person_id.in_(list(person_ids)), ContributionRow.recorded_at <= as_of)
        .order_by(ContributionRow.since.desc(), ContributionRow.recorded_at.desc(), ContributionRow.id.desc())
    )
    for row in db.session.scalars(query):
        found[row.person_id].append(_contribution(row))
    return found


def list_exemptions(*, person_ids: Iterable[UUID], as_of: datetime) -> dict[UUID, list[Exemption]]:
    """What is free of charge for these people, as recorded last for each kind and first day, the latest first."""
    last: dict[tuple[UUID, str, date], Exemption] = {}
    query = (
        select(ChargeExemptionRow)
        .where(ChargeExemptionRow.person_id.in_(list(person_ids)), ChargeExemptionRow.recorded_at <= as_of)
        .order_by(ChargeExemptionRow.recorded_at, ChargeExemptionRow.id)
    )
    for row in db.session.scalars(query):
        last[row.person_id, row.kind, row.since] = Exemption(
            ExemptionKind(row.kind), row.since, row.until, row.source
        )
    found: dict[UUID, list[Exemption]] = defaultdict(list)
    for (person_id, _, _), exemption in sorted(last.items(), key=lambda item: item[1].since, reverse=True):
        found[person_id].append(exemption)
    return found


def list_known(*, words: str | None = None, after: str | None = None, limit: int = PAGE) -> list[FinancePerson]:
    """The people whom finance knows, by name and reference; `words` is part of either. `after` is a reference."""
    query = select(FinancePersonRow).order_by(FinancePersonRow.name, FinancePersonRow.reference).limit(limit)
    if words:
        like = f"%{words.strip()}%"
        query = query.where(FinancePersonRow.name.ilike(like) | FinancePersonRow.reference.ilike(like))
    if after is not None:
        place = select(FinancePersonRow.name).where(FinancePersonRow.reference == after).scalar_subquery()
        query = query.where(
            (FinancePersonRow.name > place)
            | ((FinancePersonRow.name == place) & (FinancePersonRow.reference > after))
        )
    return [FinancePerson(r.person_id, r.reference, r.name) for r in db.session.scalars(query)]


def get_known(*, person_id: UUID) -> FinancePerson:
    """A person whom finance knows.  Raises NotFound."""
    row = db.session.scalar(select(FinancePersonRow).where(FinancePersonRow.person_id == person_id))
    if row is None:
        raise NotFound("Finance knows nobody of that reference.")
    return FinancePerson(row.person_id, row.reference, row.name)


def _contribution(row: ContributionRow) -> Contribution:
    return Contribution(
        id=row.id,
        person_id=row.person_id,
        kind=ContributionKind(row.kind),
        weekly=Pence(row.weekly),
        since=row.since,
        status=ContributionStatus(row.status),
        source=row.source,
        told_on=row.told_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )
