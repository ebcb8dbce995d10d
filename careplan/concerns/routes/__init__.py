"""Pages of concerns: raising one, the list, one of them with its steps, and *I am worried* for the person's side."""

from careplan.concerns.routes import following, mine, raising, reading
from careplan.concerns.routes.blueprint import blueprint

__all__ = ["blueprint", "following", "mine", "raising", "reading"]
