"""What somebody else said in confidence, or what concerns somebody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.people.domain.retraction import Retraction


@dataclass(frozen=True, slots=True)
class Note:
    """A note about or from a third party. The person, representatives and carers never read it."""

    id: UUID
    person_id: UUID
    words: str
    written_by: UUID
    at: datetime
    mistake: Retraction | None = None
