"""The eight outcomes by which a carer's eligibility is judged."""

from enum import StrEnum

from careplan.assessments.domain.outcome import Achievable, Meaning


class CarerOutcome(StrEnum):
    """What a carer may be unable to achieve because they care."""

    CARING_FOR_A_CHILD = "caring_for_a_child"
    CARING_FOR_OTHERS = "caring_for_others"
    HABITABLE_HOME = "habitable_home"
    NUTRITION = "nutrition"
    RELATIONSHIPS = "relationships"
    WORK_AND_EDUCATION = "work_and_education"
    COMMUNITY_FACILITIES = "community_facilities"
    LEISURE = "leisure"


CARER_OUTCOME_WORDS = {
    CarerOutcome.CARING_FOR_A_CHILD: "Looking after a child",
    CarerOutcome.CARING_FOR_OTHERS: "Looking after somebody else",
    CarerOutcome.HABITABLE_HOME: "Keeping a home fit to live in",
    CarerOutcome.NUTRITION: "Eating and drinking well",
    CarerOutcome.RELATIONSHIPS: "Family and friends",
    CarerOutcome.WORK_AND_EDUCATION: "Work, training, learning or volunteering",
    CarerOutcome.COMMUNITY_FACILITIES: "Getting out and about",
    CarerOutcome.LEISURE: "Time for themselves",
}
ABLE_WORDS = {
    Achievable.YES: "Can do this",
    Achievable.NO: "Unable to do this",
    Achievable.NOT_ASKED: "Not asked yet",
}
# Any one of the four suffices.
UNABLE_WORDS = {
    Meaning.WITHOUT_ASSISTANCE: "Not without somebody’s help",
    Meaning.PAIN_OR_DISTRESS: "Only with significant pain, distress or anxiety",
    Meaning.ENDANGERS: "Only with danger to them, to the person they care for, or to somebody else",
    Meaning.TAKES_LONGER: "It takes them significantly longer than is usual",
}
