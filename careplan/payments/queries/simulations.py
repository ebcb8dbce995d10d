"""What every model would have paid over the visits of a run."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.money import Pence
from careplan.payments.domain.pay_model import Model
from careplan.payments.domain.simulating import Simulated
from careplan.payments.models import PaySimulationRow

LIVE = "live"


def list_simulated(*, freeze_id: UUID) -> list[Simulated]:
    """By provider, what is paid and what each model would pay."""
    found: dict[UUID, dict[str, Pence]] = defaultdict(dict)
    query = select(PaySimulationRow).where(PaySimulationRow.freeze_id == freeze_id)
    for row in db.session.scalars(query.order_by(PaySimulationRow.provider_id)):
        found[row.provider_id][row.model] = Pence(row.pence)
    return [
        Simulated(provider_id, sums[LIVE], {model: sums.get(model.value, Pence(0)) for model in Model})
        for provider_id, sums in found.items()
    ]
