"""Sentences to start from: what people often want, what is often done for it, and five levels to fill in.

They are a beginning and no more: each is said in the person's own words before a plan goes round, and whatever still
stands as it stands here is pointed out on the check page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from careplan.plans.domain.content import Action, CareActOutcome, DoneBy, Outcome, PlanContent, Wellbeing


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is often done, and by whom."""

    words: str
    by: DoneBy = DoneBy.PROVIDER


@dataclass(frozen=True, slots=True)
class Example:
    """What people often want in one area of life, in the first person, and what is often done for it."""

    words: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Five levels to start from: worse, as now, what I hope, better, much better."""

    key: str
    title: str
    levels: tuple[str, str, str, str, str]


Area = CareActOutcome | Wellbeing
_C, _W = CareActOutcome, Wellbeing

PATTERNS = (
    Pattern("help", "How much help I need", (
        "I cannot do it, even with help.", "I do it with a lot of help.", "I do it with a little help.",
        "I do it on my own, with someone near.", "I do it on my own, whenever I like.",
    )),
    Pattern("often", "How often it happens", (
        "It never happens.", "It happens now and then.", "It happens every week.", "It happens most days.",
        "It happens every day.",
    )),
    Pattern("feeling", "How I feel about it", (
        "I worry about it all the time.", "I worry about it most days.", "I worry about it now and then.",
        "I hardly ever worry about it.", "I feel safe and calm about it.",
    )),
    Pattern("keep", "Keeping it as it is", (
        "It has got much worse.", "It has got a little worse.", "It is as it is today.", "It has got a little better.",
        "It has got much better.",
    )),
)  # fmt: skip

EXAMPLES: dict[Area, tuple[Example, ...]] = {
    _C.NUTRITION: (
        Example("I want to eat a hot meal every day.", (
            Step("Cook a meal with me, and sit down while I eat."),
            Step("Bring a meal on the days when nobody comes.", DoneBy.COMMUNITY),
        )),
        Example("I want to drink enough, so that I keep well.", (
            Step("Make me a drink at each visit, and leave a full jug."),
            Step("Finish the jug by bedtime.", DoneBy.PERSON),
        )),
        Example("I want to cook for myself again.", (
            Step("Stand by me while I cook, and do only what I cannot."),
            Step("Plan the week's meals with me.", DoneBy.UNPAID_CARER),
        )),
    ),
    _C.PERSONAL_HYGIENE: (
        Example("I want to have a proper wash every morning.", (
            Step("Run the water and pass me things; I wash myself."), Step("Lay out my towel and clothes."),
        )),
        Example("I want to have a shower twice a week without fear of falling.", (
            Step("Stay in the room while I shower."), Step("Show us which seat and rail are right.", DoneBy.COMMUNITY),
        )),
        Example("I want my hair and nails to look the way I like them.", (
            Step("Wash and set my hair with me."), Step("Cut my nails.", DoneBy.COMMUNITY),
        )),
    ),
    _C.TOILET_NEEDS: (
        Example("I want to get to the toilet in time.", (
            Step("Ask me at each visit, and walk with me."), Step("Keep the way clear.", DoneBy.UNPAID_CARER),
        )),
        Example("I want to be dry and comfortable at night.", (
            Step("Help me get ready for the night, with what I need close by."),
            Step("See me about my bladder, and what could help.", DoneBy.NURSE),
        )),
        Example("I want to use the toilet on my own, with the door shut.", (
            Step("Wait outside until I call."), Step("Fit a rail and a raised seat.", DoneBy.COMMUNITY),
        )),
    ),
    _C.APPROPRIATELY_CLOTHED: (
        Example("I want to choose what I wear and dress at my own pace.", (
            Step("Lay out two things to choose from, then let me do it."), Step("Help with buttons and socks only."),
        )),
        Example("I want to be dressed before the post comes.", (
            Step("Come early enough that we need not rush."), Step("Put my clothes out at night.", DoneBy.PERSON),
        )),
        Example("I want clean clothes that fit me.", (
            Step("Do a wash with me each week."), Step("Take me to buy clothes that fit.", DoneBy.UNPAID_CARER),
        )),
    ),
    _C.HOME_USED_SAFELY: (
        Example("I want to move round my home without falling.", (
            Step("Walk with me, and let me set the pace."), Step("Do my balance exercises each day.", DoneBy.PERSON),
        )),
        Example("I want to use my stairs and go to bed in my own bedroom.", (
            Step("Go up behind me in the evening."), Step("Look at the rails on both sides.", DoneBy.COMMUNITY),
        )),
        Example("I want help to come quickly if something happens.", (
            Step("Wear the alarm all day.", DoneBy.PERSON), Step("Answer when I press the alarm.", DoneBy.DEVICE),
        )),
    ),
    _C.HABITABLE_HOME: (
        Example("I want my home to be clean and warm.", (
            Step("Clean the kitchen and the bathroom with me once a week."),
            Step("Check the heating and the bills.", DoneBy.COMMUNITY),
        )),
        Example("I want to find my own way round my things.", (
            Step("Sort one room with me at a time, and throw nothing away unasked."),
            Step("Take away what I want to give.", DoneBy.UNPAID_CARER),
        )),
        Example("I want to look after my own post and bills.", (
            Step("Open the post with me on Mondays.", DoneBy.UNPAID_CARER),
            Step("Help me set up payments that run by themselves.", DoneBy.COMMUNITY),
        )),
    ),
    _C.RELATIONSHIPS: (
        Example("I want to see the people I love every week.", (
            Step("Drive me to my sister's on Sundays.", DoneBy.UNPAID_CARER), Step("Help me get ready to go out."),
        )),
        Example("I want to talk to my family when I feel low.", (
            Step("Set up the tablet with me."), Step("Ring me each evening.", DoneBy.UNPAID_CARER),
        )),
        Example("I want to be a husband, wife or friend again, and not only someone who is cared for.", (
            Step("Give us time together with nobody else there."), Step("Sit with me while my partner goes out."),
        )),
    ),
    _C.WORK_AND_EDUCATION: (
        Example("I want to keep my job.", (
            Step("Be here early enough that I catch the bus."),
            Step("Talk to my employer with me about what would help.", DoneBy.COMMUNITY),
        )),
        Example("I want to learn something new.", (
            Step("Take me to the class and fetch me."), Step("Find a course that fits me.", DoneBy.COMMUNITY),
        )),
        Example("I want to help others, as a volunteer.", (
            Step("Go with me the first few times.", DoneBy.COMMUNITY), Step("Get ready with me on those mornings."),
        )),
    ),
    _C.COMMUNITY_FACILITIES: (
        Example("I want to get out of the house twice a week.", (
            Step("Go out with me, to where I choose."), Step("Fetch me to the lunch club.", DoneBy.COMMUNITY),
        )),
        Example("I want to do my own shopping.", (
            Step("Come with me and carry the bags."), Step("Write the list.", DoneBy.PERSON),
        )),
        Example("I want to go to my place of worship.", (
            Step("Help me to be ready in time."), Step("Give me a lift there and back.", DoneBy.COMMUNITY),
        )),
    ),
    _C.CARING_FOR_A_CHILD: (
        Example("I want to get my child to school on time.", (
            Step("Help me get up early enough."), Step("Walk my child to school on bad days.", DoneBy.UNPAID_CARER),
        )),
        Example("I want to play with my child and not be worn out.", (
            Step("Do the heavy housework."), Step("Rest after lunch.", DoneBy.PERSON),
        )),
        Example("I want to be the one who puts my child to bed.", (
            Step("Lift and carry, so that I can read the story."), Step("Do the bath with us.", DoneBy.UNPAID_CARER),
        )),
    ),
    _W.QUALITY_OF_LIFE: (
        Example("I want to have something to look forward to each week.", (
            Step("Ask me on Mondays what I would like to do."), Step("Take me on one outing a week."),
        )),
        Example("I want to enjoy my garden, my music and my pets.", (
            Step("Sit in the garden with me."), Step("Walk the dog.", DoneBy.COMMUNITY),
        )),
        Example("I want to have more good days than bad days.", (
            Step("Help me plan rest and busy times."), Step("Keep a diary of good days.", DoneBy.PERSON),
        )),
    ),
    _W.PHYSICAL_AND_MENTAL: (
        Example("I want to sleep through the night.", (
            Step("Help me wind down: no rush, low light."), Step("Look at my medicines with me.", DoneBy.NURSE),
        )),
        Example("I want to feel less low.", (
            Step("Sit down and talk for ten minutes."), Step("Go to the group on Thursdays.", DoneBy.COMMUNITY),
        )),
        Example("I want to walk as far as I did last year.", (
            Step("Walk with me on dry days."), Step("Do my exercises.", DoneBy.PERSON),
        )),
    ),
    _W.FEELING_SAFE: (
        Example("I want to know who comes to my door.", (
            Step("Send the same few people, and tell me their names."), Step("Show who is at the door.", DoneBy.DEVICE),
        )),
        Example("I want to feel safe with the people around me.", (
            Step("Ask me on my own how things are."), Step("Tell me whom I can ring.", DoneBy.COMMUNITY),
        )),
        Example("I want to feel safe at night.", (
            Step("Check doors and lights with me before you go."), Step("Ring me at ten.", DoneBy.UNPAID_CARER),
        )),
    ),
    _W.DAY_TO_DAY_LIVING: (
        Example("I want to start and end the day the way I like.", (
            Step("Do things in the order that I tell you."), Step("Say what I want each day.", DoneBy.PERSON),
        )),
        Example("I want to take my medicines as I should.", (
            Step("Remind me, and write down that I took them."), Step("Ring at the times I set.", DoneBy.DEVICE),
        )),
        Example("I want to manage my day with less pain.", (
            Step("Let me rest between things."), Step("Look at what helps with pain.", DoneBy.NURSE),
        )),
    ),
    _W.PART_OF_THE_COMMUNITY: (
        Example("I want to know my neighbours again.", (
            Step("Knock next door with me."), Step("Come in for tea on Wednesdays.", DoneBy.COMMUNITY),
        )),
        Example("I want to belong to a group that meets.", (
            Step("Go with me until I know people."), Step("Save me a seat.", DoneBy.COMMUNITY),
        )),
        Example("I want to speak my own language with someone each week.", (
            Step("Send someone who speaks it where you can."), Step("Ring me for a chat.", DoneBy.COMMUNITY),
        )),
    ),
    _W.INDEPENDENCE: (
        Example("I want to do as much as I can for myself.", (
            Step("Wait, and help only when I ask."), Step("Try first, then ask.", DoneBy.PERSON),
        )),
        Example("I want to take up again what I used to love.", (
            Step("Put out what I need for it."), Step("Find others who do it too.", DoneBy.COMMUNITY),
        )),
        Example("I want to go out without needing a lift.", (
            Step("Practise the bus with me."), Step("Show me how to get a travel pass.", DoneBy.COMMUNITY),
        )),
    ),
    _W.CONTROL: (
        Example("I want to decide what happens in my home.", (
            Step("Ask before you move or change anything."), Step("Say when it is not right.", DoneBy.PERSON),
        )),
        Example("I want to be listened to, and told what will happen.", (
            Step("Ring me if you will be late."), Step("Read the plan with me.", DoneBy.UNPAID_CARER),
        )),
        Example("I want to choose who helps me.", (
            Step("Let me meet new people before they start."), Step("Say whom I get on with.", DoneBy.PERSON),
        )),
    ),
}  # fmt: skip
_WORDS = frozenset(example.words for examples in EXAMPLES.values() for example in examples)
_STEPS = frozenset(s.words for examples in EXAMPLES.values() for e in examples for s in e.steps)
_LEVELS = frozenset(words for pattern in PATTERNS for words in pattern.levels)

_USUAL = {
    _C.NUTRITION: _W.DAY_TO_DAY_LIVING,
    _C.PERSONAL_HYGIENE: _W.DAY_TO_DAY_LIVING,
    _C.TOILET_NEEDS: _W.CONTROL,
    _C.APPROPRIATELY_CLOTHED: _W.DAY_TO_DAY_LIVING,
    _C.HOME_USED_SAFELY: _W.FEELING_SAFE,
    _C.HABITABLE_HOME: _W.QUALITY_OF_LIFE,
    _C.RELATIONSHIPS: _W.PART_OF_THE_COMMUNITY,
    _C.WORK_AND_EDUCATION: _W.INDEPENDENCE,
    _C.COMMUNITY_FACILITIES: _W.PART_OF_THE_COMMUNITY,
    _C.CARING_FOR_A_CHILD: _W.INDEPENDENCE,
}


def usual_wellbeing(area: CareActOutcome) -> Wellbeing:
    """The area of wellbeing that most often goes with a part of life; whoever writes the plan may choose others."""
    return _USUAL[area]


def examples_for(areas: tuple[Area, ...]) -> tuple[Example, ...]:
    """What people often want in these areas of life, each once."""
    return tuple(dict.fromkeys(example for area in areas for example in EXAMPLES[area]))


def steps_for(outcome: Outcome) -> tuple[Step, ...]:
    """What is often done for an outcome: that of its own example first, then the rest of its areas."""
    found = examples_for((*outcome.care_act, *outcome.wellbeing))
    nearest = sorted(found, key=lambda example: example.words != outcome.words)
    return tuple(dict.fromkeys(step for example in nearest for step in example.steps))


def pattern_called(key: str) -> Pattern | None:
    """The five levels of that name."""
    return next((p for p in PATTERNS if p.key == key), None)


def hints(content: PlanContent) -> Iterator[str]:
    """What still stands as it stood in the library; it stops nothing."""
    for outcome in content.outcomes:
        if outcome.words in _WORDS:
            yield f"“{outcome.words}” is an example as it stands. Is this how they say it?"
        if any(level in _LEVELS for level in outcome.levels):
            yield f"The levels of “{outcome.words}” are examples. Say what each looks like for this person."
    yield from (_step_hint(action) for action in content.actions if action.words in _STEPS)


def _step_hint(action: Action) -> str:
    return f"“{action.words}” is an example as it stands. Is this what will be done?"
