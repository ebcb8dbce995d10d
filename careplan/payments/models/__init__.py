"""Tables of money. Nothing that was agreed, frozen, paid or charged is ever changed."""

from careplan.payments.models.charging import (
    ChargeExemptionRow,
    ChargeLineRow,
    ChargeLineVisitRow,
    ChargeRunRow,
    ContributionRow,
)
from careplan.payments.models.paying import (
    AgreedLevelRow,
    FinancePersonRow,
    FreezeRow,
    FrozenVisitRow,
    PayContractRow,
    PayLineRow,
    PayLineVisitRow,
    PayRateRow,
    PayRunRow,
    PaySimulationRow,
    PayStepRow,
    PayTermsRow,
    RunFailureRow,
)

__all__ = [
    "AgreedLevelRow",
    "ChargeExemptionRow",
    "ChargeLineRow",
    "ChargeLineVisitRow",
    "ChargeRunRow",
    "ContributionRow",
    "FinancePersonRow",
    "FreezeRow",
    "FrozenVisitRow",
    "PayContractRow",
    "PayLineRow",
    "PayLineVisitRow",
    "PayRateRow",
    "PayRunRow",
    "PaySimulationRow",
    "PayStepRow",
    "PayTermsRow",
    "RunFailureRow",
]
