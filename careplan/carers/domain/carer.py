"""A carer in their own right: who they are, and what they say of caring."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from careplan.assessments.domain.content import Answer
from careplan.kernel.errors import Invalid, Problem


@dataclass(frozen=True, slots=True)
class Details:
    """How to reach the carer and how to talk with them; kept apart from what the person's record says of them."""

    name: str
    relation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    communicate: str = ""


@dataclass(frozen=True, slots=True)
class Caring:
    """What the carer does and how it is for them; what they are willing and able to do, and what they are not."""

    what: str = ""
    how_it_is: str = ""
    willing: Answer = Answer.NOT_ASKED
    willing_words: str = ""
    not_willing: str = ""


@dataclass(frozen=True, slots=True)
class Carer:
    """One carer of one person. `own_person_id`: they have a plan of their own, which is that person's."""

    id: UUID
    person_id: UUID
    contact_id: UUID | None
    account_id: UUID | None
    own_person_id: UUID | None
    opened_at: datetime
    opened_by: UUID
    details: Details
    caring: Caring = field(default_factory=Caring)

    @property
    def name(self) -> str:
        return self.details.name


class DetailsIncomplete(Invalid):
    """It does not say who the carer is."""

    code = "carer_details_incomplete"


class CaringContradicts(Invalid):
    """It says that they are willing and able and not to what, or the like."""

    code = "caring_contradicts"


def check_details(details: Details) -> None:
    """Raises DetailsIncomplete without a name."""
    if not details.name.strip():
        message = "Write the carer’s name."
        raise DetailsIncomplete(message, problems=(Problem("name", message),))


def check_caring(caring: Caring) -> None:
    """Raises CaringContradicts: a yes says to what, and a no says what they cannot or will not do."""
    problems = []
    if caring.willing is Answer.YES and not caring.willing_words.strip():
        problems.append(Problem("willing_words", "Say what you can go on doing, and want to."))
    if caring.willing is Answer.NO and not caring.not_willing.strip():
        problems.append(Problem("not_willing", "Say what you cannot do, or do not want to do."))
    if problems:
        raise CaringContradicts("Some answers need mending.", problems=tuple(problems))
