"""To do today, above the list of people."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careplan.access.models import AuditEvent
from careplan.hours import service as hours
from careplan.hours.domain.contingency import DrawRequest
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.plans import service as plans
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party
from careplan.record import todo
from tests.factories.endings import end_care
from tests.factories.organisations import make_social_worker
from tests.factories.plans import agree, make_agreed, make_around, make_proposed
from tests.factories.visits import make_care
from tests.integration.record.test_timeline import statements


def lines(actor, days=0):
    now = utc_now() + timedelta(days=days)
    return [line.todo.words for line in todo.get_todo(actor=actor, now=now, most=20).lines]


@pytest.fixture
def care(session):
    found = make_care()
    session.commit()
    return found


class TestToDoToday:
    def test_says_that_nothing_waits(self, session, sign_in):
        worker = make_social_worker()
        session.commit()

        assert "Nothing waits for you today." in sign_in(worker).get("/people").text

    def test_names_the_version_that_waits_and_for_whom(self, session):
        around = make_around()
        version = make_proposed(around)

        before = lines(around.social_worker)
        agree(version, around, Party.COUNCIL)

        assert len(before) == 1
        assert before[0].startswith("Version 1 waits for you to agree, since")
        assert lines(around.social_worker)[0].startswith("Version 1 waits for the provider and the person to agree")

    def test_shows_an_interim_plan_that_should_have_been_replaced(self, session):
        around = make_around()
        make_agreed(around, kind=PlanKind.INTERIM)

        (said,), (later,) = lines(around.social_worker, days=7), lines(around.social_worker, days=29)

        assert said.startswith("A full plan is due by")
        assert later.startswith("A full plan was due by")
        assert lines(around.social_worker, days=1) == []

    def test_shows_suggestions_and_contingency_with_where_to_decide(self, care, session, sign_in):
        hours.draw_contingency(
            person_id=care.person_id,
            request=DrawRequest(new_id(), "chest_infection", "personal_care", "Her chest is bad.", Minutes(90)),
            actor=care.around.coordinator,
            now=utc_now(),
        )
        plans.suggest_change(
            suggestion_id=new_id(), plan_id=care.version.plan_id, number=1, item="contingency", field="minutes",
            value=300, why="She needed it.", actor=care.around.coordinator, now=utc_now(),
        )  # fmt: skip
        session.commit()

        shown = sign_in(care.around.social_worker).get("/people").text

        assert "To do today" in shown
        assert "1 hour 30 minutes of contingency asked for" in shown
        assert "A change is suggested" in shown
        assert f'href="/plans/{care.version.plan_id}"' in shown
        assert shown.index("contingency asked for") < shown.index("A change is suggested") < shown.index("Find by name")

    def test_is_not_for_other_roles_nor_for_other_teams(self, session, sign_in):
        around, stranger = make_around(), make_social_worker()
        make_proposed(around)
        session.commit()

        assert "To do today" not in sign_in(around.coordinator).get("/people").text
        assert lines(stranger) == []

    def test_leaves_out_whose_care_is_over(self, care, session):
        plans.suggest_change(
            suggestion_id=new_id(), plan_id=care.version.plan_id, number=1, item="contingency", field="minutes",
            value=300, why="She needed it.", actor=care.around.coordinator, now=utc_now() - timedelta(hours=3),
        )  # fmt: skip
        assert lines(care.around.social_worker) == ["A change is suggested"]

        end_care(care, now=utc_now())

        assert lines(care.around.social_worker) == []

    def test_shows_the_most_pressing_and_leads_to_the_rest(self, session, sign_in, monkeypatch):
        around = make_around()
        make_proposed(around)
        plans.suggest_change(
            suggestion_id=new_id(), plan_id=around_plan(around), number=1, item="contingency", field="minutes",
            value=300, why="Later.", actor=around.coordinator, now=utc_now(),
        )  # fmt: skip
        monkeypatch.setattr("careplan.record.routes.people.MOST_TODO", 1)
        session.commit()
        browser = sign_in(around.social_worker)

        some, every = browser.get("/people").text, browser.get("/people?today=all").text

        assert "Show all 2" in some
        assert "A change is suggested" not in some
        assert "A change is suggested" in every

    def test_writes_down_whom_it_showed_once(self, session, sign_in):
        around = make_around()
        make_proposed(around)
        session.commit()
        sign_in(around.social_worker).get("/people")

        event = session.scalar(select(AuditEvent).where(AuditEvent.route == "GET /people"))
        assert event.subjects == [around.person_id]

    def test_costs_the_same_for_many_people_as_for_one(self, session, sign_in):
        around = make_around()
        make_proposed(around)
        session.commit()
        browser = sign_in(around.social_worker)
        browser.get("/people")  # the first visit of a session costs more
        for_one = statements(session, browser, "/people")
        for _ in range(3):
            more = make_around(now=utc_now())
            make_proposed(more)
            give(session, more, around.social_worker)
        session.commit()

        assert len(lines(around.social_worker)) == 4
        assert statements(session, browser, "/people") == for_one


def around_plan(around):
    from careplan.plans import queries

    return queries.find_plan_of_person(person_id=around.person_id)


def give(session, around, worker):
    """Puts another's person on a social worker's caseload."""
    from careplan.access import service as access
    from careplan.access.domain.policy import Kind

    access.relate(
        person_id=around.person_id, kind=Kind.CASELOAD, account_id=worker.account_id, source_type="test",
        source_id=new_id(), since=utc_now() - timedelta(minutes=1),
    )  # fmt: skip
