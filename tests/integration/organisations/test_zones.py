"""Commissioners see zones with their schemes and rates; others do not."""

import pytest

from careplan.access.domain.actor import SYSTEM, Role
from careplan.access.service import open_account
from careplan.kernel.clock import utc_now
from careplan.kernel.money import Pence
from careplan.organisations import queries, service
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.organisations.domain.zone import Scheme, Share, SharesTooLarge


@pytest.fixture
def houses(session):
    def entered(kind, name):
        return service.register_organisation(kind=kind, name=name, actor=SYSTEM, now=utc_now())

    return entered(OrganisationKind.COUNCIL, "Northbridge Council"), entered(OrganisationKind.PROVIDER, "Harbour Care")


def test_a_commissioner_sees_the_rate_and_what_is_unfilled(session, houses, sign_in):
    council, harbour = houses
    service.register_zone(
        council_id=council,
        name="Larch Hill",
        scheme=Scheme.SWAPPING_80_20,
        shares=[Share(harbour, 80, Pence(2450))],
        actor=SYSTEM,
        now=utc_now(),
    )
    commissioner = open_account(issuer="demo", subject="c", name="Amara", role=Role.COMMISSIONER, now=utc_now())
    session.commit()

    shown = sign_in(commissioner).get("/commissioning").text

    assert "£24.50" in shown
    assert "20% of the work has no provider yet" in shown


def test_a_care_worker_does_not_see_zones(session, houses, sign_in):
    worker = open_account(issuer="demo", subject="w", name="Joy", role=Role.CARE_WORKER, now=utc_now())
    session.commit()

    assert sign_in(worker).get("/commissioning").status_code == 403


def test_shares_beyond_the_whole_leave_nothing_behind(session, houses):
    council, harbour = houses

    with pytest.raises(SharesTooLarge):
        service.register_zone(
            council_id=council,
            name="Larch Hill",
            scheme=Scheme.LEAD_60,
            shares=[Share(harbour, 101, Pence(2450))],
            actor=SYSTEM,
            now=utc_now(),
        )

    assert queries.list_zones() == []
