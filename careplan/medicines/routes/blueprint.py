"""The blueprint of the medicines slice."""

from flask import Blueprint

blueprint = Blueprint("medicines", __name__)
