"""Pages of people: their details, what is added to them, and what is the person's own."""

from careplan.people.routes import additions, details, door, endings, mine
from careplan.people.routes.blueprint import blueprint

__all__ = ["additions", "blueprint", "details", "door", "endings", "mine"]
