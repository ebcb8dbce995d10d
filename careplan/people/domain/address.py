"""Where a person lives, and how a worker gets in."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.people.domain.span import holds

# The shape of a British postcode: area and district, then one digit and two letters.
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Address:
    """One address with the days on which it held; both days are counted in."""

    id: UUID
    person_id: UUID
    line1: str
    town: str
    postcode: str | None = None
    line2: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return holds(starts_on=self.starts_on, ends_on=self.ends_on, day=day)

    @property
    def lines(self) -> tuple[str, ...]:
        """As on an envelope."""
        return tuple(part for part in (self.line1, self.line2, self.town, self.postcode) if part)


@dataclass(frozen=True, slots=True)
class WayIn:
    """How to get in: where the key safe is and its code. Shown on request only, and each look is written down."""

    id: UUID
    person_id: UUID
    words: str
    key_safe_code: str | None
    recorded_at: datetime
    recorded_by: UUID


class WrongPostcode(Invalid):
    """It does not have the shape of a British postcode."""

    code = "wrong_postcode"


def checked_postcode(typed: str | None) -> str | None:
    """In capitals with its one space; None where nothing was typed.  Raises WrongPostcode."""
    tidy = re.sub(r"\s", "", typed or "").upper()
    if not tidy:
        return None
    shape = POSTCODE.fullmatch(tidy)
    if shape is None:
        message = "Enter a full postcode, such as NB4 2QT, or leave it empty."
        raise WrongPostcode(message, problems=(Problem("postcode", message),))
    return f"{shape[1]} {shape[2]}"
