"""Sessions open pages for the account they belong to."""

from dataclasses import replace
from datetime import timedelta

from careplan.access import service
from careplan.access.domain.actor import Role
from careplan.kernel.clock import utc_now


def test_someone_signed_out_is_sent_to_sign_in(client):
    answer = client.get("/")

    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_someone_signed_out_comes_back_to_the_whole_address_they_wanted(client):
    answer = client.get("/people?name=Ann&after=x")
    back = client.get(answer.location)

    assert "/sign-in/start?next=/people?name%3DAnn%26after%3Dx" in back.text


def test_a_citizen_signed_in_is_led_to_their_own_page(session, sign_in):
    citizen = service.open_account(
        issuer="demo", subject="citizen", name="Margaret Ellis", role=Role.CITIZEN, now=utc_now()
    )
    session.commit()

    assert sign_in(citizen).get("/").location == "/me"


def test_a_leaver_is_signed_out_at_the_next_request(session, sign_in):
    now = utc_now() - timedelta(seconds=1)
    leaver = service.open_account(issuer="demo", subject="leaver", name="Lee", role=Role.CARE_WORKER, now=now)
    session.commit()
    browser = sign_in(leaver)
    service.close_account(account_id=leaver.account_id, now=utc_now())
    session.commit()

    assert browser.get("/").location == "/sign-in"


def test_in_the_demo_one_goes_on_at_the_address_to_which_one_comes_back(client, application, settings, monkeypatch):
    demo = replace(settings, environment="demo", public_url="http://127.0.0.1:8000")
    monkeypatch.setitem(application.extensions, "careplan_settings", demo)

    answer = client.get("/sign-in/start?next=/people", base_url="http://localhost:8000")

    assert answer.location == "http://127.0.0.1:8000/sign-in/start?next=/people"
