"""A representative who is suspended signs nothing, on paper neither, and stands in nobody's way."""

from datetime import timedelta

import pytest

from careplan.concerns import service
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries as people
from careplan.plans import service as plans
from careplan.plans.domain.agreement import Capacity, Channel
from careplan.plans.domain.state import Party
from careplan.plans.service.signing import NoRightToSign
from tests.factories.concerns import make_concern
from tests.factories.plans import find_lacking, make_around, make_proposed, make_representative, signature


@pytest.fixture
def version(session):
    around = make_around(now=utc_now() - timedelta(days=3))
    make_representative(around)
    proposed = make_proposed(around)
    find_lacking(proposed, around)
    return proposed, around


def sign_on_paper(proposed, around):
    authority = people.list_authorities(person_id=around.person_id)[0]
    return plans.agree_plan(
        plan_id=proposed.plan_id,
        number=proposed.number,
        signature=signature(
            proposed, Party.PERSON, Capacity.REPRESENTATIVE, channel=Channel.PAPER, authority_id=authority.id,
            agreed_on=local_date(utc_now()), witness_name="Ruth Adeyemi", witness_id=around.coordinator.account_id,
        ),
        actor=around.social_worker,
        now=utc_now(),
    )  # fmt: skip


def suspend(around):
    concern_id = make_concern(person_id=around.person_id, actor=around.social_worker)
    by = {"concern_id": concern_id, "actor": around.social_worker, "now": utc_now()}
    contact_id = people.list_authorities(person_id=around.person_id)[0].contact_id
    due_on = local_date(utc_now()) + timedelta(days=7)
    return by, service.suspend_contact(contact_id=contact_id, reason="She holds the purse.", due_on=due_on, **by)


def test_is_refused_while_it_lasts_and_taken_once_it_is_lifted(version):
    proposed, around = version
    by, step_id = suspend(around)
    with pytest.raises(NoRightToSign, match="cannot sign at present"):
        sign_on_paper(proposed, around)
    service.lift_suspension(step_id=step_id, words="There was nothing to it.", **by)

    assert Party.PERSON not in sign_on_paper(proposed, around).outstanding


def test_stands_as_suspended_where_it_says_who_may_sign(version, sign_in, session):
    proposed, around = version
    suspend(around)
    session.commit()

    page = sign_in(around.social_worker).get(f"/plans/{proposed.plan_id}/capacity").text

    assert "Suspended because of a concern. They can neither see the record nor sign until that is lifted." in page
    assert "May sign." not in page
