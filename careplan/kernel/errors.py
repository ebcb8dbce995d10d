"""Refusals that people can act on. Each subclass names the broken rule and sits beside the function that raises it."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is (a dotted path into what was sent) and what would be accepted."""

    field: str
    message: str


class DomainError(Exception):
    """A rule was broken. `message` is a sentence for people; `facts` go to the caller of the JSON interface."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422

    def __init__(self, message: str, *, problems: tuple[Problem, ...] = (), **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems
        self.facts = facts


class Invalid(DomainError):
    """Something typed or sent cannot be understood; each problem says where and what would be accepted."""

    code = "invalid"
    status = 422


class NotFound(DomainError):
    """It does not exist, or is not for this person to know of: the two look alike."""

    code = "not_found"
    status = 404

    def __init__(self, message: str = "We could not find that.", **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class Forbidden(DomainError):
    """The account may know of the thing and may not do this with it."""

    code = "forbidden"
    status = 403


class Conflict(DomainError):
    """The thing has moved on, or the id was used for something else."""

    code = "conflict"
    status = 409


class Stale(DomainError):
    """Somebody saved first; `facts` carry both texts, so that nothing typed is lost."""

    code = "stale"
    status = 412


def invalid(field: str, message: str) -> Invalid:
    """The common case of one problem in one field."""
    return Invalid(message, problems=(Problem(field, message),))
