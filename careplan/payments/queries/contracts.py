"""Contracts as they stood at an instant, with every rate that was known then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.payments import rows
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.lines import Levels
from careplan.payments.domain.pay_model import Model
from careplan.payments.domain.terms import Contract, PaySettings, Rate
from careplan.payments.models import AgreedLevelRow, PayContractRow, PayRateRow, PayTermsRow


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """Model and settings from a day on."""

    since: date
    model: Model
    settings: PaySettings


@dataclass(frozen=True, slots=True)
class ContractInFull:
    """A contract with all its terms and rates, the earliest first."""

    id: UUID
    provider_id: UUID
    reference: str
    name: str
    starts_on: date
    ends_on: date | None
    terms: tuple[ContractTerms, ...]
    rates: tuple[Rate, ...]

    def terms_on(self, day: date) -> ContractTerms:
        """The terms that hold on a day; before the contract begins, its first."""
        return [t for t in self.terms if t.since <= day or t is self.terms[0]][-1]

    @property
    def parts(self) -> tuple[Contract, ...]:
        """A contract for each of its terms, each from its day to the day before the next."""
        found = []
        for place, terms in enumerate(self.terms):
            following = self.terms[place + 1].since - timedelta(days=1) if place + 1 < len(self.terms) else None
            ends = [day for day in (self.ends_on, following) if day is not None]
            found.append(
                Contract(
                    id=self.id,
                    provider_id=self.provider_id,
                    reference=self.reference,
                    name=self.name,
                    model=terms.model,
                    starts_on=max(self.starts_on, terms.since),
                    ends_on=min(ends, default=None),
                    settings=terms.settings,
                    rates=self.rates,
                    began_on=self.starts_on,
                )
            )
        return tuple(found)


def list_contracts(*, as_of: datetime, provider_id: UUID | None = None) -> list[ContractInFull]:
    """Contracts recorded by an instant, by reference; where something was said twice of a day, the last word counts."""
    query = select(PayContractRow).where(PayContractRow.recorded_at <= as_of).order_by(PayContractRow.reference)
    if provider_id is not None:
        query = query.where(PayContractRow.provider_id == provider_id)
    return _in_full(db.session.scalars(query).all(), as_of)


def get_contract(*, contract_id: UUID, as_of: datetime) -> ContractInFull:
    """One contract.  Raises NotFound."""
    row = db.session.scalar(select(PayContractRow).where(PayContractRow.id == contract_id))
    if row is None:
        raise NotFound("There is no such contract.")
    return _in_full([row], as_of)[0]


def list_parts(*, as_of: datetime) -> list[Contract]:
    """Every contract, cut where its model changes."""
    return [part for contract in list_contracts(as_of=as_of) for part in contract.parts]


def list_levels(*, as_of: datetime) -> dict[UUID, Levels]:
    """Agreed levels by contract and person."""
    last: dict[tuple[UUID, UUID, date], AgreedLevel] = {}
    query = select(AgreedLevelRow).where(AgreedLevelRow.recorded_at <= as_of).order_by(AgreedLevelRow.recorded_at)
    for row in db.session.scalars(query):
        last[row.contract_id, row.person_id, row.since] = rows.level(row)
    found: dict[UUID, dict[UUID, tuple[AgreedLevel, ...]]] = defaultdict(dict)
    for (contract_id, person_id, _), level in last.items():
        found[contract_id][person_id] = (*found[contract_id].get(person_id, ()), level)
    return dict(found)


def _in_full(contracts: Sequence[PayContractRow], as_of: datetime) -> list[ContractInFull]:
    ids = [c.id for c in contracts]
    terms, rates = _terms(ids, as_of), _rates(ids, as_of)
    return [
        ContractInFull(
            c.id, c.provider_id, c.reference, c.name, c.starts_on, c.ends_on, tuple(terms[c.id]), tuple(rates[c.id])
        )
        for c in contracts
    ]


def _terms(contract_ids: Iterable[UUID], as_of: datetime) -> dict[UUID, list[ContractTerms]]:
    query = select(PayTermsRow).where(PayTermsRow.contract_id.in_(list(contract_ids)), PayTermsRow.recorded_at <= as_of)
    last = {(r.contract_id, r.since): r for r in db.session.scalars(query.order_by(PayTermsRow.recorded_at))}
    found: dict[UUID, list[ContractTerms]] = defaultdict(list)
    for (contract_id, since), row in sorted(last.items()):
        found[contract_id].append(ContractTerms(since, Model(row.model), rows.settings(row.settings)))
    return found


def _rates(contract_ids: Iterable[UUID], as_of: datetime) -> dict[UUID, list[Rate]]:
    query = select(PayRateRow).where(PayRateRow.contract_id.in_(list(contract_ids)), PayRateRow.recorded_at <= as_of)
    last = {(r.contract_id, r.name, r.since): r for r in db.session.scalars(query.order_by(PayRateRow.recorded_at))}
    found: dict[UUID, list[Rate]] = defaultdict(list)
    for (contract_id, _, _), row in sorted(last.items()):
        found[contract_id].append(rows.rate(row))
    return found


def with_model(contract: Contract, model: Model) -> Contract:
    """The same contract as if it paid by another model."""
    return replace(contract, model=model)
