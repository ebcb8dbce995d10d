"""JSON of the hours slice."""

from flask import Blueprint

blueprint = Blueprint("hours_api", __name__, url_prefix="/api/v1")
