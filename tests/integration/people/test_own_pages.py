"""What the person writes and chooses on their own pages."""

from datetime import date

import pytest

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import utc_now
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.authority import AuthorityKind
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_contact, make_person
from tests.pages import submit


@pytest.fixture
def worker(session):
    return make_social_worker()


@pytest.fixture
def person_id(session, worker):
    return make_person(social_worker=worker)


@pytest.fixture
def citizen(session, worker, person_id, sign_in):
    account = make_account(Role.CITIZEN)
    service.link_citizen_account(person_id=person_id, account_id=account.account_id, actor=worker, now=utc_now())
    session.commit()
    return sign_in(account)


class TestAboutMe:
    def test_is_written_and_read_by_the_person(self, citizen):
        answer = submit(citizen, "/me/about/edit", {"most_important": "My garden\nJean on Sundays", "based_on": ""})

        assert answer.status_code == 303
        shown = citizen.get(answer.location).text
        assert "My garden</p>" in shown
        assert "Jean on Sundays</p>" in shown

    def test_keeps_earlier_versions(self, session, citizen, person_id):
        submit(citizen, "/me/about/edit", {"wellness": "A bad day is a wheezy one", "based_on": ""})
        first = _seen(session, lambda: queries.find_about(person_id=person_id))
        submit(citizen, "/me/about/edit", {"wellness": "Better since spring", "based_on": str(first.id)})

        latest = _seen(session, lambda: queries.find_about(person_id=person_id))
        as_it_was = _seen(session, lambda: queries.find_about(person_id=person_id, at=first.written_at))
        assert (latest.sections.wellness, as_it_was.id) == ("Better since spring", first.id)

    def test_the_second_of_two_writers_sees_both_texts_and_can_save_then(self, session, citizen, person_id):
        submit(citizen, "/me/about/edit", {"please_do": "Knock twice", "based_on": ""})

        answer = submit(citizen, "/me/about/edit", {"please_do": "Ring the bell", "based_on": ""})

        assert answer.status_code == 422
        assert "Knock twice" in answer.text
        assert "Ring the bell" in answer.text
        latest = _seen(session, lambda: queries.find_about(person_id=person_id))
        assert latest.sections.please_do == "Knock twice"
        again = submit(citizen, "/me/about/edit", {"please_do": "Ring the bell", "based_on": str(latest.id)})
        assert again.status_code == 303

    def test_text_too_long_to_be_read_is_kept_on_the_page_and_not_saved(self, session, citizen, person_id):
        answer = submit(citizen, "/me/about/edit", {"please_do": "x" * 5001, "based_on": ""})

        assert answer.status_code == 422
        assert "Keep this to 5000 characters" in answer.text
        assert "x" * 5001 in answer.text
        assert _seen(session, lambda: queries.find_about(person_id=person_id)) is None

    def test_a_representative_reads_and_does_not_write_it(self, session, sign_in, worker, person_id):
        attorney = _attorney(worker, person_id)
        session.commit()
        browser = sign_in(attorney)

        assert browser.get("/me/about").status_code == 200
        assert browser.get("/me/about/edit").status_code == 404

    def test_somebody_with_no_record_of_their_own_finds_nothing(self, session, sign_in):
        stranger = make_account(Role.CITIZEN)
        session.commit()

        assert sign_in(stranger).get("/me/about").status_code == 404


class TestSharing:
    def test_an_objection_ends_every_trusts_access_at_once_and_sharing_again_gives_it_back(
        self, session, worker, person_id, citizen
    ):
        trusts = [make_organisation(kind=OrganisationKind.NHS_TRUST) for _ in range(2)]
        for trust in trusts:
            service.open_sharing(person_id=person_id, organisation_id=trust.id, actor=worker, now=utc_now())
        session.commit()
        assert _open_to(session, person_id) == {t.id for t in trusts}

        submit(citizen, "/me/sharing", {"words": "It is nobody's business"}, to="/me/sharing/object")
        assert _open_to(session, person_id) == set()
        assert "It is nobody" in citizen.get("/me/sharing").text

        submit(citizen, "/me/sharing", to="/me/sharing/share")
        assert _open_to(session, person_id) == {t.id for t in trusts}

    def test_objecting_twice_changes_nothing(self, session, person_id, citizen):
        for _ in range(2):
            assert submit(citizen, "/me/sharing", to="/me/sharing/object").status_code in (303, 200)

        choice = _seen(session, lambda: queries.find_sharing_choice(person_id=person_id))
        assert choice.decision == "objects"

    def test_only_the_person_chooses(self, session, sign_in, worker, person_id):
        attorney = _attorney(worker, person_id)
        session.commit()
        browser = sign_in(attorney)

        shown = browser.get("/me/sharing")

        assert shown.status_code == 200
        assert "Stop sharing" not in shown.text
        assert submit(browser, "/help", to="/me/sharing/object").status_code == 404


def _attorney(worker, person_id):
    account = make_account(Role.REPRESENTATIVE)
    service.record_authority(
        person_id=person_id,
        contact_id=make_contact(person_id=person_id, actor=worker, account=account),
        kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY,
        starts_on=date(2020, 1, 1),
        registration_seen_on=date(2024, 1, 1),
        actor=worker,
        now=utc_now(),
    )
    return account


def _open_to(session, person_id):
    now = utc_now()
    return {
        r.organisation_id
        for r in _seen(session, lambda: access.list_relationships(person_id=person_id))
        if r.kind is Kind.SHARING and r.since <= now and (r.until is None or r.until > now)
    }


def _seen(session, read):
    session.rollback()
    session.expire_all()
    return read()
