"""Runs that are drawn up in the background, for a whole council's visits take a while."""

from datetime import date
from uuid import UUID

from careplan import jobs
from careplan.access import queries as access
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.payments.domain.attempt import RunKind
from careplan.payments.domain.calendar import pay_period_from, week_from
from careplan.payments.service import charging, paying
from careplan.payments.service.attempting import attempt


@jobs.task(name="payments.draw_up_pay_run")
def draw_up_pay_run(*, starts_on: str, account_id: str) -> None:
    """Draws a period's pay run up; run twice, the later draft takes the earlier one's place."""
    see_everything(db.session, as_="pay run")
    actor = access.get_account(account_id=UUID(account_id))
    span, now = pay_period_from(date.fromisoformat(starts_on)), utc_now()
    attempt(
        RunKind.PAY, span.starts_on, lambda: paying.draw_up_pay_run(span=span, actor=actor, now=now), now=now
    )


@jobs.task(name="payments.draw_up_charge_run")
def draw_up_charge_run(*, starts_on: str, account_id: str) -> None:
    """Draws a week's charges up; run twice, the later draft takes the earlier one's place."""
    see_everything(db.session, as_="charge run")
    actor = access.get_account(account_id=UUID(account_id))
    week, now = week_from(date.fromisoformat(starts_on)), utc_now()
    attempt(
        RunKind.CHARGE, week.starts_on, lambda: charging.draw_up_charge_run(week=week, actor=actor, now=now), now=now
    )
