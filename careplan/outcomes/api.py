"""JSON of the outcomes slice."""

from flask import Blueprint

blueprint = Blueprint("outcomes_api", __name__, url_prefix="/api/v1")
