"""A community organisation is asked with the person's yes; person, social worker and coordinator see what follows."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.carers import service as carers
from careplan.carers.domain.consent import Matter
from careplan.community import queries
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.notices import queries as notices
from careplan.notices.domain.notice import NoticeKind
from tests.factories.carers import make_carer, make_carer_plan, make_eligible
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.visits import make_care
from tests.pages import submit

KIND = NoticeKind.COMMUNITY


@pytest.fixture
def care(session):
    found = make_care(also_done=["community", "unpaid_carer"])
    session.commit()
    return found


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def told(actor):
    return [n.words for n in notices.list_notices(actor=actor, now=utc_now(), limit=20) if n.kind is KIND]


def test_from_the_plan_to_what_came_of_it(care, session, sign_in):
    around, today = care.around, local_date(utc_now())
    worker, coordinator, citizen = (sign_in(a) for a in (around.social_worker, around.coordinator, around.citizen))
    action = next(a for a in care.version.content.actions if a.by.value == "community")
    listed = f"/people/{care.person_id}/community"
    assert "Nobody has been asked yet." in worker.get(listed).text

    asking = f"{listed}/{action.id}/new"
    refused = submit(worker, asking, {"organisation": "Larch Hill choir", **day("made_on", today)})
    assert (refused.status_code, "Write how the person said yes" in refused.text) == (422, True)
    assert "Larch Hill choir" in refused.text
    said = {
        "id": str(new_id()), "organisation": "Larch Hill choir", "yes_words": "I used to sing alto.",
        **day("made_on", today - timedelta(days=3)),
    }  # fmt: skip
    for _ in range(2):
        assert submit(worker, asking, said).status_code == 303
    session.rollback()
    (referral,) = queries.list_referrals(person_id=care.person_id)
    assert "Waits for their answer" in citizen.get("/me/community").text

    one = f"{listed}/referrals/{referral.id}"
    wrong = submit(coordinator, one, {"event": "declined", "words": "", **day("on", today)})
    assert (wrong.status_code, "Write why they said no." in wrong.text) == (422, True)
    for event in ("accepted", "started", "attended", "attended", "ended"):
        words = "She leads the altos now." if event == "ended" else ""
        assert submit(coordinator, one, {"event": event, "words": words, **day("on", today)}).status_code == 303
    late = coordinator.get(one).text
    assert "What happened?" not in late
    shown = citizen.get("/me/community").text
    assert "She leads the altos now." in shown
    assert "Went 2 times" in worker.get(listed).text

    assert told(around.citizen)[-1].startswith(around.social_worker.name)
    assert any("it ended" in words for words in told(around.social_worker))
    assert len(told(around.coordinator)) == 1


def test_tells_what_the_family_does_and_breaks_only_to_whom_the_carer_lets_see(care, session, sign_in):
    ann, worker, now = make_account(Role.UNPAID_CARER, name="Ann Hall"), care.around.social_worker, utc_now()
    contact_id = make_contact(person_id=care.person_id, actor=worker, account=ann, name="Ann Hall")
    carer = make_carer(person_id=care.person_id, contact_id=contact_id, actor=worker, now=now)
    make_eligible(carer, actor=worker, now=now)
    plan = make_carer_plan(carer, actor=worker, now=now)
    carers.agree_as_carer(carer_id=carer.id, shown_hash=plan.content.hash, actor=ann, now=now)
    session.commit()
    citizen, coordinator = sign_in(care.around.citizen), sign_in(care.around.coordinator)
    listed = f"/people/{care.person_id}/community"

    for browser, address in ((citizen, "/me/community"), (coordinator, listed)):
        page = browser.get(address).text
        assert ("The choir" in page, "respitebreak" in page) == (True, False)
    assert "respitebreak" in sign_in(worker).get(listed).text

    carers.choose_sharing(carer_id=carer.id, chosen=frozenset({Matter.PERSON}), actor=ann, now=utc_now())
    session.commit()
    assert "respitebreak" in citizen.get("/me/community").text
    assert "respitebreak" not in coordinator.get(listed).text
    assert sign_in(care.joy).get(listed).status_code == 404
