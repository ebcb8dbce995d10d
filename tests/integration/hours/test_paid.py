"""Who paid for one visit's minutes, and which visits nobody has paid for yet."""

import pytest

from careplan.access.domain.actor import Role
from careplan.hours import queries, service
from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.domain.funding import Paid, Uncovered
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW
from tests.factories.organisations import make_account


def paid(story, *groups):
    return queries.find_paid(person_id=story.terms.person_id, group_ids=groups)


def uncovered(story):
    banks = queries.list_banks(plan_id=story.terms.plan_id, number=0)
    return queries.list_uncovered(bank_ids=[b.id for b in banks])


def draw(story, minutes, visit):
    request = DrawRequest(
        id=new_id(), circumstance="chest_infection", service="personal_care", exceptional="She could not stand",
        minutes=Minutes(minutes), visit_id=visit,
    )  # fmt: skip
    service.draw_contingency(
        person_id=story.terms.person_id, request=request, actor=make_account(Role.SOCIAL_WORKER), now=NOW
    )


class TestPaid:
    def test_the_bank_first_and_the_rest_nobody(self, story):
        story.open().deliver(3650, visit=(visit := new_id()))

        assert paid(story, visit) == Paid(Minutes(3600), Minutes(0), Minutes(0), Minutes(50))

    def test_contingency_takes_the_place_of_nobody(self, story):
        story.open().deliver(3650, visit=(visit := new_id()))
        draw(story, 30, visit)

        assert paid(story, visit) == Paid(Minutes(3600), Minutes(30), Minutes(0), Minutes(20))

    def test_a_visit_is_known_by_its_records_where_nobody_planned_it(self, story):
        story.open().deliver(40, record=(record := new_id()))

        assert paid(story, record, new_id()) == Paid(Minutes(40), Minutes(0), Minutes(0), Minutes(0))

    @pytest.mark.parametrize("planned", [False, True])
    def test_minutes_only_set_aside_are_not_paid(self, story, planned):
        visit = new_id()
        story.open()
        if planned:
            story.plan(60, visit=visit)

        assert paid(story, visit) is None

    def test_another_persons_visit_is_not_found(self, story):
        story.open().deliver(40, visit=(visit := new_id()))

        assert queries.find_paid(person_id=new_id(), group_ids=[visit]) is None


class TestUncovered:
    def test_lists_each_visit_with_its_day_and_minutes(self, story):
        story.open().deliver(3590, visit=new_id())
        story.deliver(30, visit=(short := new_id()))
        story.deliver(45, record=(loose := new_id()))

        found = uncovered(story)

        assert sorted(found, key=lambda u: u.minutes) == [
            Uncovered(short, FIRST_DAY, Minutes(20)), Uncovered(loose, FIRST_DAY, Minutes(45)),
        ]  # fmt: skip
        view = queries.get_bank_view(today=FIRST_DAY, plan_id=story.terms.plan_id)
        assert sum(u.minutes for u in found) == view.unfunded

    def test_what_contingency_pays_is_taken_off(self, story):
        story.open().deliver(3650, visit=(visit := new_id()))
        draw(story, 30, visit)

        assert uncovered(story) == [Uncovered(visit, FIRST_DAY, Minutes(20))]
