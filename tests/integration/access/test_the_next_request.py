"""What opens a record is taken away, and the very next request finds nothing there."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

import pytest

from careplan.access import service as access
from careplan.db.scope import see_everything
from careplan.delegation import service as delegation
from careplan.equipment import service as equipment
from careplan.equipment.domain.referral import ReferralEvent
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.people import queries, service
from careplan.people.domain.partnership import MemberKind
from careplan.visits import service as visits
from careplan.visits.domain.visit import CancelledBy
from tests.factories.fhir import register_trust, system_for
from tests.factories.town import Town, make_town
from tests.pages import submit

REASON = "It came to its end."


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def town(session, now) -> Town:
    made = make_town(now=now)
    register_trust(made.trust)
    session.commit()
    return made


@pytest.fixture
def act(session):
    """Does something as the one who may, and commits it."""

    def acted(what: Any, **said: Any) -> None:
        see_everything(session, as_="test")
        what(**said)
        session.commit()

    return acted


@pytest.fixture
def closes(town, sign_in):
    """Whether a record that was open to somebody is not there after an act, in the same session, under any address."""

    def closed(persona: str, act: Any, *, page: str | None = None) -> bool:
        browser = sign_in(town.actors[persona])
        addresses = (page or f"/people/{town.person_id}", f"/api/v1/people/{town.person_id}")
        before = [browser.get(a).status_code for a in addresses]
        assert before == [200, 200]
        act()
        after = [browser.get(a).status_code for a in addresses]
        return after == [404, 404] and str(town.person_id) not in browser.get("/api/v1/people").text

    return closed


def member_id(person_id: UUID, kind: MemberKind) -> UUID:
    return next(m.id for m in queries.list_partnership(person_id=person_id) if m.kind is kind)


@pytest.mark.parametrize(
    ("kind", "persona"),
    [
        (MemberKind.PROVIDER, "provider-coordinator"),
        (MemberKind.PROVIDER, "trusted-assessor"),
        (MemberKind.SOCIAL_WORKER, "social-worker"),
    ],
)
def test_whoever_leaves_the_partnership(town, act, closes, kind, persona, now):
    said = {"person_id": town.person_id, "reason": REASON, "actor": town.care.around.social_worker}

    def leave() -> None:
        act(lambda: service.leave_partnership(member_id=member_id(town.person_id, kind), now=utc_now(), **said))

    assert closes(persona, leave)


def test_a_nurse_who_leaves_and_delegates_no_more(town, act, closes):
    nurse, social_worker = town.actors["nurse"], town.care.around.social_worker

    def end() -> None:
        act(
            delegation.withdraw_delegation, delegation_id=town.ids["delegation_id"], reason=REASON,
            next_occasion="The community nurses come.", actor=nurse, now=utc_now(),
        )  # fmt: skip
        act(
            lambda: service.leave_partnership(
                person_id=town.person_id, member_id=member_id(town.person_id, MemberKind.NURSE), reason=REASON,
                actor=social_worker, now=utc_now(),
            )
        )  # fmt: skip

    assert closes("nurse", end)


def test_a_therapist_who_leaves_and_has_answered_what_they_were_asked(town, act, closes):
    therapist, social_worker = town.actors["occupational-therapist"], town.care.around.social_worker

    def end() -> None:
        act(
            equipment.move_referral_on, referral_id=town.ids["referral_id"], event=ReferralEvent.DECLINE, words=REASON,
            actor=therapist, now=utc_now(),
        )  # fmt: skip
        act(
            lambda: service.leave_partnership(
                person_id=town.person_id, member_id=member_id(town.person_id, MemberKind.OCCUPATIONAL_THERAPIST),
                reason=REASON, actor=social_worker, now=utc_now(),
            )
        )  # fmt: skip

    assert closes("occupational-therapist", end)


def test_whose_authority_ended(town, act, closes):
    def end() -> None:
        act(
            service.end_authority, person_id=town.person_id, authority_id=town.items["authorities"], reason=REASON,
            actor=town.care.around.social_worker, now=utc_now(),
        )  # fmt: skip

    assert closes("representative", end, page="/me")


def test_who_cares_no_longer(town, act, closes):
    def end() -> None:
        act(
            service.end_unpaid_carer, person_id=town.person_id, contact_id=town.items["carers"], reason=REASON,
            ends_on=local_date(utc_now()), actor=town.care.around.social_worker, now=utc_now(),
        )  # fmt: skip

    assert closes("unpaid-carer", end, page="/me")


def test_whose_visit_was_called_off(town, act, closes):
    def call_off() -> None:
        act(
            visits.cancel_visit, visit_id=town.ids["visit_id"], by=CancelledBy.PROVIDER, reason=REASON,
            actor=town.care.around.coordinator, now=at_local(local_date(utc_now()), time(0)),
        )  # fmt: skip

    assert closes("care-worker", call_off, page=f"/visits/{town.ids['visit_id']}")


def test_a_leaver_is_sent_to_sign_in(town, act, sign_in):
    browser = sign_in(town.actors["social-worker"])
    assert browser.get(f"/people/{town.person_id}").status_code == 200
    act(access.close_account, account_id=town.actors["social-worker"].account_id, now=utc_now())

    answer = browser.get(f"/people/{town.person_id}")
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")
    assert browser.get(f"/api/v1/people/{town.person_id}").status_code == 401


def test_a_trust_after_the_person_objects_on_her_own_page(town, client, sign_in):
    trust, address = system_for(client), f"Patient/{town.person_id}"
    assert trust.get(f"{address}/$everything").status_code == 200
    citizen = sign_in(town.actors["citizen"])
    answer = submit(citizen, "/me/sharing", {"words": "Not the hospital."}, to="/me/sharing/object")
    assert answer.status_code == 303

    assert [trust.get(a).status_code for a in (address, f"{address}/$everything", f"{address}/_history")] == [404] * 3
    assert trust.get(f"CarePlan?patient={town.person_id}").json.get("entry", []) == []
    assert submit(citizen, "/me/sharing", to="/me/sharing/share").status_code == 303
    assert trust.get(f"{address}/$everything").status_code == 200
