"""Pages that put everything known about a person together: the list, one look, one's own home, who has looked."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)

from careplan.record.routes import audit, mine, people  # noqa: E402, F401  they add their pages to the blueprint
