"""What a worker finds at the characters' doors: medicines, papers about treatment, how they move."""

from dataclasses import dataclass, field
from datetime import date, time

from careplan.kernel.minutes import Minutes
from careplan.people.domain.advance_decision import AdvanceDetails, AdvanceKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.known import Known, Topic
from careplan.people.domain.letters import LetterFormat
from careplan.people.domain.medicine import AsNeeded, MedicineDetails, Route, Support
from careplan.people.domain.moving import MovingDetails


@dataclass(frozen=True, slots=True)
class Kin:
    """Whom the worker rings."""

    name: str
    relation: Relation
    phone: str


@dataclass(frozen=True, slots=True)
class DoorStory:
    """What is written down of one character; what is answered but not written stands in `answers`."""

    medicines: tuple[MedicineDetails, ...] = ()
    papers: tuple[AdvanceDetails, ...] = ()
    moving: MovingDetails | None = None
    kin: Kin | None = None
    way_in: str | None = None
    letters: LetterFormat | None = None
    answers: dict[Topic, Known] = field(default_factory=dict)


INHALER = MedicineDetails(
    name="Salbutamol",
    form="inhaler",
    strength="100 micrograms",
    dose="2 puffs through the spacer",
    route=Route.INHALED,
    support=Support.HELPED,
    source="the pharmacy label of Larch Street Pharmacy",
    reason="short of breath or wheezing",
    as_needed=AsNeeded(Minutes(240), 4),
)
DROPS = MedicineDetails(
    name="Latanoprost",
    form="eye drops",
    strength="50 micrograms in 1 ml",
    dose="1 drop in each eye",
    route=Route.EYE,
    support=Support.GIVEN,
    source="the hospital's letter to the surgery",
    times="at bedtime, with the night visit",
    clock=(time(20),),
    technique=True,
    reason="pressure in her eyes",
)
WATER_TABLET = MedicineDetails(
    name="Furosemide",
    form="tablet",
    strength="40 mg",
    dose="1 tablet",
    route=Route.MOUTH,
    support=Support.REMINDED,
    source="the pharmacy label of Larch Street Pharmacy",
    times="8 am, with breakfast",
    clock=(time(8),),
)
PRESSURE_TABLET = MedicineDetails(
    name="Ramipril",
    form="capsule",
    strength="5 mg",
    dose="1 capsule",
    route=Route.MOUTH,
    support=Support.REMINDED,
    source="the pharmacy label of Larch Street Pharmacy",
    times="8 am",
    clock=(time(8),),
)
BLOOD_TABLET = MedicineDetails(
    name="Apixaban",
    form="tablet",
    strength="5 mg",
    dose="1 tablet",
    route=Route.MOUTH,
    support=Support.GIVEN,
    source="the discharge letter",
    times="8 am and 8 pm, twelve hours apart",
    reason="so that her blood does not clot",
    clock=(time(8), time(20)),
    on_time=True,
)
NIGHT_TABLET = MedicineDetails(
    name="Atorvastatin",
    form="tablet",
    strength="20 mg",
    dose="1 tablet",
    route=Route.MOUTH,
    support=Support.REMINDED,
    source="the pharmacy label of Larch Street Pharmacy",
    times="8 pm",
    clock=(time(20),),
)
PAIN_TABLET = MedicineDetails(
    name="Paracetamol",
    form="tablet",
    strength="500 mg",
    dose="2 tablets",
    route=Route.MOUTH,
    support=Support.REMINDED,
    source="the discharge letter",
    reason="pain in the hip",
    as_needed=AsNeeded(Minutes(360), 4),
)
NONE_OF_THESE = {Topic.MEDICINES: Known.NONE, Topic.ADVANCE_DECISIONS: Known.NONE, Topic.MOVING: Known.NONE}

DOORS = {
    "main": DoorStory(
        medicines=(INHALER, DROPS, WATER_TABLET, PRESSURE_TABLET, BLOOD_TABLET, NIGHT_TABLET),
        papers=(
            AdvanceDetails(
                AdvanceKind.RESPECT,
                "The yellow folder on the hook behind the kitchen door",
                date(2026, 2, 17),
                "Treat infections at home if possible; she does not want to be ventilated.",
                date(2026, 3, 2),
            ),
        ),
        moving=MovingDetails(
            "She stands up by herself from the high chair and walks with her frame indoors. Walk beside her on the "
            "left and let her set the pace. Do not pull her arm.",
            1,
            "frame, shower seat, long sponge",
        ),
        letters=LetterFormat.LARGE_PRINT,
    ),
    "harold": DoorStory(
        moving=MovingDetails(
            "Both of you, one on each side, and the stand aid. Count to three with him; he likes to count himself.",
            2,
            "stand aid, handling belt",
        ),
        kin=Kin("Comfort Quaye", Relation.DAUGHTER, "01632 960611"),
        papers=(AdvanceDetails(AdvanceKind.DNACPR, "In the top drawer of the hall table", date(2025, 11, 6)),),
        answers={Topic.MEDICINES: Known.NOT_ASKED, Topic.WAY_IN: Known.NONE},
    ),
    "objector": DoorStory(
        medicines=(WATER_TABLET,),
        way_in="Knock, wait, and knock again. She opens the door herself.",
        answers={Topic.ADVANCE_DECISIONS: Known.NONE, Topic.MOVING: Known.NONE, Topic.NEXT_OF_KIN: Known.NONE},
    ),
    "stanley": DoorStory(
        medicines=(PAIN_TABLET,),
        papers=(
            AdvanceDetails(
                AdvanceKind.REFUSAL, "With his solicitor, a copy at Larch Street Surgery", date(2019, 6, 4)
            ),
        ),
        kin=Kin("Meera Mistry", Relation.DAUGHTER, "01632 960615"),
        way_in="His daughter lives in and opens. Ring the bell on the left.",
        answers={Topic.MOVING: Known.NONE},
    ),
    "frank": DoorStory(
        medicines=(PAIN_TABLET,),
        kin=Kin("Denise Holroyd", Relation.SISTER, "01632 960616"),
        way_in="The park keeper has a key. Ring him from the gate.",
        answers={Topic.ADVANCE_DECISIONS: Known.NOT_ASKED},
    ),
}
USUAL = DoorStory(answers={**NONE_OF_THESE, Topic.NEXT_OF_KIN: Known.NOT_ASKED, Topic.WAY_IN: Known.NONE})
