"""Pages of the plans slice."""

from careplan.plans.routes import agreeing, deciding, drafting, mine, overview, suggesting
from careplan.plans.routes.blueprint import blueprint

__all__ = ["agreeing", "blueprint", "deciding", "drafting", "mine", "overview", "suggesting"]
