"""Corrections are new records that name the old one; which of them stand does not depend on the order of arrival."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """A record as far as corrections go: its id, the record it corrects, and whose it is (who wrote it of whom)."""

    id: UUID
    corrects: UUID | None
    whose: Hashable


def standing(versions: Iterable[Version]) -> frozenset[UUID]:
    """Ids of the records that hold: not corrected, and of several corrections of one the latest.

    Only an author corrects what they wrote; a record that names somebody else's stands beside it.
    """
    known = list(versions)
    corrected = {(v.corrects, v.whose) for v in known if v.corrects is not None}
    latest: dict[tuple[UUID, Hashable], UUID] = {}
    for v in known:
        if v.corrects is not None:
            place = (v.corrects, v.whose)
            latest[place] = max(v.id, latest.get(place, v.id))
    return frozenset(
        v.id
        for v in known
        if (v.id, v.whose) not in corrected and (v.corrects is None or latest[v.corrects, v.whose] == v.id)
    )
