"""Margaret Ellis, whose story the demo tells from end to end."""

from datetime import date

from careplan.demo.story.characters import Aim, Character, Stage, Step

WALK = Aim(
    care_act="community_facilities",
    need="Since my fall I do not trust my legs past the back door.",
    want="I want to walk to the garden and back on my own",
    wellbeing="independence",
    levels=(
        "I stay in my chair all day",
        "I get to the back door with someone holding my arm",
        "I get to the garden bench with someone beside me",
        "I walk to the bench and back on my own with my stick",
        "I walk round the whole garden on my own whenever I like",
    ),
    steps=(
        Step("Walk with me, and let me set the pace", "provider", "Harbour Care", "Every day after lunch"),
        Step("Do my leg exercises while the kettle boils", "person", "Margaret", "Every morning"),
        Step(
            "Fit a second rail by the back step", "device", "Northbridge equipment store", "Before the end of the month"
        ),
    ),
    importance=10,
    confidence=5,
)

TEA = Aim(
    care_act="relationships",
    need="I cannot carry a tray or stand long enough to get tea ready, so nobody comes.",
    want="I want to have Jean round for tea once a fortnight",
    wellbeing="part_of_the_community",
    levels=(
        "Nobody has come to tea for two months",
        "Jean rings but does not visit",
        "Jean comes once a fortnight and someone lays the tea for us",
        "Jean comes once a fortnight and I lay the table myself",
        "Jean comes every week and I bake something",
    ),
    steps=(
        Step("Set the tray out with me before Jean comes", "provider", "Harbour Care", "Every other Sunday"),
        Step("Bring the cake and stay the afternoon", "unpaid_carer", "Jean Hall", "Every other Sunday"),
        Step("Come for tea on the Sundays when Jean cannot", "community", "St Anne’s visiting circle", "Once a month"),
    ),
    importance=9,
    confidence=7,
)

BREATHE = Aim(
    care_act="habitable_home",
    need="My chest wakes me, and then I lie there frightened.",
    want="I want to breathe easier at night",
    wellbeing="physical_and_mental",
    levels=(
        "I am up every night and have to ring somebody",
        "I wake most nights short of breath",
        "I wake short of breath no more than two nights a week",
        "I wake short of breath no more than once a fortnight",
        "I sleep through and do not think about my chest",
    ),
    steps=(
        Step(
            "Take my peak flow and write it down",
            "provider",
            "Harbour Care, shown how by Grace Thornton",
            "Every morning",
        ),
        Step("Look at the readings and ring me if they fall", "nurse", "Grace Thornton", "Every week"),
    ),
    importance=9,
    confidence=4,
)

MEALS = Aim(
    care_act="nutrition",
    need="I lost a stone after the hospital because I could not be bothered to cook for one.",
    want="I want to eat a proper dinner that I have had a hand in",
    wellbeing="day_to_day_living",
    levels=(
        "I live on biscuits and tea",
        "Someone heats a meal and I eat half",
        "I eat a hot dinner most days and help with part of it",
        "I eat a hot dinner every day and do the vegetables myself",
        "I cook for myself and ask for help only with heavy pans",
    ),
    steps=(
        Step(
            "Cook with me, not for me: I butter the bread and do the vegetables",
            "provider",
            "Harbour Care",
            "Every day",
        ),
        Step("Choose the week's dinners from the list on the fridge", "person", "Margaret", "Every Friday"),
    ),
    importance=8,
    confidence=6,
)

WASH = Aim(
    care_act="personal_hygiene",
    need="I am afraid of slipping in the bath.",
    want="I want to stay as independent with washing as I am now",
    wellbeing="control",
    levels=(
        "Someone washes me in bed",
        "Someone washes all but my face and hands",
        "I wash myself sitting down and someone does my back and feet",
        "I shower on my own while someone is in the house",
        "I shower on my own whenever I like",
    ),
    steps=(
        Step("Stay outside the door unless I call", "provider", "Harbour Care", "Every morning"),
        Step("Use the shower seat and the long sponge", "person", "Margaret", "Every morning"),
    ),
    importance=7,
    confidence=8,
    maintain=True,
)

MARGARET = Character(
    key="main",
    given="Margaret",
    family="Ellis",
    born=date(1942, 3, 9),
    gender="female",
    nhs_number="9990001014",
    street="14 Larch Close",
    postcode="NB4 2LC",
    provider="harbour",
    stage=Stage.IN_FORCE,
    most_important=(
        "My garden, my sister Jean on the phone on Sundays, and doing the little things myself, even if it takes longer."
    ),
    communicate="Face me and speak slowly. I am hard of hearing, not slow.",
    weeks=(20, 10, 20, 10),
    aims=(WALK, TEA, BREATHE, MEALS, WASH),
)
