"""Pages of the record slice."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)
