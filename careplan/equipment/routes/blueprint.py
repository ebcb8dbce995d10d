"""The blueprint of the equipment slice."""

from flask import Blueprint

blueprint = Blueprint("equipment", __name__)
