"""Rows of documents as frozen values, and back."""

from typing import Any
from uuid import UUID

from careplan.documents.domain.easy_read import Approval, EasyRead, Part, Picture, YesBy
from careplan.documents.models import EasyReadRow


def parts_of(stored: list[dict[str, Any]]) -> tuple[Part, ...]:
    """The parts as they are stored."""
    return tuple(Part(UUID(p["id"]), Picture(p["picture"]), tuple(p["sentences"])) for p in stored)


def as_json(part: Part) -> dict[str, Any]:
    """A part as it is stored."""
    return {"id": str(part.id), "picture": part.picture.value, "sentences": list(part.sentences)}


def easy_read(row: EasyReadRow, names: dict[UUID, str]) -> EasyRead:
    """An Easy Read with the names of those who wrote it and kept the yes."""
    return EasyRead(
        id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        version_id=row.version_id,
        parts=parts_of(row.parts),
        revision=row.revision,
        written_by_name=names.get(row.saved_by, ""),
        saved_at=row.saved_at,
        offered_at=row.offered_at,
        approval=_approval(row, names),
    )


def _approval(row: EasyReadRow, names: dict[UUID, str]) -> Approval | None:
    if row.approved_on is None or row.approved_by is None or row.approved_recorded_by is None:
        return None
    return Approval(row.approved_on, YesBy(row.approved_by), names.get(row.approved_recorded_by, ""))
