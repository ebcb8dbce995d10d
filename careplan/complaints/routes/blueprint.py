"""The blueprint that all pages of complaints hang on."""

from flask import Blueprint

blueprint = Blueprint("complaints", __name__)
KINDS = {"waiting": "waiting", "overdue": "stopped", "answered": "settled"}
