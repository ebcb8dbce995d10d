"""Messages leave through Notify's own client, once each, and what becomes of them is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import text

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.config import Messages
from careplan.db.scope import set_actor
from careplan.kernel.clock import utc_now
from careplan.notices import queries, service
from careplan.notices.domain.message import Channel, MessageState
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.tasks import send_messages
from tests.factories.notify import API_KEY, EMAIL_TEMPLATE, TEXT_TEMPLATE, VANISH, running_notify
from tests.factories.organisations import make_account
from tests.factories.plans import Around, make_around

A_MINUTE = timedelta(minutes=1)
WORDS = "There is something new in a care plan. Sign in to read it: http://127.0.0.1:8000/news"


@pytest.fixture
def notify():
    with running_notify() as server:
        yield server


@pytest.fixture
def around(session) -> Around:
    """Margaret wants e-mails, her social worker texts, and nobody else was asked."""
    around = make_around()
    choose(around.citizen, Channel.EMAIL, email="margaret@example.org")
    choose(around.social_worker, Channel.TEXT, mobile="07700 900123")
    session.commit()
    return around


@pytest.fixture
def work(app, notify, monkeypatch) -> Callable[..., None]:
    """Runs the worker's task some time from now, in a session of its own, as the worker does."""

    def worked(*, after: timedelta, **changes: Any) -> None:
        messages = Messages(frozenset({"email", "text"}), API_KEY, EMAIL_TEMPLATE, TEXT_TEMPLATE, notify.url)
        settings = replace(app.extensions["careplan_settings"], messages=replace(messages, **changes))
        monkeypatch.setitem(app.extensions, "careplan_settings", settings)
        with time_machine.travel(utc_now() + after), app.app_context():
            send_messages()

    return worked


def choose(actor, channel, *, email=None, mobile=None):
    service.choose_messages(channel=channel, email=email, mobile=mobile, actor=actor, now=utc_now())


def tell(around, session, *audience, kind=NoticeKind.COMMENT, actor=None):
    service.tell(
        person_id=around.person_id, audience=audience or [Audience.PERSON], words="Priya wrote about the plan.",
        address="/me/plan", actor=actor or around.coordinator, now=utc_now(), kind=kind,
    )  # fmt: skip
    session.commit()


def outbox(session):
    session.rollback()
    return queries.list_messages()


class TestSendMessages:
    def test_hands_an_email_to_notify_with_the_address_and_our_reference(self, around, session, work, notify):
        tell(around, session)

        work(after=2 * A_MINUTE)

        (message,) = outbox(session)
        (taken,) = notify.taken
        assert (message.state, message.words, message.problem) == (MessageState.SENT, WORDS, None)
        assert message.sent_as == taken["id"]
        assert {k: taken[k] for k in ("type", "email_address", "template_id", "reference", "personalisation")} == {
            "type": "email", "email_address": "margaret@example.org", "template_id": EMAIL_TEMPLATE,
            "reference": str(message.id), "personalisation": {"address": "http://127.0.0.1:8000/news"},
        }  # fmt: skip

    def test_hands_a_text_to_notify(self, around, session, work, notify):
        tell(around, session, Audience.COUNCIL)

        work(after=2 * A_MINUTE)

        (taken,) = notify.taken
        assert (taken["type"], taken["phone_number"], taken["template_id"]) == ("sms", "+447700900123", TEXT_TEMPLATE)

    def test_says_nothing_of_anyone(self, around, session, work, notify):
        tell(around, session)

        work(after=2 * A_MINUTE)

        said = str(notify.taken) + outbox(session)[0].words
        assert not any(word in said for word in ("Ellis", "Priya", "wrote", str(around.person_id)))

    def test_makes_one_message_of_several_moves(self, around, session, work, notify):
        for _ in range(3):
            tell(around, session)

        work(after=2 * A_MINUTE)
        work(after=3 * A_MINUTE)

        assert len(notify.taken) == 1

    def test_waits_a_minute_for_more(self, around, session, work, notify):
        tell(around, session)

        work(after=A_MINUTE / 2)

        assert notify.taken == []

    def test_lets_an_hour_pass_between_two_messages(self, around, session, work, notify):
        tell(around, session)
        work(after=2 * A_MINUTE)
        with time_machine.travel(utc_now() + 5 * A_MINUTE):
            tell(around, session)

        work(after=20 * A_MINUTE)
        before = len(notify.taken)
        work(after=70 * A_MINUTE)

        assert (before, len(notify.taken)) == (1, 2)

    def test_lets_no_concern_wait_for_the_hour(self, around, session, work, notify):
        tell(around, session, Audience.COUNCIL)
        work(after=2 * A_MINUTE)
        with time_machine.travel(utc_now() + 5 * A_MINUTE):
            tell(around, session, Audience.COUNCIL, kind=NoticeKind.CONCERN)

        work(after=7 * A_MINUTE)

        assert len(notify.taken) == 2

    def test_writes_to_nobody_who_has_read_it_already(self, around, session, work, notify):
        tell(around, session)
        service.read_all(actor=around.citizen, now=utc_now())
        session.commit()

        work(after=2 * A_MINUTE)

        assert outbox(session) == []

    def test_writes_to_nobody_who_does_not_want_it(self, around, session, work):
        choose(around.citizen, None, email="margaret@example.org")
        tell(around, session)

        work(after=2 * A_MINUTE)

        assert outbox(session) == []

    def test_writes_to_nobody_who_has_lost_access(self, around, session, work):
        tell(around, session, Audience.COUNCIL)
        for kind in (Kind.CASELOAD, Kind.TEAM):
            for held_by in (
                {"account_id": around.social_worker.account_id},
                {"organisation_id": around.social_worker.team_id},
            ):
                access.end_relationships(person_id=around.person_id, kind=kind, now=utc_now(), **held_by)
        session.commit()

        work(after=2 * A_MINUTE)

        assert outbox(session) == []

    def test_writes_to_an_office_that_is_told_without_a_relationship(self, around, session, work, notify):
        lead = make_account(Role.SAFEGUARDING_LEAD)
        choose(lead, Channel.EMAIL, email="lead@example.org")
        tell(around, session, Audience.SAFEGUARDING_LEAD, kind=NoticeKind.CONCERN)

        work(after=2 * A_MINUTE)

        assert [n["email_address"] for n in notify.taken] == ["lead@example.org"]

    def test_announces_nothing_that_was_told_before_they_asked(self, around, session, work, notify):
        tell(around, session, Audience.PROVIDER, Audience.PERSON)
        choose(around.citizen, Channel.EMAIL, email="other@example.org")
        session.commit()

        work(after=2 * A_MINUTE)

        assert outbox(session) == []


class TestWithoutSending:
    def test_keeps_the_message_to_be_read_and_asks_nobody(self, around, session, work, notify):
        tell(around, session)

        work(after=2 * A_MINUTE, channels=frozenset())
        work(after=5 * A_MINUTE)  # switched on later: what was kept stays

        (message,) = outbox(session)
        assert (message.state, message.words) == (MessageState.KEPT, WORDS)
        assert notify.asked == []

    def test_keeps_that_of_the_channel_that_is_off_and_sends_the_other(self, around, session, work, notify):
        tell(around, session, Audience.PERSON, Audience.COUNCIL)

        work(after=2 * A_MINUTE, channels=frozenset({"email"}))

        assert {m.channel: m.state for m in outbox(session)} == {
            Channel.EMAIL: MessageState.SENT, Channel.TEXT: MessageState.KEPT,
        }  # fmt: skip
        assert len(notify.taken) == 1


class TestTrying:
    @pytest.mark.parametrize("status", [429, 500, 503, 403])
    def test_comes_again_after_longer_and_longer_waits(self, around, session, work, notify, status):
        notify.next_answers = [status, status]
        tell(around, session)

        work(after=2 * A_MINUTE)
        (waiting,) = outbox(session)
        work(after=2 * A_MINUTE + A_MINUTE / 2)
        too_early = len(notify.asked)
        work(after=4 * A_MINUTE)
        work(after=10 * A_MINUTE)

        assert (waiting.state, waiting.problem) == (
            MessageState.WAITING, f"GOV.UK Notify answered {status}: refused with {status}",
        )  # fmt: skip
        assert too_early == 1
        assert (outbox(session)[0].state, outbox(session)[0].attempts) == (MessageState.SENT, 3)
        assert len(notify.taken) == 1

    def test_is_given_up_after_a_day(self, around, session, work, notify):
        notify.next_answers = [500] * 9
        tell(around, session)

        for minutes in (2, 4, 10, 26, 90, 340, 1100, 2000):
            work(after=minutes * A_MINUTE)

        (message,) = outbox(session)
        assert (message.state, message.attempts) == (MessageState.FAILED, 7)
        assert message.problem.startswith("Given up after 7 attempts.")

    def test_stops_at_once_where_it_can_never_arrive(self, around, session, work, notify):
        notify.next_answers = [400]
        tell(around, session)

        work(after=2 * A_MINUTE)
        work(after=60 * A_MINUTE)

        (message,) = outbox(session)
        assert (message.state, message.problem) == (MessageState.FAILED, "GOV.UK Notify answered 400: refused with 400")
        assert len(notify.asked) == 1

    def test_sends_once_though_the_answer_was_lost(self, around, session, work, notify):
        notify.next_answers = [VANISH]
        tell(around, session)

        work(after=2 * A_MINUTE)
        (lost,) = outbox(session)
        work(after=4 * A_MINUTE)

        (message,) = outbox(session)
        assert lost.state is MessageState.WAITING
        assert (message.state, message.sent_as) == (MessageState.SENT, notify.taken[0]["id"])
        assert len(notify.taken) == 1

    def test_sends_once_though_the_worker_died_after_handing_it_over(self, around, session, work, notify):
        tell(around, session)
        work(after=2 * A_MINUTE)
        session.execute(
            text("UPDATE outbox_message SET state = 'sending', sent_at = NULL, sent_as = NULL, due_at = now()")
        )
        session.commit()

        work(after=15 * A_MINUTE)

        assert outbox(session)[0].state is MessageState.SENT
        assert len(notify.taken) == 1

    def test_waits_when_notify_is_not_there(self, around, session, work):
        tell(around, session)

        work(after=2 * A_MINUTE, api_url="http://127.0.0.1:9")

        (message,) = outbox(session)
        assert message.state is MessageState.WAITING
        assert message.problem.startswith("GOV.UK Notify answered 503")

    def test_waits_for_a_key_that_is_wrong(self, around, session, work, notify):
        tell(around, session)

        work(after=2 * A_MINUTE, api_key=API_KEY[:-1] + ("0" if API_KEY[-1] != "0" else "1"))

        assert outbox(session)[0].state is MessageState.WAITING
        assert notify.taken == []


class TestFollowingUp:
    @pytest.fixture
    def sent(self, around, session, work) -> None:
        tell(around, session)
        work(after=2 * A_MINUTE)

    def test_notes_that_it_arrived(self, sent, session, work, notify):
        notify.becomes("delivered")

        work(after=5 * A_MINUTE)

        assert outbox(session)[0].state is MessageState.DELIVERED

    @pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
    def test_notes_that_it_will_not(self, sent, session, work, notify, status):
        notify.becomes(status)

        work(after=5 * A_MINUTE)

        (message,) = outbox(session)
        assert message.state is MessageState.FAILED
        assert message.problem

    def test_asks_again_while_it_is_on_its_way(self, sent, session, work, notify):
        notify.becomes("sending")

        work(after=5 * A_MINUTE)
        work(after=6 * A_MINUTE)
        work(after=20 * A_MINUTE)

        looked = [a for a in notify.asked if a.startswith("GET")]
        assert len(looked) == 2
        assert outbox(session)[0].state is MessageState.SENT


class TestTheDatabase:
    def test_shows_nobody_the_outbox_or_anothers_choice(self, around, session, work, sign_in):
        tell(around, session)
        work(after=2 * A_MINUTE)
        session.rollback()
        seen = {}
        for actor in (around.citizen, around.social_worker, around.coordinator):
            set_actor(session, account_id=actor.account_id, organisation_id=actor.organisation_id)
            seen[actor.name] = [
                session.scalar(text(f"SELECT count(*) FROM {table}"))
                for table in ("outbox_message", "message_preference")
            ]

        assert seen == {around.citizen.name: [0, 1], around.social_worker.name: [0, 1], around.coordinator.name: [0, 0]}
