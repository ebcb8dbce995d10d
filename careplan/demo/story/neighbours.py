"""The people of Larch Hill, the first of the demo's two zones: Harbour Care's part of the town."""

from datetime import date

from careplan.demo.story.characters import Aim, Character, Stage, Step

HAROLD = Character(
    "harold", "Harold", "Quaye", date(1939, 11, 2), "male", "9990001383", "3 Foundry Row", "NB4 6FR",
    "harbour", Stage.IN_FORCE,
    "Football on the wireless, my chair by the window, and being called Mr Quaye until I say otherwise.",
    "Talk about Leeds first and the exercises after.",
    (21, 21, 21, 21),
    (
        Aim(
            "toilet_needs", "I cannot stand without two people and a frame.",
            "I want to get to the toilet in time, with my trousers on",
            "control",
            (
                "I am hoisted and wear pads day and night",
                "Two people and the hoist get me there, often too late",
                "Two people and the stand aid get me there in time most days",
                "One person and the stand aid get me there in time",
                "I get there with my frame while someone stands by",
            ),
            (
                Step("Two of you, the stand aid, and no rushing", "provider", "Harbour Care", "Four times a day"),
                Step("Practise standing at the rail", "person", "Harold", "Morning and evening"),
            ),
            importance=10, confidence=4,
        ),
        Aim(
            "relationships", "My grandson lives in Accra and I miss his calls.",
            "I want to see my grandson's face once a week",
            "part_of_the_community",
            (
                "We have not spoken for a month",
                "We speak on the telephone when somebody dials for me",
                "I see him on the tablet once a week when someone sets it up",
                "I see him on the tablet once a week and start it myself",
                "We talk whenever either of us likes",
            ),
            (Step("Set the tablet on its stand and press the green picture", "provider", "Harbour Care", "Sunday at four"),),
        ),
    ),
    lives_alone=False,
    double_handed=True,
)  # fmt: skip

IRENE = Character(
    "objector", "Irene", "Booth", date(1946, 7, 21), "female", "9990001758", "Flat 2, 40 Mill Street", "NB4 1MS",
    "harbour", Stage.IN_FORCE,
    "My own front door, my cat Nelson, and people who knock and wait.",
    "Knock, wait, and knock again. I do not hear well with the wireless on.",
    (7, 7, 7, 7),
    (
        Aim(
            "home_used_safely", "I forget the gas, and I know that I forget it.",
            "I want to stay in my own flat without frightening anyone",
            "feeling_safe",
            (
                "Someone has to be here all day",
                "The gas is turned off and I cannot cook",
                "I cook on the electric ring and someone looks in each day",
                "I cook on the electric ring and someone looks in three times a week",
                "I cook as I like and nobody worries",
            ),
            (
                Step("Look at the ring and the windows with me before you go", "provider", "Harbour Care", "Every evening"),
                Step("Fit the ring that turns itself off", "device", "Northbridge equipment store", "This month"),
            ),
        ),
    ),
    objects_to_sharing=True,
)  # fmt: skip

DOREEN = Character(
    "doreen", "Doreen", "Pickles", date(1951, 1, 30), "female", "9990002126", "22 Larch Close", "NB4 2LC",
    "harbour", Stage.BANK_RUN_OUT,
    "My choir on Thursdays, and not being a burden to our Janet.",
    "Write it on the whiteboard as well as saying it.",
    (3, 3, 3, 3),
    (
        Aim(
            "community_facilities", "My knees will not do the hill to the chapel.",
            "I want to sing with my choir every Thursday",
            "part_of_the_community",
            (
                "I have stopped going",
                "I go when Janet can take me, once a month or less",
                "I go every other Thursday with someone to push the chair",
                "I go every Thursday with someone to push the chair",
                "I go every Thursday and to the concerts too",
            ),
            (
                Step("Get me there by half past one and fetch me at four", "provider", "Harbour Care", "Thursdays"),
                Step("Save me a seat by the door", "community", "Larch Hill Community Choir", "Thursdays"),
            ),
            importance=9, confidence=6,
        ),
    ),
)  # fmt: skip

STANLEY = Character(
    "stanley", "Stanley", "Mistry", date(1937, 5, 14), "male", "9990002495", "9 Tanner's Yard", "NB4 3TY",
    "harbour", Stage.BEST_INTERESTS,
    "My wife's photograph where I can see it, sweet tea, and the cricket.",
    "Short sentences. Show me the cup and I will know it is tea.",
    (14, 14, 14, 14),
    (
        Aim(
            "nutrition", "I forget that I have eaten, or that I have not.",
            "I want to sit down to my dinner and enjoy it",
            "physical_and_mental",
            (
                "I eat only when I am fed",
                "I eat a few mouthfuls when someone sits with me",
                "I eat half my dinner when someone eats with me",
                "I eat all my dinner when someone eats with me",
                "I eat my dinner and ask for pudding",
            ),
            (Step("Sit down and eat with me; leave the telephone in your bag", "provider", "Harbour Care", "Every dinner time"),),
        ),
    ),
    lives_alone=False,
    council_percent=60,
)  # fmt: skip

JOAN = Character(
    "joan", "Joan", "Okonkwo", date(1948, 9, 3), "female", "9990003238", "1 Chapel Steps", "NB4 1CS",
    "harbour", Stage.BY_ATTORNEY,
    "Church, my daughters, and my hair done properly.",
    "Speak to me first and to my daughter second.",
    (10, 10, 10, 10),
    (
        Aim(
            "personal_hygiene", "I can no longer raise my arms above my shoulders.",
            "I want my hair and skin looked after the way I always did it",
            "quality_of_life",
            (
                "My hair is matted and my skin is sore",
                "My hair is combed, but not by someone who knows how",
                "My hair is done every week by someone who knows how",
                "My hair is done every week and I choose the style",
                "I go to my own hairdresser every fortnight",
            ),
            (
                Step("Oil and plait as on the card by the mirror", "provider", "Harbour Care", "Saturday mornings"),
                Step("Bring the products and check my scalp", "unpaid_carer", "Blessing Okonkwo", "Every month"),
            ),
        ),
    ),
)  # fmt: skip

FRANK = Character(
    "frank", "Frank", "Holroyd", date(1944, 12, 25), "male", None, "The Lodge, Park Road", "NB4 7PR",
    "harbour", Stage.INTERIM,
    "Getting home. My pigeons. Nobody moving my tools.",
    "Say it straight.",
    (10, 10, 10, 10),
    (),
)  # fmt: skip

VERA = Character(
    "vera", "Vera", "Nowak", date(1940, 4, 18), "female", "9990003602", "17 Foundry Row", "NB4 6FR",
    "harbour", Stage.INTERIM_OVERDUE,
    "My rosary, Polish radio, and my neighbour Halina.",
    "Polish first. English when I am not tired.",
    (7, 7, 7, 7),
    (),
    language="pl",
)  # fmt: skip

ALBERT = Character(
    "albert", "Albert", "Firth", date(1953, 6, 6), "male", "9990003971", "8 Weavers Court", "NB4 5WC",
    "harbour", Stage.PROPOSED,
    "My allotment, and the dominoes on Tuesday.",
    "Give me time. The words come slowly since the stroke.",
    (28, 28, 28, 28),
    (
        Aim(
            "appropriately_clothed", "My left hand will not do buttons.",
            "I want to dress myself, ties and all",
            "independence",
            (
                "Someone dresses me in bed",
                "Someone does all but my shirt sleeves",
                "I dress myself but for buttons and shoes",
                "I dress myself with the button hook and slip-on shoes",
                "I dress myself and knot my own tie",
            ),
            (
                Step("Hand me the hook and wait", "provider", "Harbour Care", "Every morning"),
                Step("Practise with the hand therapist's board", "person", "Albert", "After breakfast"),
            ),
        ),
    ),
)  # fmt: skip

EDNA = Character(
    "edna", "Edna", "Sutcliffe", date(1936, 2, 11), "female", "9990004714", "5 Larch Close", "NB4 2LC",
    "harbour", Stage.DRAFT,
    "My crossword, my sherry at six, my son on Wednesdays.",
    "Large print, please, and black ink.",
    (5, 5, 5, 5),
    (
        Aim(
            "habitable_home", "I cannot see the dirt, and I hate that others can.",
            "I want a clean house that I am not ashamed of",
            "day_to_day_living",
            (
                "I let nobody in",
                "I let family in and nobody else",
                "The kitchen and bathroom are clean and I let visitors in",
                "The whole downstairs is clean and I ask people round",
                "The house is as I kept it myself",
            ),
            (Step("Do the kitchen with me and tell me what you see", "provider", "Harbour Care", "Mondays and Fridays"),),
        ),
    ),
)  # fmt: skip

RONALD = Character(
    "ronald", "Ronald", "Peel", date(1949, 8, 8), "male", "9990005087", "31 Mill Street", "NB4 1MS",
    "harbour", Stage.NO_PLAN,
    "My dog Bess. If she cannot stay with me I will not talk to you.",
    "Ring first. I do not open to people I do not know.",
    (0, 0, 0, 0),
    (),
)  # fmt: skip

LARCH_HILL = (HAROLD, IRENE, DOREEN, STANLEY, JOAN, FRANK, VERA, ALBERT, EDNA, RONALD)
