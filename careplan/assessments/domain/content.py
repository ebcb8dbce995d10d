"""What an assessment says, part by part. A draft may lack anything; `finishing` says what must be there at the end.

What was not asked is kept apart from no. The three limbs are answered as if nobody helped; only then comes what a
carer does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from careplan.assessments.domain.outcome import Achievable, CareActOutcome, Meaning, WellbeingArea


class Answer(StrEnum):
    """Yes, no, or that nobody has asked yet."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Method(StrEnum):
    """How the assessment was done."""

    FACE_TO_FACE = "face_to_face"
    PHONE = "phone"
    SUPPORTED_SELF = "supported_self"
    JOINT = "joint"


class Part(StrEnum):
    """The parts of an assessment in the order in which they are written; each is also a page."""

    HOW = "how"
    NEEDS = "needs"
    IMPACT = "impact"
    CARERS = "carers"
    OTHER = "other"


ANSWER_WORDS = {Answer.YES: "Yes", Answer.NO: "No", Answer.NOT_ASKED: "Not asked yet"}
METHOD_WORDS = {
    Method.FACE_TO_FACE: "Face to face",
    Method.PHONE: "By telephone",
    Method.SUPPORTED_SELF: "By the person themselves, with support",
    Method.JOINT: "Together with another service",
}
PART_TITLES = {
    Part.HOW: "How it was done, and what matters to them",
    Part.NEEDS: "Needs, as if nobody helped",
    Part.IMPACT: "What it does to their wellbeing",
    Part.CARERS: "What family and friends do",
    Part.OTHER: "Other needs, and staying well",
}


@dataclass(frozen=True, slots=True)
class How:
    """When, how and with whom; and the person's own words about their wellbeing."""

    assessed_on: date | None = None
    method: Method | None = None
    present: str = ""
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeFound:
    """What was found about one of the ten outcomes."""

    outcome: CareActOutcome
    achievable: Achievable = Achievable.NOT_ASKED
    meanings: tuple[Meaning, ...] = ()
    words: str = ""


NOTHING_ASKED = tuple(OutcomeFound(outcome) for outcome in CareActOutcome)


@dataclass(frozen=True, slots=True)
class Needs:
    """The first two limbs: needs that come from an impairment or illness, and the ten outcomes, all of them."""

    impairment: Answer = Answer.NOT_ASKED
    impairment_words: str = ""
    outcomes: tuple[OutcomeFound, ...] = NOTHING_ASKED

    @property
    def not_achievable(self) -> tuple[OutcomeFound, ...]:
        return tuple(o for o in self.outcomes if o.achievable is Achievable.NO)


@dataclass(frozen=True, slots=True)
class Impact:
    """The third limb: a significant impact on wellbeing, and in which areas."""

    significant: Answer = Answer.NOT_ASKED
    areas: tuple[WellbeingArea, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class CarerPart:
    """Whether a carer is willing and able to meet one need, what they do, and what happens if they stop."""

    outcome: CareActOutcome
    willing_and_able: Answer = Answer.NOT_ASKED
    what: str = ""
    if_they_stop: str = ""


@dataclass(frozen=True, slots=True)
class Carers:
    """What carers do, said after the three limbs.

    Taken back, the words are kept while the limbs are written anew, and count only once they have been saved again.
    """

    has_carer: Answer = Answer.NOT_ASKED
    who: str = ""
    parts: tuple[CarerPart, ...] = ()
    taken_back: bool = False

    @property
    def is_written(self) -> bool:
        """Whether it is known here what carers do: whoever knows no longer judges as if nobody helped."""
        return self.has_carer is Answer.YES and not self.taken_back

    def part_of(self, outcome: CareActOutcome) -> CarerPart:
        """What was said about this outcome; nothing was asked where nothing was said."""
        return next((p for p in self.parts if p.outcome is outcome), CarerPart(outcome))


@dataclass(frozen=True, slots=True)
class Other:
    """Needs that the council may choose to meet, and what would prevent, reduce or delay needs."""

    discretionary: Answer = Answer.NOT_ASKED
    discretionary_words: str = ""
    preventive: Answer = Answer.NOT_ASKED
    preventive_words: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentContent:
    """A whole assessment."""

    how: How = field(default_factory=How)
    needs: Needs = field(default_factory=Needs)
    impact: Impact = field(default_factory=Impact)
    carers: Carers = field(default_factory=Carers)
    other: Other = field(default_factory=Other)


def with_all_outcomes(found: Iterable[OutcomeFound]) -> tuple[OutcomeFound, ...]:
    """All ten in their order; those that nobody spoke of were not asked."""
    known = {o.outcome: o for o in found}
    return tuple(known.get(outcome, OutcomeFound(outcome)) for outcome in CareActOutcome)
