"""Pages of the documents slice."""

from careplan.documents.routes import easy_mine, easy_reading, printing, verifying
from careplan.documents.routes.blueprint import blueprint

__all__ = ["blueprint", "easy_mine", "easy_reading", "printing", "verifying"]
