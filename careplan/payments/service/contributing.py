"""Recording what people contribute and what is free. What was recorded stays, and so there is a history."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.equipment.domain.item import FREE_UP_TO
from careplan.kernel.clock import local_date
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id
from careplan.kernel.money import Pence
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.models import ChargeExemptionRow, ContributionRow


@dataclass(frozen=True, slots=True)
class NewContribution:
    """What is said of a contribution; `weekly` is needed for an amount and nothing else."""

    kind: ContributionKind
    weekly: Pence | None
    since: date
    status: ContributionStatus
    source: str
    told_on: date | None


def record_contribution(*, person_id: UUID, said: NewContribution, actor: Actor, now: datetime) -> None:
    """Records a contribution from a day on.  Raises Invalid."""
    _check(said, local_date(now))
    row = ContributionRow(
        id=new_id(), person_id=person_id, kind=said.kind.value, weekly=said.weekly or 0, since=said.since,
        status=said.status.value, source=said.source.strip(), told_on=said.told_on, recorded_at=now,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def _check(said: NewContribution, today: date) -> None:
    if not said.source.strip():
        raise invalid("source", "Say where this comes from, such as: financial assessment of 3 November.")
    if said.kind is ContributionKind.AMOUNT and said.weekly is None and said.status is not ContributionStatus.PENDING:
        raise invalid("weekly", "Type the amount a week, such as 42.50.")
    if said.kind is not ContributionKind.AMOUNT and said.weekly:
        raise invalid("weekly", "Leave the amount empty, or choose an amount a week.")
    if said.status is ContributionStatus.REFUSED and said.kind is not ContributionKind.FULL_COST:
        raise invalid("kind", "Who does not want to be assessed pays the full cost. Choose that.")
    if said.status is not ContributionStatus.PENDING and said.told_on is None:
        raise invalid("told_on", "Give the day on which the person was told. Nothing is charged before they know.")
    if said.told_on is not None and said.told_on > today:
        raise invalid("told_on", "Give a day that has come.")


def make_free(
    *,
    person_id: UUID,
    kind: ExemptionKind,
    since: date,
    until: date | None,
    source: str,
    cost: Pence | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Records days on which a person's care is free.  Raises Invalid."""
    if not source.strip():
        raise invalid("decided", "Say who decided this, and when.")
    if until is not None and until < since:
        raise invalid("until", "The last day lies before the first. Give a later one, or none.")
    if kind is ExemptionKind.AIDS and (cost is None or cost > FREE_UP_TO):
        raise invalid("cost", "Aids and adaptations are free up to £1,000. Type what this one costs.")
    row = ChargeExemptionRow(
        id=new_id(), person_id=person_id, kind=kind.value, since=since, until=until,
        cost=cost if kind is ExemptionKind.AIDS else None, source=source.strip(), recorded_at=now,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
