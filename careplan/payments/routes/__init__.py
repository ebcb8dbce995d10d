"""Pages of money: finance's, the provider's, the commissioner's, and the person's own."""

from careplan.payments.routes import contracts, lines, paying, provider
from careplan.payments.routes.blueprint import blueprint

__all__ = ["blueprint", "contracts", "lines", "paying", "provider"]
