"""Margaret's plan in Easy Read: the first version has her yes, the second waits for it."""

from datetime import datetime
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.documents import service
from careplan.documents.domain.easy_read import EasyRead, Picture
from careplan.plans import queries as plans

AS_AGREED = (
    (Picture.ME, "This is my plan.\nIt says what I want and who helps me."),
    (Picture.WALK, "I want to walk to the garden and back.\nI have a stick.\nI hold the rail."),
    (Picture.DRINK, "I want to make my own tea.\nI sit down to do it."),
    (Picture.BED, "I want to breathe well at night.\nA care worker checks my breathing in the morning."),
    (Picture.FOOD, "I want a hot meal every day."),
    (Picture.CARER, "Harbour Care helps me.\nThey come every day."),
    (Picture.DANGER, "What if nobody comes?\nSomebody rings me.\nThen they ring my daughter."),
)
WITH_THE_GARDEN = (Picture.GARDEN, "This is new.\nOn dry days somebody walks to the garden with me.")


def write_easy_read(plan_id: UUID, *, cast: Cast, written: datetime, read: datetime) -> None:
    """The social worker writes it, and Margaret says that it is right when they read it together."""
    easy = _write(plan_id, 1, AS_AGREED, cast=cast, now=written)
    version = plans.get_version(plan_id=plan_id, number=1, at=read)
    service.say_yes(version=version, easy_read_id=easy.id, revision=easy.revision, actor=cast["citizen"], now=read)


def offer_easy_read_of_the_garden(plan_id: UUID, *, cast: Cast, now: datetime) -> None:
    """The same with what the second version adds; Margaret has not answered."""
    _write(plan_id, 2, (*AS_AGREED, WITH_THE_GARDEN), cast=cast, now=now)


def _write(
    plan_id: UUID, number: int, parts: tuple[tuple[Picture, str], ...], *, cast: Cast, now: datetime
) -> EasyRead:
    worker, version = cast["social-worker"], plans.get_version(plan_id=plan_id, number=number, at=now)
    for revision, (picture, typed) in enumerate(parts):
        easy = service.add_part(version=version, picture=picture, typed=typed, revision=revision, actor=worker, now=now)
    service.offer(version=version, actor=worker, now=now)
    return easy
