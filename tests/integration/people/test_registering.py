"""Entering people, mending what was entered, and who sees them from then on."""

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Kind, Section
from careplan.db.scope import set_actor
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.people import queries, service
from careplan.people.domain.nhs_number import NhsNumberStatus, WrongNhsNumber
from careplan.people.domain.partnership import MemberKind
from careplan.people.service.registering import DetailsMoved, NhsNumberTaken, NotACitizen, NothingChanged
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.people import make_person, some_details, some_nhs_number


def _as(session, actor):
    """From here on the transaction has the eyes of this actor."""
    set_actor(session, account_id=actor.account_id, organisation_id=actor.organisation_id, team_id=actor.team_id)


class TestRegisterPerson:
    def test_a_social_worker_enters_a_person_with_no_more_than_their_own_eyes(self, session):
        worker = make_social_worker()
        session.commit()
        _as(session, worker)

        person_id = service.register_person(details=some_details(), actor=worker, now=utc_now())
        session.commit()

        _as(session, worker)
        assert queries.get_person(person_id=person_id).name == "Margaret Ellis"

    def test_puts_the_person_on_the_caseload_and_lets_the_team_know_them(self, session):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker)

        ties = {(r.kind, r.account_id or r.organisation_id) for r in access.list_relationships(person_id=person_id)}
        assert ties == {(Kind.CASELOAD, worker.account_id), (Kind.TEAM, worker.team_id)}
        members = queries.list_partnership(person_id=person_id, at=utc_now())
        assert [(m.kind, m.account_id) for m in members] == [(MemberKind.SOCIAL_WORKER, worker.account_id)]

    def test_a_person_without_an_nhs_number_is_entered_all_the_same(self, session):
        person_id = make_person(social_worker=make_social_worker(), nhs_number=None, birth_date=None)

        person = queries.get_person(person_id=person_id)
        assert (person.nhs_number, person.nhs_number_status) == (None, NhsNumberStatus.MISSING)
        assert person.birth_date is None

    def test_unknown_answers_stay_apart_from_no(self, session):
        worker = make_social_worker()
        asked = make_person(social_worker=worker, interpreter_needed=False)
        not_asked = make_person(social_worker=worker, interpreter_needed=None)

        answers = [queries.get_person(person_id=p).interpreter_needed for p in (asked, not_asked)]
        assert answers == [False, None]

    def test_a_wrong_nhs_number_stores_nothing(self, session):
        worker = make_social_worker()

        with pytest.raises(WrongNhsNumber, match="last digit"):
            make_person(social_worker=worker, nhs_number="943 476 5918")

        assert _count(session, "person") == _count(session, "relationship") == 0

    def test_says_everything_that_needs_mending_at_once(self, session):
        tomorrow = local_date(utc_now()) + timedelta(days=1)

        with pytest.raises(Invalid) as refused:
            make_person(
                social_worker=make_social_worker(), family_name=" ", nhs_number="12", birth_date=tomorrow, phone="x"
            )

        fields = [p.field for p in refused.value.problems]
        assert fields == ["family_name", "nhs_number", "birth_date", "phone"]

    def test_two_people_do_not_share_an_nhs_number_even_where_neither_worker_sees_the_other(self, session):
        number = some_nhs_number()
        make_person(social_worker=make_social_worker(), nhs_number=number)
        other = make_social_worker()
        session.commit()
        _as(session, other)

        with pytest.raises(NhsNumberTaken):
            service.register_person(details=some_details(nhs_number=number), actor=other, now=utc_now())

        assert access.list_related_people(account_id=other.account_id, kind=Kind.CASELOAD, at=utc_now()) == []

    def test_an_id_of_another_person_gives_nobody_their_record(self, session):
        person_id = make_person(social_worker=make_social_worker())
        intruder = make_social_worker()
        session.commit()
        _as(session, intruder)

        with pytest.raises(Exception, match="person"):
            service.register_person(details=some_details(), actor=intruder, now=utc_now(), person_id=person_id)

        session.commit()
        assert access.list_related_people(account_id=intruder.account_id, kind=Kind.CASELOAD, at=utc_now()) == []


class TestTheSecondLock:
    @pytest.mark.parametrize(
        "table",
        [
            "person", "person_address", "person_access", "contact", "representative_authority", "allergy",
            "reasonable_adjustment", "about_me", "partnership_member", "sharing_choice", "person_correction",
        ],
    )  # fmt: skip
    def test_someone_unrelated_sees_no_row_even_without_our_own_filter(self, session, table, whole_person):
        assert _count(session, table) > 0
        stranger = make_social_worker()
        session.commit()

        _as(session, stranger)

        assert _count(session, table) == 0

    def test_someone_unrelated_cannot_write_a_row_either(self, session):
        person_id = make_person(social_worker=make_social_worker())
        stranger = make_social_worker()
        session.commit()
        _as(session, stranger)

        with pytest.raises(Exception, match="row-level security"):
            session.execute(
                text(
                    "INSERT INTO person_address (id, person_id, line1, town, recorded_at, recorded_by)"
                    " VALUES (:id, :person, 'x', 'y', now(), :by)"
                ),
                {"id": new_id(), "person": person_id, "by": stranger.account_id},
            )

    @pytest.mark.parametrize("table", ["person_correction", "person_access", "about_me", "sharing_choice"])
    @pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET recorded_at = now()", "TRUNCATE {}"])
    def test_what_was_said_stays_as_it_was(self, session, whole_person, superuser_url, table, change):
        session.commit()

        with (
            psycopg.connect(superuser_url) as connection,
            pytest.raises(psycopg.Error, match="what was recorded stays"),
        ):
            connection.execute(change.format(table))


class TestCorrectPerson:
    def test_keeps_what_stood_there_before_with_the_reason(self, session):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker, given_name="Margret", nhs_number=None)

        service.correct_person(
            person_id=person_id,
            details=some_details(given_name="Margaret", nhs_number=None),
            reason="Misspelt at the door",
            based_on=None,
            actor=worker,
            now=utc_now(),
        )

        (correction,) = queries.list_corrections(person_id=person_id)
        assert correction.changes == {"given_name": ("Margret", "Margaret")}
        assert correction.reason == "Misspelt at the door"
        assert queries.get_person(person_id=person_id).given_name == "Margaret"

    def test_changing_nothing_is_refused(self, session):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker, nhs_number=None)

        with pytest.raises(NothingChanged):
            service.correct_person(
                person_id=person_id,
                details=some_details(nhs_number=None),
                reason="Nothing",
                based_on=None,
                actor=worker,
                now=utc_now(),
            )

    def test_the_second_of_two_editors_is_told_and_overwrites_nothing(self, session):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker, nhs_number=None)
        said = {"reason": "Told us", "based_on": None, "actor": worker, "now": utc_now()}
        service.correct_person(person_id=person_id, details=some_details(nhs_number=None, lives_alone=True), **said)

        with pytest.raises(DetailsMoved):
            service.correct_person(person_id=person_id, details=some_details(nhs_number=None, language="cy"), **said)

        person = queries.get_person(person_id=person_id)
        assert (person.lives_alone, person.language) == (True, None)

    def test_a_death_before_birth_is_refused(self, session):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker)

        with pytest.raises(Invalid, match="before the date of birth"):
            service.correct_person(
                person_id=person_id,
                details=some_details(died_on=date(1941, 1, 1)),
                reason="Told by the family",
                based_on=None,
                actor=worker,
                now=utc_now(),
            )


class TestLinkCitizenAccount:
    def test_opens_the_persons_own_record_to_them(self, session):
        worker = make_social_worker()
        person_id, citizen = make_person(social_worker=worker), make_account(Role.CITIZEN)

        service.link_citizen_account(person_id=person_id, account_id=citizen.account_id, actor=worker, now=utc_now())

        found = access.find_own_person(actor=citizen, section=Section.ABOUT, action=Action.WRITE, now=utc_now())
        assert found == person_id

    def test_one_account_belongs_to_one_person(self, session):
        worker = make_social_worker()
        first, second, citizen = make_person(social_worker=worker), make_person(social_worker=worker), None
        citizen = make_account(Role.CITIZEN)
        link = {"account_id": citizen.account_id, "actor": worker, "now": utc_now()}
        service.link_citizen_account(person_id=first, **link)

        with pytest.raises(NotACitizen, match="another person"):
            service.link_citizen_account(person_id=second, **link)

    def test_a_workers_account_is_no_citizens(self, session):
        worker = make_social_worker()

        with pytest.raises(NotACitizen):
            service.link_citizen_account(
                person_id=make_person(social_worker=worker),
                account_id=worker.account_id,
                actor=worker,
                now=utc_now(),
            )


class TestListPeople:
    def test_finds_by_the_beginning_of_any_name_without_accents_or_case(self, session):
        worker = make_social_worker()
        wanted = make_person(social_worker=worker, given_name="Zoë", family_name="O'Brien", preferred_name="Queenie")
        make_person(social_worker=worker, given_name="Tom", family_name="Beckett")

        for words in ("obrien", "ZOE", "quee", "obr zo"):
            assert [p.id for p in _listed(worker, words)] == [wanted], words
        assert _listed(worker, "ueenie") == []

    def test_goes_on_from_page_to_page_without_gap_or_repeat(self, session):
        worker = make_social_worker()
        ids = {make_person(social_worker=worker, given_name=g) for g in ("Ada", "Bob", "Ada", "Cyd", "Dot")}
        seen: list[UUID] = []
        after = None
        while page := _listed(worker, None, after=after, limit=2):
            seen += [p.id for p in page]
            after = queries.page_key(person=page[-1])

        assert (len(seen), set(seen)) == (5, ids)


def _listed(actor, words, *, after=None, limit=50):
    visible = access.select_visible(actor=actor, section=Section.PERSON, action=Action.READ, now=utc_now())
    return queries.list_people(visible=visible, words=words, after=after, limit=limit)


def _count(session, table):
    return session.scalar(text(f"SELECT count(*) FROM {table}"))
