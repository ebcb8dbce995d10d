"""JSON of the organisations slice."""

from flask import Blueprint

blueprint = Blueprint("organisations_api", __name__, url_prefix="/api/v1")
