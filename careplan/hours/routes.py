"""Pages of the hours slice."""

from flask import Blueprint

blueprint = Blueprint("hours", __name__)
