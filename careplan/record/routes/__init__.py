"""Pages that put everything known about a person together: the list, one look, one's own home, who has looked."""

from careplan.record.routes import audit, door, given, mine, people, record
from careplan.record.routes.blueprint import blueprint

__all__ = ["audit", "blueprint", "door", "given", "mine", "people", "record"]
