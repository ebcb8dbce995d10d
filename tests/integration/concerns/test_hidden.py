"""Whoever is alleged sees neither the concern nor that there is one: on no page, in no list, count, line or row."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from careplan.access import trail
from careplan.access.domain.actor import Role
from careplan.concerns import queries, service
from careplan.db.scope import set_actor
from careplan.kernel.clock import local_date, utc_now
from careplan.notices import queries as notices
from tests.factories.concerns import a_contact, an_account, an_organisation, make_concern
from tests.factories.organisations import make_account
from tests.pages import submit

WORDS = "Her purse was empty again after they had been."
# Who is alleged, and by what; each may read concerns or the trail otherwise.
ALLEGED = {
    "social worker": lambda circle: an_account(circle["social worker"]),
    "manager": lambda circle: an_account(circle["manager"]),
    "coordinator": lambda circle: an_organisation(circle.around.provider.id),
    "lead": lambda circle: an_account(circle["lead"]),
    "representative": lambda circle: a_contact(circle.contacts["representative"]),
}
STAFF = ("social worker", "manager", "coordinator", "lead")
READ_THE_TRAIL = ("social worker", "manager", "representative")


@pytest.fixture(params=sorted(ALLEGED))
def alleged(request):
    return request.param


@pytest.fixture
def raised_by(circle, alleged):
    """Somebody who is not alleged."""
    return circle["manager" if alleged == "social worker" else "social worker"]


@pytest.fixture
def concern_id(circle, kept, raised_by, alleged):
    made = make_concern(person_id=circle.person_id, actor=raised_by, words=WORDS, alleged=ALLEGED[alleged](circle))
    kept()
    return made


@pytest.fixture
def looked_into(circle, browser, concern_id, alleged):
    """Somebody else has looked at the concern, its list, its form and the person since."""
    reader = "manager" if alleged in ("lead", "social worker") else "lead"
    other = "social worker" if alleged != "social worker" else "manager"
    for name in {reader, other}:
        for address in (
            f"/concerns/{concern_id}", "/concerns", f"/people/{circle.person_id}/concerns",
            f"/people/{circle.person_id}/concerns/new", f"/people/{circle.person_id}",
        ):  # fmt: skip
            assert browser(name).get(address).status_code == 200, address
    return concern_id


class TestPages:
    def test_the_concern_is_not_there_and_in_no_list(self, circle, browser, concern_id, alleged):
        theirs = browser(alleged)

        assert theirs.get(f"/concerns/{concern_id}").status_code == 404
        for address in ("/concerns", f"/people/{circle.person_id}/concerns", f"/people/{circle.person_id}",
                        f"/people/{circle.person_id}/details", "/me"):  # fmt: skip
            page = theirs.get(address).text
            assert str(concern_id) not in page, address
            assert WORDS not in page, address

    def test_all_others_who_may_read_it_do(self, browser, concern_id, alleged):
        others = [name for name in STAFF if name != alleged]

        assert {n: browser(n).get(f"/concerns/{concern_id}").status_code for n in others} == dict.fromkeys(others, 200)

    def test_the_list_of_whoever_is_alleged_says_that_nothing_is_open(self, browser, concern_id, alleged):
        if alleged in STAFF:
            assert "No concern is open" in browser(alleged).get("/concerns").text


class TestTheTrail:
    def test_holds_no_line_of_it_for_them(self, circle, browser, looked_into, alleged):
        if alleged not in READ_THE_TRAIL:
            return
        items = browser(alleged).get(f"/api/v1/people/{circle.person_id}/access-log").json["items"]

        assert [i for i in items if i["part"] == "concern"] == []
        assert [i for i in items if i["role"] == "safeguarding_lead"] == []

    def test_holds_them_for_a_reader_who_is_not_alleged(self, circle, browser, looked_into, alleged):
        reader = "manager" if alleged != "manager" else "social worker"
        items = browser(reader).get(f"/api/v1/people/{circle.person_id}/access-log").json["items"]

        assert "concern" in {i["part"] for i in items}

    def test_counts_none_of_it_for_them(self, session, circle, looked_into, alleged):
        reader = circle[alleged]
        set_actor(session, account_id=reader.account_id, organisation_id=reader.organisation_id, team_id=reader.team_id)
        hidden = queries.find_hidden(person_id=circle.person_id, reader=reader)

        assert hidden.things == {looked_into}
        lookers = trail.list_looks(person_id=circle.person_id, hidden=hidden)
        assert not {"concern"} & {look.section for look in lookers}
        number = trail.count_lookers(person_id=circle.person_id, hidden=hidden, since=utc_now() - timedelta(days=1))
        assert number == len({look.name for look in lookers if look.role != "citizen"})

    def test_does_not_change_what_they_had_seen_before(self, session, circle, browser, kept):
        """A line that vanished would tell."""
        before = make_concern(person_id=circle.person_id, actor=circle["social worker"])
        kept()
        browser("lead").get(f"/concerns/{before}")
        browser("lead").get(f"/people/{circle.person_id}")
        log = f"/api/v1/people/{circle.person_id}/access-log"
        seen = [i["id"] for i in browser("representative").get(log).json["items"]]

        make_concern(
            person_id=circle.person_id, actor=circle["social worker"],
            alleged=a_contact(circle.contacts["representative"]),
        )  # fmt: skip
        kept()

        since = [i["id"] for i in browser("representative").get(log).json["items"]]
        assert len(seen) >= 2
        assert [i for i in seen if i not in since] == []


class TestTheDatabase:
    @pytest.mark.parametrize("table", ["concern", "concern_alleged", "concern_step"])
    def test_shows_them_no_row(self, session, circle, kept, concern_id, alleged, table):
        actor = circle["manager" if alleged == "lead" else "lead"]
        service.add_note(concern_id=concern_id, words="Spoke to the bank.", actor=actor, now=utc_now())
        kept()
        reader = circle[alleged]
        set_actor(session, account_id=reader.account_id, organisation_id=reader.organisation_id, team_id=reader.team_id)

        assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0

    def test_shows_none_to_anyone_of_an_alleged_organisation_whatever_their_part(self, session, circle, kept):
        make_concern(person_id=circle.person_id, actor=circle["social worker"],
                     alleged=an_organisation(circle.around.provider.id))  # fmt: skip
        colleague = make_account(Role.TRUSTED_ASSESSOR, organisation=circle.around.provider)
        kept()
        set_actor(session, account_id=colleague.account_id, organisation_id=colleague.organisation_id)

        assert session.execute(text("SELECT count(*) FROM concern")).scalar() == 0

    def test_hides_it_from_the_moment_somebody_is_named(self, circle, browser, kept):
        concern_id = make_concern(person_id=circle.person_id, actor=circle["social worker"])
        kept()
        before = browser("coordinator").get(f"/concerns/{concern_id}").status_code
        named = f"organisation:{circle.around.provider.id}"
        answer = submit(browser("lead"), f"/concerns/{concern_id}/alleged/new", {"alleged": named})

        assert answer.status_code == 303, answer.text
        assert (before, browser("coordinator").get(f"/concerns/{concern_id}").status_code) == (200, 404)


class TestWithheldLines:
    @pytest.fixture
    def seen(self, circle, browser, kept):
        concern_id = make_concern(person_id=circle.person_id, actor=circle["social worker"])
        kept()
        browser("lead").get(f"/concerns/{concern_id}")
        browser("lead").get(f"/people/{circle.person_id}")
        return concern_id

    def parts(self, browser, circle, name):
        items = browser(name).get(f"/api/v1/people/{circle.person_id}/access-log").json["items"]
        return {i["part"] for i in items} | {i["role"] for i in items}

    def test_do_not_show_to_the_person_or_who_stands_for_them_until_they_are_shown_again(
        self, circle, browser, kept, seen
    ):
        told_before = self.parts(browser, circle, "citizen")
        by = {"concern_id": seen, "actor": circle["lead"], "now": utc_now()}
        week = local_date(utc_now()) + timedelta(days=7)
        step_id = service.withhold_lines(ground="It would be read over her shoulder.", due_on=week, **by)
        kept()
        withheld = [self.parts(browser, circle, name) for name in ("citizen", "representative")]
        page = browser("citizen").get("/me/seen").text
        service.show_lines(step_id=step_id, words="He has moved out.", **by)
        kept()

        assert {"concern", "safeguarding_lead"} <= told_before
        assert [{"concern", "safeguarding_lead"} & w for w in withheld] == [set(), set()]
        assert "Yasmin Carter" not in page
        assert {"concern", "safeguarding_lead"} <= self.parts(browser, circle, "citizen")

    def test_show_to_staff_all_the_while(self, circle, browser, kept, seen):
        week = local_date(utc_now()) + timedelta(days=7)
        service.withhold_lines(
            concern_id=seen, ground="It would be read.", due_on=week, actor=circle["lead"], now=utc_now()
        )
        kept()

        assert "concern" in self.parts(browser, circle, "social worker")


class TestNotices:
    def words_of(self, session, circle, name):
        reader = circle[name]
        set_actor(session, account_id=reader.account_id, organisation_id=reader.organisation_id, team_id=reader.team_id)
        return [n.words for n in notices.list_notices(actor=reader, now=utc_now())], notices.count_unread(
            actor=reader, now=utc_now()
        )

    def test_go_at_once_to_coordinator_social_worker_and_lead_unless_alleged(self, session, circle, kept):
        make_concern(person_id=circle.person_id, actor=circle["manager"], alleged=an_account(circle["social worker"]))
        kept()
        told = {n: self.words_of(session, circle, n)[1] for n in ("coordinator", "social worker", "lead")}

        assert told == {"coordinator": 1, "social worker": 0, "lead": 1}

    def test_are_not_even_written_for_whoever_is_alleged(self, session, circle):
        """Else a message by e-mail or text would go out for it."""
        make_concern(
            person_id=circle.person_id,
            actor=circle["manager"],
            alleged=an_organisation(circle.around.provider.id),
            immediate_danger=True,
        )
        service.remind(now=utc_now() + timedelta(hours=2))
        told = session.execute(text("SELECT DISTINCT recipient_id FROM notice")).scalars().all()

        assert set(told) == {circle["lead"].account_id, circle["social worker"].account_id}

    def test_say_nothing_of_what_was_seen(self, session, circle, kept):
        make_concern(person_id=circle.person_id, actor=circle["manager"], words=WORDS)
        kept()
        words, _ = self.words_of(session, circle, "lead")

        assert "There is a new concern about Margaret Ellis" in words[0]
        assert "purse" not in words[0]

    def test_are_gone_once_somebody_is_alleged_afterwards(self, session, circle, kept):
        concern_id = make_concern(person_id=circle.person_id, actor=circle["manager"])
        kept()
        before = self.words_of(session, circle, "coordinator")[1]
        session.rollback()
        service.name_alleged(
            concern_id=concern_id, alleged=an_organisation(circle.around.provider.id), actor=circle["lead"],
            now=utc_now(),
        )  # fmt: skip
        kept()

        assert (before, self.words_of(session, circle, "coordinator")) == (1, ([], 0))

    def test_remind_the_leads_only(self, session, circle, kept):
        make_concern(person_id=circle.person_id, actor=circle["manager"], immediate_danger=True)
        service.remind(now=utc_now() + timedelta(hours=1, minutes=1))
        kept()
        told = {n: self.words_of(session, circle, n)[1] for n in ("coordinator", "social worker", "lead")}

        assert told == {"coordinator": 1, "social worker": 1, "lead": 2}
