"""Pages of the organisations slice."""

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)
