"""The blueprint that these pages hang on."""

from flask import Blueprint

blueprint = Blueprint("delegation", __name__)
