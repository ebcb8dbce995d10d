"""The blueprint that all pages of people hang on."""

from uuid import UUID

from flask import Blueprint, url_for

blueprint = Blueprint("people", __name__)


def details_address(person_id: UUID) -> str:
    """Where a person's details stand."""
    return url_for("people.details", person_id=person_id)
