"""Easy Read for tests."""

from datetime import datetime

from careplan.documents import queries, service
from careplan.documents.domain.easy_read import EasyRead, Picture
from careplan.kernel.clock import utc_now
from careplan.plans.domain.plan import PlanVersion
from tests.factories.plans import Around

PARTS = (
    (Picture.GARDEN, "I want to walk to the garden.\nI hold the rail."),
    (Picture.CARER, "Harbour Care helps me.\nThey come on dry days."),
)


def make_written(version: PlanVersion, around: Around, *, now: datetime | None = None) -> EasyRead:
    """An Easy Read of two parts that nobody has been shown."""
    for revision, (picture, typed) in enumerate(PARTS):
        easy = service.add_part(
            version=version, picture=picture, typed=typed, revision=revision, actor=around.social_worker,
            now=now or utc_now(),
        )  # fmt: skip
    return easy


def make_offered(version: PlanVersion, around: Around, *, now: datetime | None = None) -> EasyRead:
    """One that waits for the person's yes."""
    easy = make_written(version, around, now=now)
    service.offer(version=version, actor=around.social_worker, now=now or utc_now())
    return easy


def make_easy_read(version: PlanVersion, around: Around, *, now: datetime | None = None) -> EasyRead:
    """One to which the person said yes."""
    easy = make_offered(version, around, now=now)
    service.say_yes(
        version=version, easy_read_id=easy.id, revision=easy.revision, actor=around.citizen, now=now or utc_now()
    )
    found = queries.find_approved(version_id=version.id)
    assert found is not None
    return found
