"""Pages of assessments: the list of what there is to write, its parts, what is decided, and what the person reads."""

from careplan.assessments.routes import deciding, overview, reading, writing
from careplan.assessments.routes.blueprint import blueprint

__all__ = ["blueprint", "deciding", "overview", "reading", "writing"]
