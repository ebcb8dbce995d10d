"""Pages of transfers: one person's, and those of an act for many."""

from careplan.transfers.routes import many, one
from careplan.transfers.routes.blueprint import blueprint

__all__ = ["blueprint", "many", "one"]
