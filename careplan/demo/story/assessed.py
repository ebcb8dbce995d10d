"""What was found when the characters were assessed, beside the needs that their plans answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Support:
    """What makes taking part hard, who supports the person, and their advocate if there is one."""

    hard: tuple[str, ...] = ()
    evidence: str = ""
    supporter: str = ""
    wanted: bool = True
    advocate: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: the impairment, further outcomes out of reach, what it does to life, and what was decided."""

    impairment: str
    also: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    impact: str
    reasons: str
    kind: str = "eligible"
    prevent: str = "Exercise class at the Larch Hill centre; a free home fire safety visit."
    carer: str = ""
    if_they_stop: str = ""
    support: Support = Support()


ASSESSED: dict[str, Assessed] = {
    "main": Assessed(
        "A hip that broke last winter, and lungs that do not get enough air.",
        (("home_used_safely", "I cannot get down the back step without somebody’s arm."),),
        ("control", "health", "relationships"),
        "I do not go into the garden, I sleep badly, and nobody comes to tea any more.",
        "You broke your hip and your lungs are weak. There are six things that you cannot do on your own. "
        "That changes your life a lot. So we must help you.",
        carer="Jean Hall, her sister",
        if_they_stop="Nobody would cook on Sundays, and Margaret would see no family that day.",
    ),
    "harold": Assessed(
        "Parkinson’s, for eleven years.",
        (("personal_hygiene", "I cannot wash without two people to hold me."),),
        ("dignity", "health"),
        "He sits in wet trousers more days than not.",
        "Three outcomes are out of reach because of Parkinson’s, and your dignity suffers.",
    ),
    "objector": Assessed(
        "Early memory loss, seen by the memory clinic in spring.",
        (("nutrition", "I leave the pan on and go to look for the cat."),),
        ("protection", "accommodation"),
        "The neighbours have called the fire brigade twice.",
        "You forget the gas and your dinners because of your memory. Your home is at risk.",
    ),
    "doreen": Assessed(
        "Arthritis in both knees.",
        (("habitable_home", "I cannot kneel, and I cannot push the hoover."),),
        ("participation", "relationships"),
        "She has stopped going out and says that the week has no days in it.",
        "You cannot get out or keep your home by yourself because of your knees, and you are alone too much.",
    ),
    "stanley": Assessed(
        "Alzheimer’s disease, diagnosed three years ago.",
        (("personal_hygiene", "He does not know what the flannel is for."),),
        ("health", "dignity"),
        "He has lost two stone.",
        "Two outcomes are out of reach because of dementia, and his health suffers.",
        carer="Sunita Mistry, his wife",
        if_they_stop="He could not stay at home for a single night.",
        support=Support(
            ("understanding", "retaining"),
            "He could not say what we had talked about a minute before.",
            "Sunita Mistry, his wife",
        ),
    ),
    "joan": Assessed(
        "A stroke, and Alzheimer’s disease.",
        (("appropriately_clothed", "I cannot get my arms into sleeves."),),
        ("dignity", "participation"),
        "She no longer goes to church, because of her hair.",
        "Two outcomes are out of reach since your stroke, and you miss your church.",
        carer="Blessing Okonkwo, her daughter",
        if_they_stop="The provider would take Saturdays over.",
        support=Support(("retaining",), "She asked four times who I was.", "Blessing Okonkwo, her daughter"),
    ),
    "albert": Assessed(
        "A stroke two years ago.",
        (("community_facilities", "I cannot get to the allotment by bus."),),
        ("control", "participation"),
        "He has given up the dominoes on Tuesday.",
        "Two outcomes are out of reach since your stroke, and you have lost your Tuesdays.",
        support=Support(
            ("communicating",),
            "The words come slowly, and twice the wrong one came.",
            advocate="Dilys Price",
        ),
    ),
    "edna": Assessed(
        "Macular disease, and a memory that comes and goes.",
        (("nutrition", "I cannot read the dials, so I eat it cold."),),
        ("dignity", "accommodation"),
        "She lets nobody in.",
        "Two outcomes are out of reach because of your sight, and you shut yourself away.",
        support=Support(
            ("retaining",),
            "She asked the same thing again after each page.",
            "Colin Sutcliffe, her son",
            wanted=False,
        ),
    ),
    "amina": Assessed(
        "An essential tremor that has got worse.",
        (("nutrition", "I cannot lift a pan of rice."),),
        ("relationships", "contribution"),
        "She cannot be the grandmother that she was.",
        "Two outcomes are out of reach because your hands shake, and your family life suffers.",
        carer="Nasreen Rahman, her daughter",
        if_they_stop="There would be no tea for the children and no lunch for Amina.",
    ),
    "george": Assessed(
        "Glaucoma: he sees shapes and light.",
        (("home_used_safely", "I have fallen over the step twice this month."),),
        ("participation", "protection"),
        "He has not been out in the evening for three months.",
        "Two outcomes are out of reach since your sight went, and you are shut in.",
    ),
    "sheila": Assessed(
        "Memory and planning since an operation on the brain.",
        (("nutrition", "I start to cook and do not know where I was."),),
        ("participation", "contribution"),
        "She has not been to the shop where she had her friends.",
        "Two outcomes are out of reach since your operation, and you miss your work.",
    ),
    "trevor": Assessed(
        "A learning disability and cerebral palsy.",
        (("personal_hygiene", "I need somebody to help me wash my back and feet."),),
        ("control", "dignity"),
        "Other people decide when his day ends.",
        "Two outcomes are out of reach, and you have too little say over your own day.",
        support=Support(("weighing",), "Five choices were too many; two were right.", "Janet Bell, his sister"),
    ),
    "patricia": Assessed(
        "Depression since her husband died.",
        (),
        ("health",),
        "She has lost weight and does not sleep.",
        "One outcome is out of reach, and the law asks for two. So you are not eligible. "
        "We help all the same for now: a little help today keeps you from needing much more.",
        kind="discretionary_or_preventive",
        prevent="Lunch club on Tuesdays, and a group for people who have lost somebody.",
    ),
    "brenda": Assessed(
        "A weak bladder and bad hips.",
        (("personal_hygiene", "I cannot get into the shower."),),
        ("health", "dignity"),
        "She was in hospital for want of water.",
        "Two outcomes are out of reach because of your hips, and it has made you ill.",
    ),
    "eric": Assessed(
        "Heart failure: he is out of breath at the top of the stairs.",
        (("habitable_home", "I do the kitchen in four goes, sitting down between."),),
        ("dignity", "health"),
        "He has not had a bath since spring.",
        "Two outcomes are out of reach because of your heart, and you have lost heart too.",
    ),
    "walter": Assessed(
        "Cancer that will not be treated any more.",
        (("nutrition", "I cannot hold the cup."),),
        ("dignity", "control"),
        "He wants to die at home, and clean.",
        "Two outcomes are out of reach because you are so ill, and it is your dignity that suffers.",
    ),
    "olive": Assessed(
        "Heart failure, and fear that keeps her awake.",
        (("nutrition", "I do not cook for one, and I cannot carry the shopping."),),
        ("relationships", "health"),
        "She speaks to nobody for days.",
        "Two outcomes are out of reach because of your heart, and you are too much alone.",
    ),
    "cyril": Assessed(
        "Hands bent by arthritis.",
        (("nutrition", "I cannot open a tin or lift the pan."),),
        ("dignity", "control"),
        "He is in his pyjamas at noon and will not open the door like that.",
        "Two outcomes are out of reach because of your hands, and you lose your pride with your buttons.",
    ),
    "nora": Assessed(
        "A hip that was mended badly after a fall.",
        (("personal_hygiene", "I will not get into the bath with nobody there."),),
        ("protection", "health"),
        "She lay on the bathroom floor for a night.",
        "Two outcomes are out of reach because of your hip, and you are afraid in your own home.",
    ),
    "percy": Assessed(
        "Memory loss after years of drink; dry since 2019.",
        (("home_used_safely", "I burn things, and once the curtain."),),
        ("health", "participation"),
        "He lives on biscuits.",
        "Two outcomes are out of reach because of your memory, and it makes you thin.",
    ),
    "sybil": Assessed(
        "A tremor in both hands.",
        (("nutrition", "I spill more than I drink."),),
        ("dignity", "relationships"),
        "She does not let anybody see her with her hair like that.",
        "Two outcomes are out of reach because of your hands, and you see nobody for shame.",
    ),
    "mabel": Assessed(
        "",
        (),
        ("participation",),
        "She would like more visitors.",
        "You can do everything that the law asks about, so the council does not pay for care. "
        "Here is what is on in Meadow Bank, and our number if things change.",
        kind="not_eligible",
        prevent="Coffee mornings at St Brigid’s, and the library’s book bus.",
    ),
}
