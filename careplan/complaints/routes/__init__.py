"""Pages of complaints: the person's own, and those of whoever answers."""

from careplan.complaints.routes import answering, mine
from careplan.complaints.routes.blueprint import blueprint

__all__ = ["answering", "blueprint", "mine"]
