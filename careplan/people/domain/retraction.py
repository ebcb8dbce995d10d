"""What was entered in error stays to be seen, with who said so, when and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem


@dataclass(frozen=True, slots=True)
class Retraction:
    """Says of a row that it should never have been written."""

    at: datetime
    by: UUID
    reason: str


class AlreadyRetracted(Conflict):
    """It was marked as entered in error before."""

    code = "already_entered_in_error"


class ReasonMissing(Invalid):
    """What stays on the record needs a reason beside it."""

    code = "reason_missing"


def checked_reason(typed: str | None, *, field: str = "reason") -> str:
    """The reason, tidied.  Raises ReasonMissing."""
    reason = " ".join((typed or "").split())
    if not reason:
        message = "Say why. It stays on the record."
        raise ReasonMissing(message, problems=(Problem(field, message),))
    return reason
