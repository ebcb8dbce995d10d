"""Pages of hours: what is left, statements, contingency, pauses, decisions, changes."""

from careplan.hours.routes import adjusting, answering, changing, contingency, everybodys, showing, stating
from careplan.hours.routes.blueprint import blueprint

__all__ = ["adjusting", "answering", "blueprint", "changing", "contingency", "everybodys", "showing", "stating"]
