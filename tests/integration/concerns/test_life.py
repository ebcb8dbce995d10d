"""The life of a concern: raised, taken up, decided, acted on, closed; nothing is changed and nothing forgotten."""

from datetime import timedelta

import psycopg
import pytest
import time_machine

from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.concerns import queries, service
from careplan.concerns.domain.concern import State
from careplan.concerns.domain.step import Enquiry, Outcome, StepKind
from careplan.concerns.service.following import LOOKS_BACK, NotFinished
from careplan.concerns.service.raising import ConcernUnsaid, NotAPartyHere
from careplan.concerns.service.stepping import ConcernClosed
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, NotFound
from tests.factories.concerns import a_contact, an_account, make_concern
from tests.factories.organisations import make_account


@pytest.fixture
def now():
    return utc_now()


@pytest.fixture
def concern_id(circle, kept, now):
    made = make_concern(person_id=circle.person_id, actor=circle["social worker"], now=now)
    kept()
    return made


@pytest.fixture
def by_lead(circle, concern_id, now):
    return {"concern_id": concern_id, "actor": circle["lead"], "now": now}


class TestRaiseConcern:
    def test_keeps_what_was_said_wished_and_told(self, circle, now):
        worker = circle["social worker"]
        concern_id = make_concern(
            person_id=circle.person_id, actor=worker, immediate_danger=True, told=["Sam Okafor", " "],
            persons_wishes="She wants her purse back and no fuss.", now=now,
        )  # fmt: skip

        found = queries.get_concern(concern_id=concern_id)
        assert (found.raised_by, found.told, found.state) == (worker.account_id, ("Sam Okafor",), State.NEW)
        assert found.due_by == now + timedelta(hours=1)
        assert found.persons_wishes == "She wants her purse back and no fuss."

    def test_opens_the_person_to_the_safeguarding_lead(self, circle, now):
        def reads() -> bool:
            return access.may_reach(
                actor=circle["lead"], person_id=circle.person_id, section=Section.CONCERN, action=Action.READ, now=now
            )

        before = reads()
        make_concern(person_id=circle.person_id, actor=circle["social worker"], now=now)

        assert (before, reads()) == (False, True)

    def test_says_what_was_seen(self, circle):
        with pytest.raises(ConcernUnsaid):
            make_concern(person_id=circle.person_id, actor=circle["social worker"], words="  ")

    def test_names_nobody_who_is_not_around_the_person(self, circle):
        with pytest.raises(NotAPartyHere):
            make_concern(person_id=circle.person_id, actor=circle["lead"], alleged=a_contact(circle.person_id))

    def test_is_about_somebody(self, circle):
        with pytest.raises(NotFound):
            make_concern(person_id=circle["lead"].account_id, actor=circle["lead"])


class TestFollowing:
    def test_goes_from_new_to_closed(self, by_lead, concern_id, now):
        week = local_date(now) + timedelta(days=7)
        states = []
        for act in (
            lambda: service.acknowledge_concern(**by_lead),
            lambda: service.decide_enquiry(enquiry=Enquiry.YES, reasons="She is at risk.", **by_lead),
            lambda: service.plan_action(words="Ask the bank.", who="Priya Nair", due_on=week, **by_lead),
        ):
            act()
            states.append(queries.get_concern(concern_id=concern_id).state)
        (action,) = queries.get_concern(concern_id=concern_id).open_steps(StepKind.ACTION)
        service.finish_action(step_id=action.id, words="The card is stopped.", **by_lead)
        service.close_concern(outcome=Outcome.RISK_REMOVED, words="The card is stopped.", **by_lead)

        assert states == [State.ACKNOWLEDGED, State.ENQUIRY, State.ENQUIRY]
        found = queries.get_concern(concern_id=concern_id)
        assert (found.state, found.closing.outcome) == (State.CLOSED, Outcome.RISK_REMOVED)

    def test_taking_it_up_twice_counts_once(self, by_lead, concern_id):
        service.acknowledge_concern(**by_lead)
        service.acknowledge_concern(**by_lead)

        assert len(queries.get_concern(concern_id=concern_id).steps) == 1

    def test_whoever_decides_has_taken_it_up(self, by_lead, concern_id):
        service.decide_enquiry(enquiry=Enquiry.NO, reasons="A quarrel that is over.", **by_lead)

        found = queries.get_concern(concern_id=concern_id)
        assert (found.state, found.acknowledged is not None) == (State.NO_ENQUIRY, True)

    def test_a_later_decision_counts_and_the_earlier_one_stays(self, by_lead, concern_id):
        service.decide_enquiry(enquiry=Enquiry.NO, reasons="A quarrel that is over.", **by_lead)
        service.decide_enquiry(enquiry=Enquiry.YES, reasons="It is not over.", **by_lead)

        found = queries.get_concern(concern_id=concern_id)
        assert [s.words for s in found.steps if s.kind is StepKind.DECIDED] == [
            "A quarrel that is over.", "It is not over.",
        ]  # fmt: skip
        assert found.state is State.ENQUIRY

    def test_does_not_close_before_it_is_decided_and_done(self, by_lead, now):
        close = {"outcome": Outcome.RISK_REDUCED, "words": "Well.", **by_lead}
        with pytest.raises(NotFinished, match="Decide"):
            service.close_concern(**close)
        service.decide_enquiry(enquiry=Enquiry.NO, reasons="Minor.", **by_lead)
        service.plan_action(words="Ask the bank.", who="Priya", due_on=local_date(now), **by_lead)
        with pytest.raises(NotFinished, match="still something"):
            service.close_concern(**close)

    def test_nothing_is_added_once_it_is_closed(self, by_lead):
        service.decide_enquiry(enquiry=Enquiry.NO, reasons="Minor.", **by_lead)
        service.close_concern(outcome=Outcome.NOT_FOUNDED, words="It lay under the bed.", **by_lead)

        with pytest.raises(ConcernClosed):
            service.add_note(words="And yet.", **by_lead)

    def test_a_day_that_has_passed_is_no_day_for_an_action(self, by_lead, now):
        with pytest.raises(Invalid):
            service.plan_action(words="x", who="y", due_on=local_date(now) - timedelta(days=1), **by_lead)

    def test_the_lead_looks_back_for_four_weeks(self, circle, by_lead, now):
        service.decide_enquiry(enquiry=Enquiry.NO, reasons="Minor.", **by_lead)
        service.close_concern(outcome=Outcome.NOT_FOUNDED, words="It lay under the bed.", **by_lead)
        ask = {
            "actor": circle["lead"], "person_id": circle.person_id, "section": Section.CONCERN, "action": Action.READ,
        }  # fmt: skip

        soon, late = (now + LOOKS_BACK + d for d in (-timedelta(seconds=1), timedelta(seconds=1)))
        assert [access.may_reach(now=at, **ask) for at in (soon, late)] == [True, False]

    @pytest.mark.parametrize("table", ["concern", "concern_alleged", "concern_step"])
    @pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET recorded_at = now()", "TRUNCATE {} CASCADE"])
    def test_what_was_said_and_done_stays_as_it_was(
        self, session, circle, by_lead, concern_id, superuser_url, table, change
    ):
        service.name_alleged(concern_id=concern_id, alleged=a_contact(circle.contacts["carer"]),
                             actor=circle["lead"], now=by_lead["now"])  # fmt: skip
        service.acknowledge_concern(**by_lead)
        session.commit()

        with (
            psycopg.connect(superuser_url) as connection,
            pytest.raises(psycopg.Error, match="what was recorded stays"),
        ):
            connection.execute(change.format(table))


class TestRemind:
    def test_reminds_until_it_is_taken_up_and_each_time_once(self, circle, kept, now):
        concern_id = make_concern(
            person_id=circle.person_id, actor=circle["social worker"], immediate_danger=True, now=now
        )
        counts = [service.remind(now=now + timedelta(minutes=m)) for m in (59, 60, 61, 75, 200, 201)]
        service.acknowledge_concern(concern_id=concern_id, actor=circle["lead"], now=now + timedelta(minutes=202))
        counts.append(service.remind(now=now + timedelta(hours=9)))

        assert counts == [0, 1, 0, 1, 1, 0, 0]

    def test_opens_what_is_open_to_a_lead_who_came_later(self, circle, concern_id, now):
        late = make_account(circle["lead"].role)
        service.remind(now=now)

        assert access.may_reach(
            actor=late, person_id=circle.person_id, section=Section.CONCERN, action=Action.READ, now=now
        )

    def test_opens_nothing_to_a_lead_who_is_alleged(self, circle, now):
        make_concern(
            person_id=circle.person_id, actor=circle["social worker"], alleged=an_account(circle["lead"]), now=now
        )
        service.remind(now=now)

        assert not access.may_reach(
            actor=circle["lead"], person_id=circle.person_id, section=Section.PERSON, action=Action.READ, now=now
        )

    def test_the_list_says_what_is_overdue_without_the_task(self, circle, browser, concern_id, now):
        with time_machine.travel(now + timedelta(days=2), tick=False):
            text = browser("lead").get("/concerns").text

        assert "overdue" in text
