"""Pages of the plans slice."""

from careplan.plans.routes import agreeing, changing_mind, deciding, drafting, mine, overview, suggesting
from careplan.plans.routes.blueprint import blueprint

__all__ = ["agreeing", "blueprint", "changing_mind", "deciding", "drafting", "mine", "overview", "suggesting"]
