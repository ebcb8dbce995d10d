"""Pages of the outcomes slice."""

from flask import Blueprint

blueprint = Blueprint("outcomes", __name__)
