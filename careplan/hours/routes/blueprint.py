"""The blueprint that all pages of hours hang on."""

from flask import Blueprint

blueprint = Blueprint("hours", __name__)
