"""Pages of the people slice."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
