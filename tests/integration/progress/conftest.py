"""Margaret with a plan in force, and everyone who may say how it goes."""

import pytest

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from tests.factories.organisations import make_account
from tests.factories.plans import make_representative
from tests.factories.visits import Care, make_care


@pytest.fixture
def care(session) -> Care:
    found = make_care()
    session.commit()
    return found


@pytest.fixture
def voices(care, session):
    """An account for each voice, by role."""
    carer = make_account(Role.UNPAID_CARER, name="Ann Hall")
    for account, kind in ((carer, Kind.CARER), (care.joy, Kind.ROUND)):
        access.relate(
            person_id=care.person_id, kind=kind, since=utc_now(), account_id=account.account_id, source_type="test",
            source_id=new_id(),
        )  # fmt: skip
    around = care.around
    found = {
        "person": around.citizen, "representative": make_representative(around), "unpaid_carer": carer,
        "worker": care.joy, "professional": around.social_worker,
    }  # fmt: skip
    session.commit()
    return found
