"""The people of Meadow Bank, the second of the demo's two zones: Meadow Home Support's part of the town."""

from datetime import date

from careplan.demo.story.characters import Aim, Character, Stage, Step

AMINA = Character(
    "amina", "Amina", "Rahman", date(1958, 10, 12), "female", "9990005451", "12 Meadow View", "NB7 1MV",
    "meadow", Stage.IN_FORCE,
    "Praying on time, my grandchildren after school, and my own kitchen.",
    "Shoes off, please. A woman for washing, always.",
    (12, 12, 12, 12),
    (
        Aim(
            "caring_for_a_child", "My hands shake, so my daughter has stopped leaving the little ones with me.",
            "I want to give my grandchildren their tea after school",
            "quality_of_life",
            (
                "I see them at weekends when their mother is here",
                "They come one day a week with their mother",
                "They come two days a week and someone helps me with the tea",
                "They come three days a week and I make the tea with someone near",
                "They come every day and I manage",
            ),
            (
                Step("Lift the pans and cut the fruit; leave the rest to me", "provider", "Meadow Home Support", "Tuesdays and Thursdays"),
                Step("Bring the children at half past three", "unpaid_carer", "Nasreen Rahman", "Tuesdays and Thursdays"),
            ),
            importance=10, confidence=6,
        ),
    ),
    language="bn",
    lives_alone=False,
)  # fmt: skip

GEORGE = Character(
    "george", "George", "Whitaker", date(1943, 3, 3), "male", "9990005826", "2 Canal Cottages", "NB7 4CC",
    "meadow", Stage.NOT_AGREED,
    "The canal, a pint on Friday, and not being talked over.",
    "I lip-read. Stand where the light is on you.",
    (9, 5, 9, 5),
    (
        Aim(
            "community_facilities", "I cannot manage the towpath by myself since my sight went.",
            "I want my Friday pint at the Navigation",
            "part_of_the_community",
            (
                "I have not been for three months",
                "I go when my nephew is over, a few times a year",
                "I go every other Friday with someone beside me",
                "I go every Friday with someone beside me",
                "I go every Friday and get home by myself in the taxi",
            ),
            (
                Step("Walk down with me and go away until nine", "provider", "Meadow Home Support", "Fridays at half past six"),
                Step("See that I get a chair by the fire", "community", "The Navigation", "Fridays"),
            ),
        ),
    ),
)  # fmt: skip

SHEILA = Character(
    "sheila", "Sheila", "Marsden", date(1955, 5, 27), "female", "9990006199", "46 Meadow View", "NB7 1MV",
    "meadow", Stage.STARTS_NEXT_WEEK,
    "Going back to the charity shop, even for an hour.",
    "Text me. I cannot stand the telephone ringing.",
    (6, 6, 4, 4),
    (
        Aim(
            "work_and_education", "I get muddled with the till since the operation.",
            "I want to do my Wednesday at the charity shop again",
            "independence",
            (
                "I have not been out since the operation",
                "I go in to say hello when someone takes me",
                "I do an hour of sorting with someone beside me",
                "I do a whole morning of sorting on my own",
                "I do my Wednesday and the till",
            ),
            (
                Step("Travel in with me and come back at eleven", "provider", "Meadow Home Support", "Wednesdays"),
                Step("Keep me on the sorting until I say so", "community", "Northbridge Hospice Shop", "Wednesdays"),
            ),
        ),
    ),
)  # fmt: skip

TREVOR = Character(
    "trevor", "Trevor", "Bell", date(1961, 1, 19), "male", "9990006563", "Flat 9, Navigation House", "NB7 4NH",
    "meadow", Stage.PROVIDER_AGREED,
    "My records, my sister, and choosing when I go to bed.",
    "Ask me, not my sister. Give me two choices, not five.",
    (14, 14, 14, 14),
    (
        Aim(
            "home_used_safely", "Staff used to put me to bed at eight because it suited them.",
            "I want to go to bed when I am tired, not when the rota says",
            "control",
            (
                "I am in bed by eight every night",
                "I stay up late on Saturdays only",
                "I choose my bedtime four nights a week",
                "I choose my bedtime every night",
                "I go to bed by myself and nobody needs to come",
            ),
            (Step("Come at half past ten, and ring if I text you not to", "provider", "Meadow Home Support", "Every evening"),),
        ),
    ),
)  # fmt: skip

PATRICIA = Character(
    "patricia", "Patricia", "O'Connor", date(1947, 11, 30), "female", "9990006938", "Rose Cottage, Bank Lane", "NB7 2BL",
    "meadow", Stage.IN_FORCE,
    "My roses. Mass on Sunday. Michael, God rest him.",
    "I cry easily. It does not mean that you should stop.",
    (4, 4, 4, 4),
    (
        Aim(
            "nutrition", "I have had no appetite since Michael died.",
            "I want to cook Sunday dinner for somebody again",
            "physical_and_mental",
            (
                "I skip most meals",
                "I eat if somebody brings it",
                "I cook something small three times a week",
                "I cook for myself every day",
                "I cook Sunday dinner for a guest",
            ),
            (
                Step("Shop with me and carry the bags", "provider", "Meadow Home Support", "Fridays"),
                Step("Lunch club, until I am ready to cook", "community", "St Brigid's lunch club", "Tuesdays"),
            ),
        ),
    ),
)  # fmt: skip

LEONARD = Character(
    "leonard", "Leonard", "Chow", date(1941, 7, 7), "male", "9990007306", "77 Bank Lane", "NB7 2BL",
    "meadow", Stage.INTERIM,
    "My wife is in the same hospital. I want to ring her every day.",
    "Cantonese. My son will interpret until you find someone.",
    (14, 14, 14, 14),
    (),
    language="yue",
)  # fmt: skip

BRENDA = Character(
    "brenda", "Brenda", "Sykes", date(1950, 2, 2), "female", "9990007675", "6 Lock Street", "NB7 4LS",
    "meadow", Stage.PROPOSED,
    "Bingo, my sister Pauline, and a decent cup of tea.",
    "Shout if you must, but smile while you do.",
    (7, 7, 7, 7),
    (
        Aim(
            "toilet_needs", "I stopped drinking so that I would not need to go.",
            "I want to drink what I like and get to the toilet",
            "physical_and_mental",
            (
                "I have been in hospital for want of water",
                "I drink two cups a day",
                "I drink five cups a day and get there with help",
                "I drink what I like and get there with help",
                "I drink what I like and get there by myself",
            ),
            (Step("Put the beaker where I can reach it and ask before you leave", "provider", "Meadow Home Support", "Each visit"),),
        ),
    ),
)  # fmt: skip

ERIC = Character(
    "eric", "Eric", "Dunn", date(1945, 9, 15), "male", "9990008043", "19 Lock Street", "NB7 4LS",
    "meadow", Stage.DRAFT,
    "My model railway. Peace and quiet in the mornings.",
    "Not before ten. I mean it.",
    (6, 6, 6, 6),
    (
        Aim(
            "personal_hygiene", "I cannot get in or out of the bath.",
            "I want a proper bath once a week",
            "quality_of_life",
            (
                "I have not bathed since spring",
                "I wash at the sink with help",
                "I have a bath once a month with the lift",
                "I have a bath once a week with the lift",
                "I have a bath whenever I like",
            ),
            (
                Step("Run it hot, work the lift, and wait in the hall", "provider", "Meadow Home Support", "Saturdays at eleven"),
                Step("Fit and check the bath lift", "device", "Northbridge equipment store", "Within two weeks"),
            ),
        ),
    ),
)  # fmt: skip

MABEL = Character(
    "mabel", "Mabel", "Kershaw", date(1932, 12, 1), "female", "9990008418", "Bank House, Bank Lane", "NB7 2BL",
    "meadow", Stage.NO_PLAN,
    "I am past ninety and I have opinions.",
    "Speak up, and do not call me dear.",
    (0, 0, 0, 0),
    (),
)  # fmt: skip

MEADOW_BANK = (AMINA, GEORGE, SHEILA, TREVOR, PATRICIA, LEONARD, BRENDA, ERIC, MABEL)
