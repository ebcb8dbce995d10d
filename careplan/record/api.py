"""JSON of the record slice."""

from flask import Blueprint

blueprint = Blueprint("record_api", __name__, url_prefix="/api/v1")
