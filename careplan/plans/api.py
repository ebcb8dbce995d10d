"""JSON of the plans slice."""

from flask import Blueprint

blueprint = Blueprint("plans_api", __name__, url_prefix="/api/v1")
