"""Pages of the plans slice."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
