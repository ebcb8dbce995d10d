"""That a paper of the carer's own was given: which, in what form, on which day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.assessments.domain.giving import Format, given_in_words


class CarerPaper(StrEnum):
    """What can be given to a carer."""

    ASSESSMENT = "assessment"
    DETERMINATION = "determination"
    PLAN = "plan"


CARER_PAPER_WORDS = {
    CarerPaper.ASSESSMENT: "The carer’s assessment",
    CarerPaper.DETERMINATION: "What the council decided about the carer, with its reasons",
    CarerPaper.PLAN: "The carer’s plan",
}


@dataclass(frozen=True, slots=True)
class CarerGiven:
    """One paper given once. `name` is who got it where it was not the carer."""

    id: UUID
    carer_id: UUID
    paper: CarerPaper
    paper_id: UUID
    name: str
    format: Format
    language: str | None
    given_on: date
    given_by: UUID
    at: datetime


def given_words(given: CarerGiven, *, by: str, carer: str) -> str:
    """How, to whom, when and by whom: 'On paper, to you, 21 November 2026, by Sam Okafor'."""
    return given_in_words(
        format=given.format, language=given.language, to=given.name or carer, on=given.given_on, by=by
    )
