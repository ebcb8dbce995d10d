"""From one day to another: both are local dates, and both days are counted in."""

from datetime import date

from careplan.kernel.errors import Invalid, Problem


class EndBeforeStart(Invalid):
    """The last day lies before the first."""

    code = "end_before_start"


def check_span(*, starts_on: date | None, ends_on: date | None, field: str = "ends_on") -> None:
    """An open end is allowed.  Raises EndBeforeStart."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        message = "The last day is before the first day. Check both dates."
        raise EndBeforeStart(message, problems=(Problem(field, message),))


def holds(*, starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Whether a day lies between the two; an unknown start is long ago, an open end is far away."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)
