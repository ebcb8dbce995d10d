"""What one record says was delivered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Delivery:
    """Minutes that count by the plan's basis. Records of one visit share its `group_id`."""

    record_id: UUID
    bank_id: UUID
    person_id: UUID
    visit_id: UUID | None
    group_id: UUID
    starts_on: date
    minutes: Minutes
    received_at: datetime
    reversed_at: datetime | None
