"""JSON of the delegation slice."""

from flask import Blueprint

blueprint = Blueprint("delegation_api", __name__, url_prefix="/api/v1")
