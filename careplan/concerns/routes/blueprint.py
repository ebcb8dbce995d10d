"""The blueprint that all pages of concerns hang on."""

from uuid import UUID

from flask import Blueprint, url_for

blueprint = Blueprint("concerns", __name__)


def concern_address(concern_id: UUID) -> str:
    """Where a concern stands."""
    return url_for("concerns.show_concern", concern_id=concern_id)
