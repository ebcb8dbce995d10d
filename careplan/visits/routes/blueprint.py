"""The blueprint that these pages hang on."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)
