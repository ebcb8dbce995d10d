"""Pages that put everything known about a person together: the list, one look, one's own home, who has looked."""

from careplan.record.routes import audit, door, mine, people
from careplan.record.routes.blueprint import blueprint

__all__ = ["audit", "blueprint", "door", "mine", "people"]
