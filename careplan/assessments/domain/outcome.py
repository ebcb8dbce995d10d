"""The ten outcomes by which eligibility is judged, and what it can mean that one of them is not achievable."""

from enum import StrEnum


class CareActOutcome(StrEnum):
    """The ten outcomes of the eligibility regulations."""

    NUTRITION = "nutrition"
    PERSONAL_HYGIENE = "personal_hygiene"
    TOILET_NEEDS = "toilet_needs"
    APPROPRIATELY_CLOTHED = "appropriately_clothed"
    HOME_USED_SAFELY = "home_used_safely"
    HABITABLE_HOME = "habitable_home"
    RELATIONSHIPS = "relationships"
    WORK_AND_EDUCATION = "work_and_education"
    COMMUNITY_FACILITIES = "community_facilities"
    CARING_FOR_A_CHILD = "caring_for_a_child"


class Achievable(StrEnum):
    """Whether the person achieves an outcome; nobody having asked is not a yes."""

    YES = "achievable"
    NO = "not_achievable"
    NOT_ASKED = "not_asked"


class Meaning(StrEnum):
    """The four meanings of "not achievable": any one of them suffices."""

    WITHOUT_ASSISTANCE = "without_assistance"
    PAIN_OR_DISTRESS = "pain_or_distress"
    ENDANGERS = "endangers"
    TAKES_LONGER = "takes_longer"


class WellbeingArea(StrEnum):
    """The nine areas of wellbeing that the law names."""

    DIGNITY = "dignity"
    HEALTH = "health"
    PROTECTION = "protection"
    CONTROL = "control"
    PARTICIPATION = "participation"
    ECONOMIC = "economic"
    RELATIONSHIPS = "relationships"
    ACCOMMODATION = "accommodation"
    CONTRIBUTION = "contribution"


OUTCOME_WORDS = {
    CareActOutcome.NUTRITION: "Eating and drinking well",
    CareActOutcome.PERSONAL_HYGIENE: "Keeping clean",
    CareActOutcome.TOILET_NEEDS: "Using the toilet",
    CareActOutcome.APPROPRIATELY_CLOTHED: "Being dressed for the day",
    CareActOutcome.HOME_USED_SAFELY: "Being safe at home",
    CareActOutcome.HABITABLE_HOME: "Keeping a home fit to live in",
    CareActOutcome.RELATIONSHIPS: "Family and friends",
    CareActOutcome.WORK_AND_EDUCATION: "Work, learning or volunteering",
    CareActOutcome.COMMUNITY_FACILITIES: "Getting out and about",
    CareActOutcome.CARING_FOR_A_CHILD: "Caring for a child",
}
ACHIEVABLE_WORDS = {
    Achievable.YES: "Can do this",
    Achievable.NO: "Cannot achieve this",
    Achievable.NOT_ASKED: "Not asked yet",
}
MEANING_WORDS = {
    Meaning.WITHOUT_ASSISTANCE: "Not without somebody’s help",
    Meaning.PAIN_OR_DISTRESS: "Only with significant pain, distress or anxiety",
    Meaning.ENDANGERS: "Only with danger to them or to somebody else",
    Meaning.TAKES_LONGER: "It takes them significantly longer than is usual",
}
AREA_WORDS = {
    WellbeingArea.DIGNITY: "Dignity, and being treated with respect",
    WellbeingArea.HEALTH: "Health of body and mind, and how they feel",
    WellbeingArea.PROTECTION: "Being protected from abuse and neglect",
    WellbeingArea.CONTROL: "Control over their own day-to-day life",
    WellbeingArea.PARTICIPATION: "Work, education, training or recreation",
    WellbeingArea.ECONOMIC: "Money, and their place among others",
    WellbeingArea.RELATIONSHIPS: "Home life, family and close relationships",
    WellbeingArea.ACCOMMODATION: "A suitable place to live",
    WellbeingArea.CONTRIBUTION: "What they give to others",
}
