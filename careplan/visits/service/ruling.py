"""Setting when visits are late and what outcomes draw."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.visits.domain.rules import Rules, check_rules, start_of_rules
from careplan.visits.models import VisitRuleRow


def set_rules(
    *, rules: Rules, actor: Actor, now: datetime, provider_id: UUID | None = None, since: date | None = None
) -> None:
    """Sets the rules for one provider, or for all who have none of their own, from now or from a later day on.

    What came before stays.  Raises Invalid.
    """
    check_rules(rules)
    begins = start_of_rules(since=since, now=now)
    db.session.add(
        VisitRuleRow(
            id=new_id(),
            provider_id=provider_id,
            critical_minutes=rules.critical_minutes,
            late_minutes=rules.late_minutes,
            draws={o.value: d.value for o, d in rules.draws.said.items()},
            since=begins,
            set_by=actor.account_id,
        )
    )
    db.session.flush()
