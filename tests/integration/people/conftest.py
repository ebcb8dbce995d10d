"""A person about whom everything is known that can be."""

from datetime import date
from uuid import UUID

import pytest

from careplan.kernel.clock import utc_now
from careplan.people import service
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.sharing import SharingDecision
from tests.factories.organisations import make_social_worker
from tests.factories.people import make_contact, make_person, some_details


@pytest.fixture
def whole_person(session) -> UUID:
    """Every table of the slice holds a row of this person."""
    worker = make_social_worker()
    person_id = make_person(social_worker=worker, nhs_number=None)
    by = {"person_id": person_id, "actor": worker, "now": utc_now()}
    service.correct_person(
        details=some_details(nhs_number=None, lives_alone=True), reason="Told us", based_on=None, **by
    )
    service.add_address(line1="14 Larch Close", town="Northbridge", postcode="nb42qt", **by)
    service.record_way_in(words="Key safe left of the door", key_safe_code="4711", **by)
    contact_id = make_contact(person_id=person_id, actor=worker)
    service.record_authority(
        contact_id=contact_id, kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY, starts_on=date(2020, 1, 1), **by
    )
    service.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", **by)
    service.record_adjustment(words="Speak slowly, and on the left side", **by)
    service.write_about_me(sections=AboutSections(most_important="My garden"), based_on=None, **by)
    service.choose_sharing(decision=SharingDecision.SHARES, **by)
    return person_id
