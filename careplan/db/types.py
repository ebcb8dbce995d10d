"""Column types that carry a meaning of ours."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from careplan.kernel.ids import new_id


class UtcInstant(TypeDecorator[datetime]):
    """An instant: an aware datetime goes in, UTC comes out; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None


Id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]
Instant = Annotated[datetime, mapped_column(UtcInstant())]
