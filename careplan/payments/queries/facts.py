"""The visits of some days as money sees them: gathered anew as of an instant, or as they were frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.hours import queries as hours
from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import end_of_day, start_of_day
from careplan.payments import rows
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.domain.settling import AroundVisit, day_of, settle
from careplan.payments.domain.terms import Contract
from careplan.payments.models import FinancePersonRow, FreezeRow, FrozenVisitRow
from careplan.people import queries as people
from careplan.visits import queries as visits
from careplan.visits.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class FinancePerson:
    """A person as finance knows them: the reference that stands on invoices, and the name."""

    person_id: UUID
    reference: str
    name: str


def gather(*, span: Span, as_of: datetime, contracts: Iterable[Contract]) -> list[SettledVisit]:
    """Every visit of the days that was over by an instant, as it stood then; one without a provider is nobody's.

    Whether a visit is rural is said by the contracts of its provider.
    """
    found = visits.list_visits_as_of(
        since=start_of_day(span.starts_on), until=end_of_day(span.ends_on), as_of=as_of
    )
    funders = hours.list_funders(since=span.starts_on, until=span.ends_on, as_of=as_of)
    terms = hours.list_terms_of_plans(plan_ids={v.plan_id for v in found if v.plan_id}, as_of=as_of)
    rural = _rural(contracts, span)
    stays = hours.list_hospital_stays(since=span.starts_on, until=span.ends_on, as_of=as_of)
    died_on = people.list_deaths(by=span.ends_on)
    return [
        settle(
            visit,
            AroundVisit(
                provider_id=visit.provider_id,
                funder=_funder(visit, funders),
                terms=terms.get(visit.plan_id, ()) if visit.plan_id else (),
                stays=stays.get(visit.person_id, ()),
                died_on=died_on.get(visit.person_id),
                is_rural=_is_rural(visit, rural),
            ),
        )
        for visit in found
        if visit.provider_id is not None
    ]


def list_frozen(*, freeze_id: UUID, provider_id: UUID | None = None) -> list[SettledVisit]:
    """The visits of a freeze, by day and id."""
    query = select(FrozenVisitRow).where(FrozenVisitRow.freeze_id == freeze_id)
    if provider_id is not None:
        query = query.where(FrozenVisitRow.provider_id == provider_id)
    return [rows.visit(r) for r in db.session.scalars(query.order_by(FrozenVisitRow.day, FrozenVisitRow.visit_id))]


def list_frozen_by_id(*, freeze_id: UUID, visit_ids: Iterable[UUID]) -> dict[UUID, SettledVisit]:
    """Some visits of a freeze."""
    query = select(FrozenVisitRow).where(
        FrozenVisitRow.freeze_id == freeze_id, FrozenVisitRow.visit_id.in_(list(visit_ids))
    )
    return {r.visit_id: rows.visit(r) for r in db.session.scalars(query)}


def get_as_of(*, freeze_id: UUID) -> datetime:
    """The instant at which a freeze was made."""
    return db.session.get_one(FreezeRow, freeze_id).as_of


def list_names(*, person_ids: Iterable[UUID]) -> dict[UUID, FinancePerson]:
    """How finance knows these people."""
    query = select(FinancePersonRow).where(FinancePersonRow.person_id.in_(list(person_ids)))
    return {r.person_id: FinancePerson(r.person_id, r.reference, r.name) for r in db.session.scalars(query)}


def find_by_reference(*, reference: str) -> FinancePerson | None:
    """Whom finance knows by a reference, however it is typed."""
    row = db.session.scalar(select(FinancePersonRow).where(FinancePersonRow.reference == reference.strip().upper()))
    return FinancePerson(row.person_id, row.reference, row.name) if row else None


def _funder(visit: Visit, funders: dict[UUID, Funder]) -> Funder:
    """The bank that it was drawn from; else the one for which it was planned; else the council's."""
    keys = (visit.id, *(r.id for r in visit.records))
    drawn = next((funders[k] for k in keys if k in funders), None)
    return drawn or (Funder(visit.funder) if visit.funder else Funder.COUNCIL)


def _is_rural(visit: Visit, rural: Iterable[tuple[Contract, frozenset[UUID]]]) -> bool:
    day = day_of(visit)
    return any(
        c.provider_id == visit.provider_id and c.holds_on(day) and visit.person_id in living for c, living in rural
    )


def _rural(contracts: Iterable[Contract], span: Span) -> list[tuple[Contract, frozenset[UUID]]]:
    """Contracts that pay more for rural places in these days, each with the people who live there."""
    return [
        (c, frozenset(db.session.scalars(people.select_living_in(
            postcodes=c.settings.rural_postcodes, on=span.starts_on
        ))))
        for c in contracts
        if c.settings.rural_postcodes and c.meets(span)
    ]  # fmt: skip
