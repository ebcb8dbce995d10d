"""Pages of the visits slice."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)
