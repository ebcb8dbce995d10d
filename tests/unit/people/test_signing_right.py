"""Who may sign care in a person's place, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.clock import end_of_day, start_of_day
from careplan.kernel.ids import new_id
from careplan.people.domain.authority import (
    Authority,
    AuthorityKind,
    CapacityFinding,
    Refusal,
    RegistrationNotYet,
    check_registration,
    may_sign_care,
)
from careplan.people.domain.retraction import Retraction

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DECISION = "agree-plan-version-4"
PERSON = new_id()
ATTORNEY = Authority(
    id=new_id(),
    person_id=PERSON,
    contact_id=new_id(),
    kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY,
    starts_on=date(2020, 1, 1),
    registration_seen_on=date(2024, 5, 2),
    registration_seen_by=new_id(),
)
FINDING = CapacityFinding(PERSON, DECISION, lacks_capacity=True, decided_on=date(2026, 11, 18), assessor="Priya Nair")


def _answer(authority=ATTORNEY, finding=FINDING, decision=DECISION, at=AT):
    return may_sign_care(authority=authority, finding=finding, decision=decision, at=at)


class TestMaySignCare:
    def test_allows_a_health_and_welfare_attorney_when_the_person_cannot_decide_this(self):
        assert _answer().allowed

    def test_allows_a_welfare_deputy(self):
        assert _answer(replace(ATTORNEY, kind=AuthorityKind.WELFARE_DEPUTY, scope="Care and where to live")).allowed

    @pytest.mark.parametrize(
        "kind", [AuthorityKind.PROPERTY_ATTORNEY, AuthorityKind.PROPERTY_DEPUTY, AuthorityKind.APPOINTEE]
    )
    def test_refuses_those_whose_authority_is_about_money_and_says_so(self, kind):
        answer = _answer(replace(ATTORNEY, kind=kind))

        assert (answer.allowed, answer.refusal) == (False, Refusal.WRONG_KIND)
        assert "cannot agree care" in answer.words

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"leaves_out_care": True}, Refusal.OUT_OF_SCOPE),
            ({"registration_seen_on": None}, Refusal.REGISTRATION_NOT_SEEN),
            ({"registration_seen_on": date(2026, 11, 21)}, Refusal.REGISTRATION_NOT_SEEN),
            ({"starts_on": date(2026, 11, 21)}, Refusal.NOT_IN_FORCE),
            ({"ends_on": date(2026, 11, 19)}, Refusal.NOT_IN_FORCE),
            ({"ended_at": AT}, Refusal.NOT_IN_FORCE),
            ({"retraction": Retraction(AT, new_id(), "Another person's paper")}, Refusal.NOT_IN_FORCE),
        ],
    )
    def test_refuses_what_is_not_whole(self, change, refusal):
        assert _answer(replace(ATTORNEY, **change)).refusal is refusal

    @pytest.mark.parametrize(
        ("finding", "refusal"),
        [
            (None, Refusal.NO_FINDING),
            (replace(FINDING, person_id=new_id()), Refusal.NO_FINDING),
            (replace(FINDING, decision="agree-plan-version-3"), Refusal.OTHER_DECISION),
            (replace(FINDING, decided_on=date(2026, 11, 21)), Refusal.OTHER_DECISION),
            (replace(FINDING, lacks_capacity=False), Refusal.HAS_CAPACITY),
        ],
    )
    def test_needs_a_finding_for_this_very_decision(self, finding, refusal):
        assert _answer(finding=finding).refusal is refusal

    def test_counts_the_first_and_the_last_day_in_by_londons_clocks(self):
        last_of_summer = date(2026, 10, 25)
        authority = replace(ATTORNEY, starts_on=last_of_summer, ends_on=last_of_summer)
        finding = replace(FINDING, decided_on=date(2026, 10, 1))
        first, after = start_of_day(last_of_summer), end_of_day(last_of_summer)
        moments = [first - timedelta(seconds=1), first, after - timedelta(seconds=1), after]

        assert [_answer(authority, finding, at=at).allowed for at in moments] == [False, True, True, False]


@given(
    starts_on=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    length=st.none() | st.integers(0, 4000),
    on=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
)
def test_an_authority_signs_on_exactly_the_days_it_names(starts_on, length, on):
    ends_on = None if length is None else starts_on + timedelta(days=length)
    authority = replace(ATTORNEY, starts_on=starts_on, ends_on=ends_on, registration_seen_on=date(2014, 1, 1))
    finding = replace(FINDING, decided_on=on)

    allowed = _answer(authority, finding, at=start_of_day(on) + timedelta(hours=12)).allowed

    assert allowed == (starts_on <= on and (ends_on is None or on <= ends_on))


def test_a_registration_cannot_be_seen_on_a_day_that_has_not_come():
    check_registration(seen_on=None, today=date(2026, 11, 20))
    check_registration(seen_on=date(2026, 11, 20), today=date(2026, 11, 20))
    with pytest.raises(RegistrationNotYet, match="in the future"):
        check_registration(seen_on=date(2026, 11, 21), today=date(2026, 11, 20))
