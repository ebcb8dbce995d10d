"""JSON of the visits slice."""

from flask import Blueprint

blueprint = Blueprint("visits_api", __name__, url_prefix="/api/v1")
