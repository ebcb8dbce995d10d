"""Keeping what every model would pay over the visits of a run, so that its page need not work it out."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import insert

from careplan.db import db
from careplan.kernel.holidays import bank_holidays
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.lines import Levels
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.domain.simulating import simulate
from careplan.payments.domain.terms import Contract
from careplan.payments.models import PaySimulationRow
from careplan.payments.queries.simulations import LIVE


def compare_models(
    *,
    freeze_id: UUID,
    contracts: Iterable[Contract],
    visits: Iterable[SettledVisit],
    span: Span,
    levels: Mapping[UUID, Levels],
) -> None:
    """Tries every model on the visits of a freeze, by provider, and keeps the sums."""
    held = [c for c in contracts if c.starts_on <= span.ends_on and (c.ends_on is None or c.ends_on >= span.starts_on)]
    found = simulate(held, visits, span=span, holidays=bank_holidays(), levels=levels)
    values = [
        {"freeze_id": freeze_id, "provider_id": s.provider_id, "model": name, "pence": pence}
        for s in found
        for name, pence in ((LIVE, s.live), *((m.value, p) for m, p in s.by_model.items()))
    ]
    if values:
        db.session.execute(insert(PaySimulationRow), values)
