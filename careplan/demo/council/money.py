"""What the demo's providers are paid and its people are charged: contracts, two runs, contributions, two weeks."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.demo.story.characters import Character
from careplan.demo.story.margaret import MARGARET
from careplan.demo.story.meadow import AMINA
from careplan.demo.story.neighbours import DOREEN, HAROLD, STANLEY
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span, last_pay_period, last_week, pay_period_of, week_of
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.pay_model import RATES, Model, RateName
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.queries import runs
from careplan.payments.queries.contracts import list_contracts
from careplan.payments.service import charging, contracting, paying
from careplan.payments.service.contributing import NewContribution, make_free, record_contribution
from careplan.people.queries import find_person_by_nhs_number

A_YEAR = timedelta(days=365)
DAY = timedelta(days=1)
OFFICE = time(10, 0)
HELD_BECAUSE = "The rota of the last Sunday is not signed."


def pay_and_charge(cast: Cast, *, now: datetime) -> None:
    """From a year ago until now; at the end two pay runs are released, one line is held, and two weeks were sent."""
    agreed = now - A_YEAR
    block = _agree_contracts(cast, agreed)
    _contribute(cast, now)
    last = last_pay_period(local_date(now))
    before = pay_period_of(last.starts_on - DAY)
    _pay(before, cast, now=at_local(before.ends_on + 2 * DAY, OFFICE))
    _raise_block(block, before, cast, now=at_local(before.ends_on + 6 * DAY, OFFICE))
    _pay(last, cast, now=min(at_local(last.ends_on + 2 * DAY, OFFICE), now), holds=HELD_BECAUSE)
    _agree_later_terms(cast, now)
    week = last_week(local_date(now))
    for each in (week_of(week.starts_on - DAY), week):
        _charge(each, cast, now=min(at_local(each.ends_on + DAY, OFFICE), now))


def _agree_contracts(cast: Cast, now: datetime) -> UUID:
    """Both providers by a model of their own, and one beside by the year for trusted assessing; says which."""
    officer, today = cast["finance-officer"], local_date(now)
    capped = PaySettings(tolerance_is_capped=True, retainer_days=14, retainer_percent=50)
    said = (
        ("HC-1", "harbour_care", "Care at home, Larch Hill", Model.TOLERANCE, capped, dict(RATES)),
        ("HC-2", "meadow_support", "Care at home, Meadow Bank", Model.ROTA_SHIFT, PaySettings(), dict(RATES)),
        ("TA-1", "harbour_care", "Trusted assessing", Model.BLOCK, PaySettings(), {RateName.BLOCK: Pence(1_800_000)}),
    )
    ids = []
    for reference, house, name, model, settings, rates in said:
        contract_id = contracting.record_contract(
            provider_id=cast.houses[house], reference=reference, name=name, model=model, starts_on=today,
            settings=settings, actor=officer, now=now,
        )  # fmt: skip
        for rate, pence in rates.items():
            contracting.set_rate(contract_id=contract_id, rate=Rate(rate, pence, today), actor=officer, now=now)
        ids.append(contract_id)
    return ids[-1]


def _agree_later_terms(cast: Cast, now: datetime) -> None:
    """Meadow Support is to be paid by agreed levels in time, and more where it is far; no rate of it changes yet."""
    first = pay_period_of(local_date(now)).ends_on + DAY
    settings = PaySettings(level_goes_on_weeks=8, rural_postcodes=("NB7", "NB8 1"))
    (contract,) = (c for c in list_contracts(as_of=now) if c.reference == "HC-2")
    contracting.set_terms(
        contract_id=contract.id, since=first, model=Model.INCENTIVE, settings=settings,
        actor=cast["finance-officer"], now=now,
    )  # fmt: skip
    level = AgreedLevel(_person(AMINA), first, Minutes(600))
    contracting.agree_level(contract_id=contract.id, level=level, actor=cast["finance-officer"], now=now)


def _raise_block(contract_id: UUID, paid: Span, cast: Cast, *, now: datetime) -> None:
    """Agreed late, from the first day of weeks that were paid already: the next run makes up the difference."""
    rate = Rate(RateName.BLOCK, Pence(2_000_000), paid.starts_on)
    contracting.set_rate(contract_id=contract_id, rate=rate, actor=cast["finance-officer"], now=now)


def _contribute(cast: Cast, now: datetime) -> None:
    """One person at each stage: assessed (and changed once), still being worked out, refused, nothing to pay."""
    begun, told = local_date(now - 60 * DAY), local_date(now - 50 * DAY)
    assessed, pending = ContributionStatus.ASSESSED, ContributionStatus.PENDING
    amount, nil, full = ContributionKind.AMOUNT, ContributionKind.NIL, ContributionKind.FULL_COST
    said: tuple[tuple[Character, NewContribution], ...] = (
        (MARGARET, _new(amount, 3_850, begun, assessed, "Financial assessment in the spring", told)),
        (MARGARET, _new(amount, 4_200, begun + 21 * DAY, assessed, "New pension from the Department", told + 5 * DAY)),
        (HAROLD, _new(amount, None, begun, pending, "Form sent, bank statements awaited", None)),
        (STANLEY, _new(full, None, begun, ContributionStatus.REFUSED, "Letter of the family", told)),
        (AMINA, _new(nil, None, begun, assessed, "Below the minimum income guarantee", told)),
        (DOREEN, _new(amount, 2_650, begun, assessed, "Financial assessment by telephone", told)),
    )
    for character, contribution in said:
        record_contribution(
            person_id=_person(character), said=contribution, actor=cast["finance-officer"], now=now - 45 * DAY
        )
    make_free(
        person_id=_person(DOREEN), kind=ExemptionKind.REABLEMENT, since=local_date(now - 17 * DAY), until=None,
        source="Reablement team, after her fall", cost=None, actor=cast["finance-officer"], now=now - 16 * DAY,
    )  # fmt: skip


def _pay(span: Span, cast: Cast, *, now: datetime, holds: str | None = None) -> None:
    """Draws a run up and releases it; with `holds` the longest line about a person is kept back."""
    officer = cast["finance-officer"]
    run_id = paying.draw_up_pay_run(span=span, actor=officer, now=now)
    lines = [k for k in runs.list_lines(run_id=run_id) if k.line.key.person_id is not None and not k.is_correction]
    if holds and lines:
        longest = max(lines, key=lambda k: (k.line.minutes, str(k.id)))
        paying.hold_line(line_id=longest.id, reason=holds, actor=officer, now=now)
    paying.release_run(run_id=run_id, actor=officer, now=now)


def _charge(week: Span, cast: Cast, *, now: datetime) -> None:
    officer = cast["finance-officer"]
    charging.send_run(
        run_id=charging.draw_up_charge_run(week=week, actor=officer, now=now), actor=officer, now=now
    )


def _new(
    kind: ContributionKind, weekly: int | None, since: date, status: ContributionStatus, source: str, told: date | None
) -> NewContribution:
    return NewContribution(kind, Pence(weekly) if weekly is not None else None, since, status, source, told)


def _person(character: Character) -> UUID:
    """Everyone here has an NHS number."""
    found = find_person_by_nhs_number(nhs_number=character.nhs_number or "")
    assert found is not None  # noqa: S101  it narrows the type: the story has entered them before
    return found.id
