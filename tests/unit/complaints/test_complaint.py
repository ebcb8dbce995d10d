"""How a complaint stands, and who may see it of those who may read complaints."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.complaints.domain.complaint import About, Answer, Complaint, FollowUp, State, reference_of

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DUE = date(2026, 6, 15)
HARBOUR, MEADOW = uuid4(), uuid4()


def complaint(about: About = About.CARE, provider_id: UUID | None = None) -> Complaint:
    return Complaint(
        uuid4(), uuid4(), "K7QF-2M9X", about, "Shoes on my carpet.", None, DUE, NOW, uuid4(), provider_id=provider_id
    )


class TestState:
    def test_is_overdue_from_the_day_after(self):
        states = [complaint().state(DUE + timedelta(days=n)) for n in (-1, 0, 1)]

        assert states == [State.WAITING, State.WAITING, State.OVERDUE]

    def test_is_answered_whenever_that_was(self):
        answered = replace(complaint(), answer=Answer("Sorry.", FollowUp.APOLOGY, NOW, uuid4()))

        assert answered.state(DUE + timedelta(days=9)) is State.ANSWERED


class TestIsFor:
    @pytest.mark.parametrize(
        ("about", "provider_id", "seen"),
        [
            (About.VISIT, HARBOUR, True),
            (About.VISIT, MEADOW, False),
            (About.CARE, None, True),
            (About.PLAN, None, False),
            (About.MONEY, None, False),
            (About.OTHER, None, False),
        ],
    )
    def test_a_provider_sees_what_is_about_its_own_care(self, about, provider_id, seen):
        coordinator = Actor(uuid4(), "Sam", Role.PROVIDER_COORDINATOR, HARBOUR)

        assert complaint(about, provider_id).is_for(coordinator) is seen

    def test_the_council_sees_them_all(self):
        worker = Actor(uuid4(), "Priya", Role.SOCIAL_WORKER, uuid4())

        assert all(complaint(about, MEADOW).is_for(worker) for about in About)


class TestReferenceOf:
    def test_is_short_enough_to_say_and_another_for_each(self):
        made = {reference_of(uuid4()) for _ in range(1000)}

        assert len(made) == 1000
        assert all(len(r) == 9 and r[4] == "-" and r.replace("-", "").isalnum() for r in made)
