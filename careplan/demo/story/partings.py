"""People whose care has ended, or goes from one provider to another."""

from datetime import date

from careplan.demo.story.characters import Aim, Character, Stage, Step

WALTER = Character(
    "walter", "Walter", "Haigh", date(1931, 10, 5), "male", "9990085005", "2 Larch Close", "NB4 2LC",
    "harbour", Stage.IN_FORCE,
    "My medals, my wireless, and dying in this house and no other.",
    "Sit down beside me. I cannot look up.",
    (14, 14, 14, 14),
    (
        Aim(
            "personal_hygiene", "I am too tired to wash, and I was always a clean man.",
            "I want to be clean and shaved by breakfast",
            "quality_of_life",
            (
                "I am washed once a week",
                "I am washed in bed every other day",
                "I am washed and shaved in bed every day",
                "I am washed and shaved at the basin every day",
                "I wash and shave myself",
            ),
            (Step("Shave me with the brush, not the machine", "provider", "Harbour Care", "Every morning"),),
            maintain=True,
        ),
    ),
)  # fmt: skip

OLIVE = Character(
    "olive", "Olive", "Pemberton", date(1938, 6, 24), "female", "9990085374", "15 Weavers Court", "NB4 5WC",
    "harbour", Stage.IN_FORCE,
    "Company. Anybody's. I talked to the clock for a year.",
    "Let me finish the story.",
    (10, 10, 10, 10),
    (
        Aim(
            "relationships", "Nobody passes my window, and I am afraid at night.",
            "I want somebody to talk to every day",
            "part_of_the_community",
            (
                "I speak to nobody for days",
                "I speak to the care worker, and she is in a hurry",
                "Somebody sits down with me every day",
                "Somebody sits down with me, and a neighbour comes as well",
                "I have more visitors than chairs",
            ),
            (Step("Ten minutes with the kettle on before anything else", "provider", "Harbour Care", "Each visit"),),
        ),
    ),
)  # fmt: skip

CYRIL = Character(
    "cyril", "Cyril", "Ormerod", date(1946, 1, 17), "male", "9990085749", "7 Mill Street", "NB4 1MS",
    "willow", Stage.IN_FORCE,
    "My pipe, which I do not light, and the racing results.",
    "Good ear on the left.",
    (7, 7, 7, 7),
    (
        Aim(
            "appropriately_clothed", "Buttons. My fingers will not do buttons.",
            "I want to be dressed and out of my pyjamas by ten",
            "day_to_day_living",
            (
                "I stay in my pyjamas all day",
                "Somebody dresses me, in whatever they find",
                "I choose, and somebody does the buttons by ten",
                "I do all but the top button",
                "I dress myself",
            ),
            (Step("Lay out two shirts and let me choose", "provider", "Willow Home Help", "Every morning"),),
        ),
    ),
)  # fmt: skip

NORA = Character(
    "nora", "Nora", "Whitehead", date(1940, 8, 29), "female", "9990086117", "11 Foundry Row", "NB4 6FR",
    "willow", Stage.IN_FORCE,
    "The same face at the door. I have had eleven this year; I counted.",
    "Tell me your name twice.",
    (8, 8, 8, 8),
    (
        Aim(
            "home_used_safely", "I fell in the bath and lay there until the milk came.",
            "I want to bath without being frightened",
            "feeling_safe",
            (
                "I do not wash below the neck",
                "I wash at the sink on my own",
                "I bath once a week with the same person there",
                "I bath twice a week with the same person there",
                "I bath on my own with the alarm on",
            ),
            (Step("Stay in the room and talk to me", "provider", "Willow Home Help", "Sundays"),),
        ),
    ),
)  # fmt: skip

PERCY = Character(
    "percy", "Percy", "Dunkley", date(1952, 3, 11), "male", "9990086486", "Flat 3, 40 Mill Street", "NB4 1MS",
    "willow", Stage.IN_FORCE,
    "My cornet. I cannot blow it, but I clean it.",
    "No hurry. I have none.",
    (6, 6, 6, 6),
    (
        Aim(
            "nutrition", "I burn things.",
            "I want a hot dinner that I have stirred myself",
            "independence",
            (
                "I eat biscuits",
                "Somebody brings my dinner",
                "I stir while somebody watches",
                "I cook while somebody is in the house",
                "I cook on my own",
            ),
            (Step("Stand by and keep your hands in your pockets", "provider", "Willow Home Help", "At noon"),),
        ),
    ),
)  # fmt: skip

SYBIL = Character(
    "sybil", "Sybil", "Crane", date(1935, 12, 19), "female", "9990086850", "4 Weavers Court", "NB4 5WC",
    "willow", Stage.IN_FORCE,
    "My letters. I write one every day.",
    "Large print, and time to read it.",
    (5, 5, 5, 5),
    (
        Aim(
            "personal_hygiene", "My hands shake and I cut myself.",
            "I want clean hair on Sundays",
            "quality_of_life",
            (
                "My hair is not washed",
                "My hair is washed once a month",
                "My hair is washed every week",
                "My hair is washed and set every week",
                "I go to the hairdresser",
            ),
            (Step("Wash it on Saturday and set it on Sunday", "provider", "Willow Home Help", "Weekends"),),
        ),
    ),
)  # fmt: skip

GOODBYES = (WALTER, OLIVE)
# Whose provider gives up: one has moved already, the others stand in one list.
WILLOWS = (CYRIL, NORA, PERCY, SYBIL)
