"""Pages of money: finance's, the provider's, the commissioner's, and the person's own."""

from careplan.payments.routes import charging, contracts, contributions, lines, mine, paying, provider, simulating
from careplan.payments.routes.blueprint import blueprint

__all__ = ["blueprint", "charging", "contracts", "contributions", "lines", "mine", "paying", "provider", "simulating"]
