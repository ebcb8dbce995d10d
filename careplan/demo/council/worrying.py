"""Two worries: one that the safeguarding lead has taken up and decided, and one that came in just now."""

from datetime import datetime, timedelta
from uuid import UUID

from careplan.concerns.domain.concern import Alleged, AllegedKind, ConcernCategory
from careplan.concerns.domain.step import Enquiry
from careplan.concerns.service import acknowledge_concern, add_note, decide_enquiry, plan_action, raise_concern
from careplan.demo.council.cast import Cast
from careplan.demo.story.neighbours import LARCH_HILL
from careplan.kernel.clock import local_date
from careplan.people.queries import find_person_by_nhs_number

AN_HOUR = timedelta(hours=1)


def worry(*, cast: Cast, long_ago: datetime, now: datetime) -> None:
    """What a care worker saw at Doreen's some days ago, and what another saw at Stanley's this hour."""
    _taken_up(_person("doreen"), cast, long_ago)
    raise_concern(
        person_id=_person("stanley"),
        category=ConcernCategory.SELF_NEGLECT,
        words="No food in the house but bread, and he has slept in his chair again with the door open.",
        immediate_danger=False,
        persons_wishes="He says that he is fine and wants no fuss.",
        alleged=Alleged(AllegedKind.UNKNOWN),
        actor=cast["care-worker"],
        now=now - timedelta(minutes=20),
    )


def _taken_up(person_id: UUID, cast: Cast, at: datetime) -> None:
    lead = cast["safeguarding-lead"]
    concern_id = raise_concern(
        person_id=person_id,
        category=ConcernCategory.FINANCIAL,
        words="Her purse was empty again, the day after her pension. She said that a man came about the roof.",
        immediate_danger=False,
        persons_wishes="She wants him to stay away. She does not want the police at the door.",
        told=("Sam Okafor",),
        alleged=Alleged(AllegedKind.UNKNOWN),
        actor=cast["ade"],
        now=at,
    )
    acknowledge_concern(concern_id=concern_id, actor=lead, now=at + AN_HOUR)
    add_note(
        concern_id=concern_id, words="Rang her with Ade beside her. She is calm, and the door is locked.",
        actor=lead, now=at + 2 * AN_HOUR,
    )  # fmt: skip
    decide_enquiry(
        concern_id=concern_id,
        enquiry=Enquiry.YES,
        reasons="She has care needs, somebody takes her money, and she cannot keep him away by herself.",
        actor=lead,
        now=at + 3 * AN_HOUR,
    )
    plan_action(
        concern_id=concern_id,
        words="Visit her with a trading standards officer, and talk about a call blocker.",
        who="Priya Nair",
        due_on=local_date(at) + timedelta(days=14),
        actor=lead,
        now=at + 3 * AN_HOUR,
    )


def _person(key: str) -> UUID:
    character = next(c for c in LARCH_HILL if c.key == key)
    found = find_person_by_nhs_number(nhs_number=character.nhs_number or "")
    assert found is not None  # noqa: S101  it narrows the type: the neighbours were entered before
    return found.id
