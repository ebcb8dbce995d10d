"""JSON of people. Reading a person is the record's (it holds more than this slice knows)."""

from flask import Blueprint

blueprint = Blueprint("people_api", __name__, url_prefix="/api/v1")
