"""Pages about how outcomes go. Importing them puts them on the blueprint."""

from careplan.progress.routes import commissioned, mine, people
from careplan.progress.routes.blueprint import blueprint

__all__ = ["blueprint", "commissioned", "mine", "people"]
