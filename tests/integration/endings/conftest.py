"""A person in the middle of care: visits behind and ahead, an activity handed over, a trust that reads along."""

from datetime import datetime, timedelta

import pytest

from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.visits.domain.visit import Visit
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_organisation
from tests.factories.visits import make_visit
from tests.integration.visits.conftest import care, commit, earlier, noon, now, send

__all__ = ["care", "commit", "earlier", "noon", "now", "send"]
DAY = timedelta(days=1)


@pytest.fixture
def trust(session, care, now) -> Organisation:
    found = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
    people.open_sharing(
        person_id=care.person_id, organisation_id=found.id, actor=care.around.social_worker, now=now - DAY
    )
    return found


@pytest.fixture
def nurse(session, care, now):
    found = make_nurse()
    people.join_partnership(
        person_id=care.person_id, kind=MemberKind.NURSE, account_id=found.account_id, actor=care.around.social_worker,
        now=now - 3 * DAY,
    )  # fmt: skip
    return found


@pytest.fixture
def delegation(session, care, nurse, now):
    return make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse, worker=care.joy,
        coordinator=care.around.coordinator, now=now - 2 * DAY,
    )  # fmt: skip


@pytest.fixture
def ahead(session, care, now: datetime) -> list[Visit]:
    """Three visits still to come, tomorrow and the days after."""
    start = now.replace(minute=0, second=0, microsecond=0)
    return [make_visit(care, start=start + k * DAY, now=now - DAY) for k in (1, 2, 3)]


@pytest.fixture
def whole(session, care, trust, nurse, delegation, ahead, commit):
    """All of it, for others to see."""
    commit()
    return care
