"""The FHIR R4 facade."""

from flask import Blueprint

blueprint = Blueprint("fhir", __name__)
