"""Pages of delegation: the nurse's and the provider's list, one delegation, and its forms."""

from careplan.delegation.routes import following, listing, matrix, occasions, proposing, stopping, workers
from careplan.delegation.routes.blueprint import blueprint

__all__ = ["blueprint", "following", "listing", "matrix", "occasions", "proposing", "stopping", "workers"]
