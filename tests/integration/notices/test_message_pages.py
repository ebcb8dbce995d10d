"""Choosing messages, and the administrator's outbox."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.clock import utc_now
from careplan.notices import queries, service
from careplan.notices.domain.message import Channel, MessageState
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import service as people
from tests.factories.organisations import make_account
from tests.factories.people import some_details
from tests.factories.plans import Around, make_around
from tests.pages import submit

PAGE = "/settings/messages"


@pytest.fixture
def around(session) -> Around:
    around = make_around()
    people.correct_person(
        person_id=around.person_id, details=some_details(phone="07700 900456", email="margaret@example.org"),
        reason="She told me.", based_on=None, actor=around.social_worker, now=utc_now(),
    )  # fmt: skip
    session.commit()
    return around


class TestChoosing:
    def test_begins_with_what_is_known_and_nothing_chosen(self, around, sign_in):
        page = sign_in(around.citizen).get(PAGE).text

        assert 'value="margaret@example.org"' in page
        assert 'value="07700 900456"' in page
        assert "checked" not in page

    def test_is_kept(self, around, session, sign_in):
        browser = sign_in(around.citizen)

        answer = submit(browser, PAGE, {"channel": "text", "email": "", "mobile": "07700 900789"})

        assert answer.status_code == 303
        session.rollback()
        kept = queries.find_preference(account_id=around.citizen.account_id)
        assert (kept.channel, kept.mobile) == (Channel.TEXT, "+447700900789")
        assert "checked" in browser.get(PAGE).text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"channel": "email", "email": "jean at home"}, "Enter an email address with an @"),
            ({"channel": "email", "email": ""}, "Enter the address to which we write."),
            ({"channel": "text", "mobile": "01632 960001"}, "Enter the number of a mobile phone"),
            ({"channel": "pigeon"}, "Choose one of these"),
            ({}, "Choose one of these"),
        ],
    )
    def test_says_what_to_mend_and_keeps_what_was_typed(self, around, sign_in, typed, said):
        answer = submit(sign_in(around.citizen), PAGE, typed)

        assert answer.status_code == 422
        assert said in answer.text
        for value in (typed.get("email"), typed.get("mobile")):
            assert value is None or f'value="{value}"' in answer.text or not value

    def test_can_be_taken_back(self, around, session, sign_in):
        browser = sign_in(around.citizen)
        submit(browser, PAGE, {"channel": "email", "email": "margaret@example.org"})

        submit(browser, PAGE, {"channel": "none", "email": "margaret@example.org"})

        session.rollback()
        assert queries.find_preference(account_id=around.citizen.account_id).channel is None

    def test_is_asked_of_whoever_is_signed_in_only(self, client):
        assert client.get(PAGE).location.startswith("/sign-in")


class TestOutbox:
    @pytest.fixture
    def admin(self, session):
        return make_account(Role.ADMIN, name="Chris Dale")

    def test_shows_to_whom_what_by_which_way_and_how_far(self, around, admin, session, sign_in):
        service.choose_messages(
            channel=Channel.EMAIL, email="margaret@example.org", mobile=None, actor=around.citizen, now=utc_now()
        )
        service.tell(
            person_id=around.person_id, audience=[Audience.PERSON], words="Priya wrote.", address="/me",
            actor=around.social_worker, now=utc_now(), kind=NoticeKind.COMMENT,
        )  # fmt: skip
        service.write_messages(
            address="http://127.0.0.1:8000/news", switched_on=(), now=utc_now() + timedelta(minutes=2)
        )
        session.commit()

        page = sign_in(admin).get("/admin/messages").text

        for words in ("Margaret Ellis", "margaret@example.org", "E-mail", "http://127.0.0.1:8000/news", "Kept to read"):
            assert words in page
        assert "Priya wrote" not in page
        assert "Sending is switched off here." in page
        assert "There are none." in sign_in(admin).get("/admin/messages?state=failed").text

    def test_is_empty_at_first(self, admin, session, sign_in):
        session.commit()

        assert "There are none." in sign_in(admin).get("/admin/messages").text

    def test_is_for_administrators(self, around, sign_in):
        assert sign_in(around.social_worker).get("/admin/messages").status_code == 403

    def test_sends_again_what_failed_and_nothing_else(self, around, admin, session, sign_in):
        service.choose_messages(
            channel=Channel.EMAIL, email="margaret@example.org", mobile=None, actor=around.citizen, now=utc_now()
        )
        service.tell(
            person_id=around.person_id, audience=[Audience.PERSON], words="Priya wrote.", address="/me",
            actor=around.social_worker, now=utc_now(), kind=NoticeKind.COMMENT,
        )  # fmt: skip
        later = utc_now() + timedelta(minutes=2)
        service.write_messages(address="http://127.0.0.1:8000/news", switched_on=[Channel.EMAIL], now=later)
        claimed = service.claim_message(now=later)
        service.give_up(message_id=claimed.id, why="There is no such address or number.")
        session.commit()
        browser, again = sign_in(admin), f"/admin/messages/{claimed.id}/again"

        assert submit(browser, "/accessibility", to=again).status_code == 303

        session.rollback()
        (message,) = queries.list_messages()
        assert (message.state, message.attempts, message.problem) == (MessageState.WAITING, 0, None)
        submit(browser, "/accessibility", to=again)
        assert "so it cannot be sent again" in browser.get("/admin/messages").text
        assert submit(sign_in(around.social_worker), "/accessibility", to=again).status_code == 403
