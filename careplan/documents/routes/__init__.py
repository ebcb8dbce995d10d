"""Pages of the documents slice."""

from careplan.documents.routes import printing, verifying
from careplan.documents.routes.blueprint import blueprint

__all__ = ["blueprint", "printing", "verifying"]
