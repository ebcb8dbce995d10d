"""What a visit draws from the bank, by its outcome: the defaults that hold where no contract says otherwise."""

from datetime import timedelta
from enum import StrEnum

from careplan.hours.domain.terms import Basis
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.visits.domain.visit import Cancellation, CancelledBy, Result

SHORT_NOTICE = timedelta(hours=24)


class Drawing(StrEnum):
    """What counts of a visit."""

    BY_BASIS = "by_basis"
    PLANNED = "planned"
    RELEASED = "released"


OF_RESULT: dict[Result, Drawing] = {
    Result.COMPLETED: Drawing.BY_BASIS,
    Result.NO_REPLY: Drawing.PLANNED,
    Result.REFUSED: Drawing.PLANNED,
    Result.IN_HOSPITAL: Drawing.RELEASED,
}


def drawing_of_cancellation(cancellation: Cancellation) -> Drawing:
    """A visit called off by the person less than a day before draws what was planned; any other is released."""
    short = cancellation.by is CancelledBy.PERSON and cancellation.notice < SHORT_NOTICE
    return Drawing.PLANNED if short else Drawing.RELEASED


def countable_minutes(
    *, result: Result, basis: Basis, tolerance: Minutes, planned: Minutes | None, actual: Minutes
) -> Minutes:
    """Minutes that one worker's record draws.

    A visit that nobody planned counts its actual minutes where it was completed, and none otherwise.
    """
    drawing = OF_RESULT[result]
    if drawing is Drawing.RELEASED:
        return NO_MINUTES
    if drawing is Drawing.PLANNED:
        return planned if planned is not None else NO_MINUTES
    return _by_basis(basis, tolerance=tolerance, planned=planned, actual=actual)


def _by_basis(basis: Basis, *, tolerance: Minutes, planned: Minutes | None, actual: Minutes) -> Minutes:
    if basis is Basis.PLANNED and planned is not None:
        return planned
    if basis is Basis.TOLERANCE:
        return Minutes(actual + tolerance)
    return actual
