"""Pages of carers: those of the council, the carer's own, and the plan for whom the carer has chosen."""

from careplan.carers.routes import assessing, council, mine, planning, saying, shared
from careplan.carers.routes.blueprint import blueprint

__all__ = ["assessing", "blueprint", "council", "mine", "planning", "saying", "shared"]
