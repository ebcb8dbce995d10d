"""Corrections are new records that name the old one; which of them stand does not depend on the order of arrival."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """A record as far as corrections go: its id, the record it corrects, and who made it."""

    id: UUID
    corrects: UUID | None
    author_id: UUID


def standing(versions: Iterable[Version]) -> frozenset[UUID]:
    """Ids of the records that hold: not corrected by their own author, and of several corrections of one the latest.

    Only an author corrects what they wrote; a record that names somebody else's stands beside it.
    """
    known = list(versions)
    corrected = {(v.corrects, v.author_id) for v in known if v.corrects is not None}
    latest: dict[tuple[UUID, UUID], UUID] = {}
    for v in known:
        if v.corrects is not None:
            place = (v.corrects, v.author_id)
            latest[place] = max(v.id, latest.get(place, v.id))
    return frozenset(
        v.id
        for v in known
        if (v.id, v.author_id) not in corrected and (v.corrects is None or latest[v.corrects, v.author_id] == v.id)
    )
