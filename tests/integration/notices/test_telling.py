"""Who is told, who is not, and who may still know of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.db.scope import set_actor
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import NotFound
from careplan.notices import queries, service
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import service as people
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.partnership import MemberKind
from tests.factories.delegation import make_nurse
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.people import make_contact
from tests.factories.plans import Around, make_around, make_representative


@pytest.fixture
def around(session) -> Around:
    around = make_around()
    _join(around, MemberKind.PROVIDER, organisation_id=around.provider.id)
    return around


def tell(around, *audience, kind=NoticeKind.COMMENT, actor=None, accounts=()):
    return service.tell(
        person_id=around.person_id,
        audience=audience,
        words="Somebody wrote about the plan.",
        address="/plans/1",
        actor=actor or around.social_worker,
        now=utc_now(),
        kind=kind,
        accounts=accounts,
    )


def unread(actor, *, at=None):
    return queries.count_unread(actor=actor, now=at or utc_now())


class TestTell:
    def test_reaches_everyone_who_stands_for_an_audience(self, around):
        nurse, second = make_nurse(), make_account(Role.PROVIDER_COORDINATOR, organisation=around.provider)
        _join(around, MemberKind.NURSE, account_id=nurse.account_id)
        manager = access.open_account(
            issuer="test", subject="ruth", name="Ruth Adeyemi", role=Role.TEAM_MANAGER, now=utc_now(),
            team_id=around.social_worker.team_id,
        )  # fmt: skip
        carer = make_account(Role.UNPAID_CARER)
        contact_id = make_contact(person_id=around.person_id, actor=around.social_worker, account=carer, name="Ann")
        people.add_unpaid_carer(
            person_id=around.person_id, contact_id=contact_id, starts_on=local_date(utc_now()),
            agreed_words="Ann may see.", actor=around.social_worker, now=utc_now(),
        )  # fmt: skip

        told = tell(around, *Audience, actor=make_social_worker())

        everyone = (around.social_worker, around.coordinator, second, around.citizen, nurse, manager, carer)
        assert [unread(a) for a in everyone] == [1] * 7
        assert told == 7

    def test_never_reaches_the_actor(self, around):
        tell(around, Audience.COUNCIL, Audience.PERSON, actor=around.citizen)

        assert (unread(around.citizen), unread(around.social_worker)) == (0, 1)

    def test_tells_nobody_twice(self, around):
        tell(around, Audience.PROVIDER, accounts=[around.coordinator.account_id])

        assert unread(around.coordinator) == 1

    def test_tells_a_representative_whose_authority_reaches_care(self, around):
        jean = make_representative(around)

        tell(around, Audience.PERSON)

        assert unread(jean) == 1

    def test_does_not_tell_an_attorney_for_money(self, around):
        jean = make_representative(around, kind=AuthorityKind.PROPERTY_ATTORNEY)

        tell(around, Audience.PERSON)

        assert (unread(jean), unread(around.citizen)) == (0, 1)

    def test_does_not_tell_a_leaver(self, around):
        access.close_account(account_id=around.coordinator.account_id, now=utc_now())

        assert tell(around, Audience.PROVIDER) == 0

    def test_does_not_tell_strangers_of_the_same_role(self, around):
        stranger = make_social_worker()

        tell(around, Audience.COUNCIL, actor=around.citizen)

        assert unread(stranger) == 0

    def test_tells_an_office_without_a_relationship(self, around):
        lead = make_account(Role.SAFEGUARDING_LEAD)

        tell(around, Audience.SAFEGUARDING_LEAD, kind=NoticeKind.CONCERN)

        assert unread(lead) == 1


class TestWhatIsShown:
    def test_ends_with_the_relationship(self, around):
        tell(around, Audience.PROVIDER)
        access.end_relationships(
            person_id=around.person_id, kind=Kind.PACKAGE, now=utc_now(), organisation_id=around.provider.id
        )

        assert unread(around.coordinator) == 0
        assert queries.list_notices(actor=around.coordinator, now=utc_now()) == []

    def test_is_no_news_of_a_part_that_the_role_may_not_know(self, around):
        tell(around, Audience.NURSE, kind=NoticeKind.HOURS, accounts=[(nurse := make_nurse()).account_id])
        _join(around, MemberKind.NURSE, account_id=nurse.account_id)

        assert unread(nurse) == 0

    def test_comes_unread_first_then_the_latest_page_by_page(self, around):
        for _ in range(5):
            tell(around, Audience.PROVIDER)
        newest = queries.list_notices(actor=around.coordinator, now=utc_now())[0]
        service.open_notice(notice_id=newest.id, actor=around.coordinator, now=utc_now())

        first = queries.list_notices(actor=around.coordinator, now=utc_now(), limit=3)
        after = queries.page_key(notice=first[-1])
        second = queries.list_notices(actor=around.coordinator, now=utc_now(), limit=3, after=after)

        found = [*first, *second]
        assert [n.id for n in found][-1] == newest.id
        assert len({n.id for n in found}) == 5
        assert [n.told_at for n in found[:4]] == sorted((n.told_at for n in found[:4]), reverse=True)

    def test_is_counted_down_by_opening(self, around):
        tell(around, Audience.PROVIDER)
        (notice,) = queries.list_notices(actor=around.coordinator, now=utc_now())

        opened = service.open_notice(notice_id=notice.id, actor=around.coordinator, now=utc_now())

        assert opened.address == "/plans/1"
        assert unread(around.coordinator) == 0

    def test_is_nobody_elses_to_open(self, around):
        tell(around, Audience.PROVIDER)
        (notice,) = queries.list_notices(actor=around.coordinator, now=utc_now())

        with pytest.raises(NotFound):
            service.open_notice(notice_id=notice.id, actor=around.citizen, now=utc_now())


class TestTheDatabase:
    """What holds whatever the program asks."""

    def test_lets_a_citizen_tell_their_social_worker_and_not_read_it(self, around, session):
        _look_as(session, around.citizen)

        assert tell(around, Audience.COUNCIL, actor=around.citizen) == 1
        assert session.scalar(text("SELECT count(*) FROM notice")) == 0

    def test_refuses_to_tell_in_anothers_name(self, around, session):
        _look_as(session, around.citizen)

        with pytest.raises(DBAPIError, match="row-level security"):
            tell(around, Audience.COUNCIL, actor=around.coordinator)

    def test_hides_a_notice_once_the_relationship_has_ended(self, around, session):
        tell(around, Audience.PROVIDER)
        session.flush()
        _look_as(session, around.coordinator)
        before = session.scalar(text("SELECT count(*) FROM notice"))
        access.end_relationships(
            person_id=around.person_id,
            kind=Kind.PACKAGE,
            now=utc_now() - timedelta(seconds=1),
            organisation_id=around.provider.id,
        )

        assert (before, session.scalar(text("SELECT count(*) FROM notice"))) == (1, 0)

    @pytest.mark.parametrize("act", ["UPDATE notice SET words = 'Other'", "DELETE FROM notice"])
    def test_keeps_what_was_told(self, around, session, act):
        tell(around, Audience.PROVIDER)

        with pytest.raises(DBAPIError, match="permission denied"):
            session.execute(text(act))


def _join(around: Around, kind: MemberKind, **who) -> None:
    people.join_partnership(person_id=around.person_id, kind=kind, actor=around.social_worker, now=utc_now(), **who)


def _look_as(session, actor) -> None:
    set_actor(session, account_id=actor.account_id, organisation_id=actor.organisation_id, team_id=actor.team_id)
