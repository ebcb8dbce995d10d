"""Recording contracts, their terms, rates and agreed levels. What was recorded stays; the last word of a day counts."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import Conflict, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.words import short_day
from careplan.payments import rows
from careplan.payments.domain.level import AgreedLevel, check_level
from careplan.payments.domain.pay_model import Model
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.models import AgreedLevelRow, PayContractRow, PayRateRow, PayTermsRow
from careplan.payments.queries.contracts import ContractInFull, get_contract, list_contracts


class ReferenceTaken(Conflict):
    """Another contract has this reference."""

    code = "reference_taken"


def record_contract(
    *,
    provider_id: UUID,
    reference: str,
    name: str,
    model: Model,
    starts_on: date,
    settings: PaySettings,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
) -> UUID:
    """Records a contract with its first terms; its rates follow.  Raises ReferenceTaken, Invalid."""
    if ends_on is not None and ends_on < starts_on:
        raise invalid("ends_on", "The contract ends before it begins. Give a later last day, or none.")
    known = list_contracts(as_of=now)
    if any(c.reference == reference for c in known):
        raise ReferenceTaken(f"There is a contract {reference} already. Give another reference.")
    contract_id = new_id()
    row = PayContractRow(
        id=contract_id, provider_id=provider_id, reference=reference, name=name, starts_on=starts_on, ends_on=ends_on,
        recorded_at=now, recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    set_terms(contract_id=contract_id, since=starts_on, model=model, settings=settings, actor=actor, now=now)
    return contract_id


def set_terms(
    *, contract_id: UUID, since: date, model: Model, settings: PaySettings, actor: Actor, now: datetime
) -> None:
    """From a day on the contract pays by this model and these settings.

    Raises NotFound; Invalid outside the contract's days, and where other terms begin on the same day.
    """
    known = get_contract(contract_id=contract_id, as_of=now)
    same = next((t for t in known.terms if t.since == since), None)
    if same is not None:
        raise invalid(
            "since",
            f"Terms from {short_day(since)} are recorded: {same.model.words}. "
            "Give another day, or tick that these take their place.",
        )
    replace_terms(contract_id=contract_id, since=since, model=model, settings=settings, actor=actor, now=now)


def replace_terms(
    *, contract_id: UUID, since: date, model: Model, settings: PaySettings, actor: Actor, now: datetime
) -> None:
    """The same in place of terms that begin on that day, if there are any: they stay on record and no longer count.

    Raises NotFound, Invalid.
    """
    _check_day(get_contract(contract_id=contract_id, as_of=now), since)
    row = PayTermsRow(
        id=new_id(), contract_id=contract_id, since=since, model=model.value, settings=rows.settings_json(settings),
        recorded_at=now, recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def _check_day(contract: ContractInFull, since: date) -> None:
    """Raises Invalid for a day on which the contract is not in force."""
    if since < contract.starts_on:
        raise invalid("since", f"The contract begins on {short_day(contract.starts_on)}. Give that day or a later one.")
    if contract.ends_on is not None and since > contract.ends_on:
        raise invalid("since", f"The contract ends on {short_day(contract.ends_on)}. Give that day or an earlier one.")


def set_rate(*, contract_id: UUID, rate: Rate, actor: Actor, now: datetime) -> None:
    """From a day on this rate counts, in mid-period too.  Raises NotFound, Invalid."""
    contract = get_contract(contract_id=contract_id, as_of=now)
    if contract.ends_on is not None and rate.since > contract.ends_on:
        raise invalid("since", f"The contract ended on {contract.ends_on:%-d %B %Y}. Give that day or an earlier one.")
    row = PayRateRow(
        id=new_id(), contract_id=contract_id, name=rate.name.value, since=rate.since, pence=rate.pence,
        recorded_at=now, recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def agree_level(*, contract_id: UUID, level: AgreedLevel, actor: Actor, now: datetime) -> None:
    """Records a level of care for a person, or that its outcomes were agreed achieved.  Raises NotFound, Invalid."""
    contract = get_contract(contract_id=contract_id, as_of=now)
    _check_day(contract, level.since)
    check_level(level)
    if all(t.model is not Model.INCENTIVE for t in contract.terms):
        raise invalid("reference", "This contract pays by no agreed level. Record terms by the outcome incentive.")
    row = AgreedLevelRow(
        id=new_id(), contract_id=contract_id, person_id=level.person_id, since=level.since,
        weekly_minutes=level.weekly, achieved_on=level.achieved_on, then_minutes=level.then,
        recorded_at=now, recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
