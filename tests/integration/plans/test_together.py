"""Several at once, and what time brings."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import VersionState
from tests.factories.organisations import make_organisation
from tests.factories.plans import STATEMENT, make_agreed, make_proposed
from tests.factories.reviews import begin_next
from tests.pages import send_json


class TestSigningAtOnce:
    @pytest.fixture
    def proposed(self, around, session):
        version = make_proposed(around)
        session.commit()
        return version

    def test_the_last_of_three_opens_the_bank_whoever_it_is(self, around, proposed, session, sign_in):
        signers = (
            (around.social_worker, "council", "social_worker"),
            (around.coordinator, "provider", "provider"),
            (around.citizen, "person", "self"),
        )
        with ThreadPoolExecutor(3) as together:
            sent = [together.submit(_sign, sign_in(a), proposed, party, capacity) for a, party, capacity in signers]
        session.rollback()
        view = hours.get_bank_view(plan_id=proposed.plan_id, today=local_date(utc_now()))

        assert [s.result() for s in sent] == [201, 201, 201]
        assert queries.get_plan(plan_id=proposed.plan_id, at=utc_now()).in_force.number == 1
        assert view.granted == 3_600

    def test_one_party_signing_many_times_has_signed_once(self, around, proposed, session, sign_in):
        browsers = [sign_in(around.citizen) for _ in range(6)]
        with ThreadPoolExecutor(6) as together:
            sent = list(together.map(lambda b: _sign(b, proposed, "person", "self"), browsers))
        session.rollback()

        assert sorted(sent) == [201, 409, 409, 409, 409, 409]
        assert len(queries.get_version(plan_id=proposed.plan_id, number=1, at=utc_now()).agreements) == 1


def test_an_interim_plan_becomes_an_overdue_task_after_28_days_and_goes_on(around, session):
    interim = make_agreed(around, kind=PlanKind.INTERIM)
    people = access.select_related(actor=around.social_worker, kinds=[Kind.CASELOAD], now=utc_now())
    since = interim.in_force_from

    assert queries.list_overdue_interims(people=people, at=since + timedelta(days=27)) == []
    (overdue,) = queries.list_overdue_interims(people=people, at=since + timedelta(days=28))
    assert (overdue.plan_id, overdue.due_on) == (interim.plan_id, local_date(since + timedelta(days=28)))
    late = queries.get_version(plan_id=interim.plan_id, number=1, at=since + timedelta(days=60))
    assert late.state is VersionState.IN_FORCE


def test_a_provider_that_is_asked_no_longer_reads_the_plan_no_longer(around, session):
    first = make_proposed(around)
    other = make_organisation(name="Meadow Home Support")
    provider = {"organisation": str(other.id), "name": other.name}
    service.edit_plan(
        plan_id=first.plan_id,
        changes={"provider": provider},
        etag=first.etag,
        actor=around.social_worker,
        now=utc_now(),
    )
    service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())

    assert not _reads(around, around.provider)
    assert _reads(around, other)


def test_the_provider_that_gives_care_reads_on_while_another_is_asked(around, session):
    first = make_agreed(around)
    draft = begin_next(plan_id=first.plan_id, actor=around.social_worker)
    other = make_organisation(name="Meadow Home Support")
    changes = {"provider": {"organisation": str(other.id), "name": other.name}}
    service.edit_plan(
        plan_id=first.plan_id, changes=changes, etag=draft.etag, actor=around.social_worker, now=utc_now()
    )
    service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
    service.withdraw_proposal(plan_id=first.plan_id, reason="Not now", actor=around.social_worker, now=utc_now())

    assert _reads(around, around.provider)
    assert not _reads(around, other)


def _reads(around, organisation):
    return access.is_related(
        person_id=around.person_id, kind=Kind.PACKAGE, at=utc_now(), organisation_id=organisation.id
    )


def _sign(browser, version, party, capacity):
    body = {
        "id": str(new_id()),
        "party": party,
        "capacity": capacity,
        "content_hash": version.content_hash,
        "statement": STATEMENT,
    }
    return send_json(browser, f"/api/v1/plans/{version.plan_id}/versions/1/agreements", body).status_code
