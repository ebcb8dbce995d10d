"""Pages of hours: what is left, statements, contingency, pauses, decisions, changes."""

from careplan.hours.routes import adjusting, answering, changing, contingency, disputing, everybodys, showing, stating
from careplan.hours.routes.blueprint import blueprint

__all__ = [
    "adjusting", "answering", "blueprint", "changing", "contingency", "disputing", "everybodys", "showing", "stating",
]  # fmt: skip
