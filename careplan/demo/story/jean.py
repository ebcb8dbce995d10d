"""Jean Hall, who looks after her sister Margaret: what she says of it, what was found, and her own plan."""

from careplan.assessments.domain.outcome import Meaning
from careplan.carers.domain.carer import Details
from careplan.carers.domain.outcome import CarerOutcome
from careplan.carers.domain.plan import Aim, Break

DETAILS = Details(
    name="Jean Hall",
    relation="sister",
    phone="01632 960602",
    email="jean.hall@example.org",
    address="9 Mill Row\nNorthbridge",
    communicate="Ring after six. She does not hear the phone over the wireless.",
)
WHAT = (
    "I cook for Margaret on Sundays, see to her post and her bills, and ring her every night at eight. "
    "When her chest is bad I stay over."
)
HOW_IT_IS = (
    "I lie awake listening for the phone. I have given up the choir, and my doctor says that my own heart does not "
    "like the stairs at hers."
)
WILLING = "Sundays, the post, and ringing at night. I want to go on with those."
NOT_WILLING = "Staying over in winter, and helping her on the stairs. I cannot do that any more."
OWN_WORDS = "I want one evening that is mine, and to sleep through the night."
NECESSARY = "Margaret cannot cook a meal or keep up her bills. On bad nights she is not safe alone."
HEALTH = "She has angina, and has twice been short of breath on Margaret’s stairs. She sleeps badly."
UNABLE: dict[CarerOutcome, tuple[tuple[Meaning, ...], str]] = {
    CarerOutcome.LEISURE: (
        (Meaning.WITHOUT_ASSISTANCE,),
        "She has left the choir, for nobody else answers when Margaret rings.",
    ),
    CarerOutcome.RELATIONSHIPS: (
        (Meaning.PAIN_OR_DISTRESS,),
        "She has not been to see her grandchildren since summer, and worries when she is away.",
    ),
}
IMPACT = "She is tired, her heart is at risk, and her days have become small."
REASONS = (
    "You look after Margaret, and she needs what you do. It is making your heart worse, and you have no time of your "
    "own. That changes your life a lot. So we must help you."
)
AIMS = (
    Aim(
        "I want to sing in the choir again on Thursdays.",
        "Somebody sits with Margaret from six to nine and answers the phone.",
        "Larch Hill Sitting Service",
    ),
    Aim(
        "I want to sleep through the night.",
        "Margaret’s pendant rings the council’s line at night, and no longer Jean.",
        "Northbridge Lifeline",
    ),
)
BREAKS = (
    Break(
        "A week with the grandchildren in Whitby",
        "Twice a year, in spring and in autumn",
        "Harbour Care comes on the Sunday too, and Helen rings at night",
    ),
)
IF_SHE_STOPS = (
    "Harbour Care cooks on Sundays from the hours kept aside, Helen takes over the bills, and the plan is looked at "
    "again within a week."
)
CALL = "Northbridge duty team, 01632 960700, day and night"
