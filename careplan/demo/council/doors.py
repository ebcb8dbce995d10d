"""Writing down what a worker needs at each character's door."""

from datetime import datetime, timedelta
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.demo.council.plans import coordinator_of
from careplan.demo.council.residents import social_worker_of
from careplan.demo.story.characters import Character, Stage
from careplan.demo.story.doors import DOORS, USUAL
from careplan.kernel.clock import local_date
from careplan.people.domain.known import Known
from careplan.people.queries import get_door
from careplan.people.service.advance_decisions import record_advance_decision
from careplan.people.service.asking import record_answers, record_moving
from careplan.people.service.circle import add_contact
from careplan.people.service.home import record_way_in
from careplan.people.service.medicines import check_medicine, record_medicine

UNASKED = (Stage.NO_PLAN, Stage.DRAFT)


def write_door(character: Character, person_id: UUID, *, cast: Cast, now: datetime) -> None:
    """What is known at this door; of whoever has no plan yet nobody has said anything."""
    if character.stage in UNASKED:
        return
    story, worker = DOORS.get(character.key, USUAL), social_worker_of(character, cast)
    checker = coordinator_of(character, cast)
    for details in story.medicines:
        copied = record_medicine(person_id=person_id, details=details, actor=worker, now=now)
        if details.as_needed is None:
            check_medicine(person_id=person_id, medicine_id=copied, actor=checker, now=now + timedelta(hours=3))
    for paper in story.papers:
        record_advance_decision(person_id=person_id, details=paper, actor=worker, now=now)
    if story.moving is not None:
        record_moving(person_id=person_id, details=story.moving, actor=worker, now=now)
    if story.kin is not None:
        kin = story.kin
        add_contact(
            person_id=person_id, name=kin.name, relation=kin.relation, phone=kin.phone, is_next_of_kin=True,
            is_emergency=True, actor=worker, now=now,
        )  # fmt: skip
    if story.way_in is not None:
        record_way_in(person_id=person_id, words=story.way_in, actor=worker, now=now)
    known = get_door(person_id=person_id, on=local_date(now)).known
    answers = {t: a for t, a in story.answers.items() if known[t].known is not Known.KNOWN}
    if answers:
        record_answers(person_id=person_id, answers=answers, actor=worker, now=now)
