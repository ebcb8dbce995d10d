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

GOODBYES = (WALTER, OLIVE)
