"""What one look says of a transfer that goes on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.kernel import words
from careplan.organisations import queries as organisations
from careplan.transfers import queries as transfers
from careplan.transfers.domain.transfer import OVER


@dataclass(frozen=True, slots=True)
class Moving:
    """That care goes to another provider, how far that has come, and whether the person objects."""

    words: str
    stage: str
    objects: bool


def find_moving(*, person_id: UUID, at: datetime) -> Moving | None:
    """The transfer that goes on, in words; None where there is none or it is done."""
    found = transfers.find_standing(person_id=person_id, at=at)
    if found is None or found.progress.stage in OVER:
        return None
    provider = organisations.get_organisation(organisation_id=found.transfer.to_provider_id).name
    return Moving(
        f"Care moves to {provider} on {words.short_day(found.transfer.changes_on)}",
        found.progress.stage.words,
        found.progress.objects,
    )
