"""Pages of the delegation slice."""

from flask import Blueprint

blueprint = Blueprint("delegation", __name__)
