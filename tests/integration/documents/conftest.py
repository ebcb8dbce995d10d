"""A person with a plan in force, those around her, and a PDF opened."""

import io

import pikepdf
import pytest

from careplan.kernel.clock import utc_now
from careplan.people import service as people
from careplan.people.domain.about_me import AboutSections
from careplan.plans.domain.plan import PlanVersion
from tests.factories.plans import Around, make_agreed, make_around


@pytest.fixture
def around(session) -> Around:
    made = make_around()
    said = AboutSections(most_important="My garden, and my sister Jean.")
    people.write_about_me(
        person_id=made.person_id, sections=said, based_on=None, actor=made.social_worker, now=utc_now()
    )
    return made


@pytest.fixture
def in_force(around, session) -> PlanVersion:
    version = make_agreed(around)
    session.commit()
    return version


def opened(answer) -> pikepdf.Pdf:
    assert answer.status_code == 200, answer.text[:300]
    assert answer.content_type == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.data))
