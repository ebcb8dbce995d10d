"""JSON of the people slice."""

from flask import Blueprint

blueprint = Blueprint("people_api", __name__, url_prefix="/api/v1")
