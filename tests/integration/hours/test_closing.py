"""Seven days after its last day a period closes: what is left is carried on or ends, and a statement says so."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from careplan.hours import service
from careplan.hours.domain.closing import AtEnd, at_end
from careplan.hours.domain.terms import CarryOver, CarryOverRule, Funder
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW, Story, next_version, weekly

CLOSES = NOW.replace(month=12, day=14)  # the first period ends on 6 December; a week for what comes late
NEXT_CLOSES = CLOSES + timedelta(days=28)


@pytest.fixture
def opened(story):
    def open_with(rule=CarryOverRule.NONE, cap=0, grants=None):
        changes = {"grants": grants} if grants else {}
        return story.open(
            next_version(
                story.terms, version_number=1, counts_from=FIRST_DAY, carry_over=CarryOver(rule, cap), **changes
            )
        )

    return open_with


def close(story, now=CLOSES) -> int:
    story.now = now
    closed = 0
    while done := service.close_due_periods(now=now):
        closed += done
    return closed


def statements(session):
    query = "SELECT h.period_number, s.version, s.from_bank, s.expired, s.carried_in, s.carried_out, s.unfunded"
    found = session.execute(
        text(f"{query} FROM hour_statement s JOIN hour_bank h ON h.id = s.bank_id ORDER BY 1, h.funder, 2")
    )
    return [tuple(row) for row in found]


class TestClosePeriods:
    def test_waits_until_seven_days_after_the_last_day_have_passed(self, opened):
        story = opened()

        assert (close(story, CLOSES - timedelta(days=1)), close(story, CLOSES)) == (0, 1)

    def test_what_is_left_ends_unless_the_plan_says_otherwise(self, opened, session):
        story = opened()
        story.deliver(3000)
        close(story)

        assert statements(session) == [(0, 1, 3000, 600, 0, 0, 0)]
        assert (story.view().left, story.view(1).left, story.view().statement) == (0, 3600, 1)
        assert service.check_ledger() == []

    def test_closing_twice_is_closing_once(self, opened, session):
        story = opened()
        close(story)
        before = session.scalar(text("SELECT count(*) FROM hour_entry"))

        assert close(story) == 0
        assert session.scalar(text("SELECT count(*) FROM hour_entry")) == before

    def test_carries_up_to_a_cap_in_minutes(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        story.deliver(3000)
        close(story)

        assert (story.view().carried_out, story.view().expired, story.view(1).carried_in) == (240, 360, 240)
        assert story.view(1).left == 3840
        assert service.check_ledger() == []

    def test_carries_up_to_a_percentage_of_what_was_granted(self, opened):
        story = opened(CarryOverRule.PERCENT, 10)
        close(story)

        assert (story.view().carried_out, story.view().expired) == (360, 3240)

    def test_what_was_carried_in_is_used_first_and_not_carried_a_second_time(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        close(story)
        story.deliver(100, on=FIRST_DAY + timedelta(days=28))
        story.deliver(3500, on=FIRST_DAY + timedelta(days=29))
        close(story, NEXT_CLOSES)

        assert (story.view(1).left, story.view(1).carried_out, story.view(1).expired) == (0, 240, 0)

    def test_what_remains_of_carried_minutes_ends_with_the_next_period(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        close(story)
        story.deliver(100, on=FIRST_DAY + timedelta(days=28))

        assert story.view(1).expiring == 3600 + 140 - 240
        close(story, NEXT_CLOSES)
        assert (story.view(1).carried_out, story.view(1).expired) == (240, 3500)

    def test_minutes_planned_and_never_used_come_back_first(self, opened):
        story = opened(CarryOverRule.MINUTES, 9999)
        story.plan(300)
        close(story)

        assert (story.view().carried_out, story.view().planned) == (3600, 0)
        assert service.check_ledger() == []

    def test_each_funder_closes_by_itself(self, opened, session):
        nhs = weekly(60, 60, 60, 60, funder=Funder.NHS_DELEGATED)
        story = opened(CarryOverRule.MINUTES, 100, weekly(10, 10, 10, 10) + nhs)

        assert close(story) == 2
        assert statements(session) == [(0, 1, 0, 0, 0, 40, 0), (0, 1, 0, 140, 0, 100, 0)]

    def test_nothing_is_carried_beyond_the_end_of_the_service(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        service.end_service(
            plan_id=story.terms.plan_id, person_id=story.terms.person_id, last_day=date(2026, 12, 6),
            actor=story.actor, now=story.now,
        )  # fmt: skip
        close(story)

        assert story.view().left == 0


class TestAtEnd:
    @pytest.mark.parametrize(
        ("rule", "cap", "used", "kept"),
        [
            (CarryOverRule.NONE, 0, 0, 0), (CarryOverRule.MINUTES, 200, 150, 0), (CarryOverRule.PERCENT, 7, 20, 90),
            (CarryOverRule.MINUTES, 9999, 0, 120), (CarryOverRule.PERCENT, 33, 3800, 250),
        ],
    )  # fmt: skip
    def test_the_database_ends_periods_as_the_rule_says(self, opened, rule, cap, used, kept):
        story = opened(rule, cap)
        if kept:
            service.earmark(
                earmark_id=new_id(), person_id=story.terms.person_id, minutes=Minutes(kept), need="Her operation",
                until=date(2026, 12, 20), actor=story.actor, now=story.now,
            )  # fmt: skip
        close(story)
        first = story.view()
        if used:
            story.deliver(used, on=FIRST_DAY + timedelta(days=30))
        before = story.view(1)
        said = at_end(
            AtEnd(
                before.granted, before.carried_in, Minutes(min(kept, first.carried_out)), before.delivered_from_bank,
                before.left, Minutes(0),
            ),
            CarryOver(rule, cap),
        )  # fmt: skip
        close(story, NEXT_CLOSES)

        assert (story.view(1).carried_out, story.view(1).expired) == (said.carried, said.expired)


class TestTogether:
    def test_two_who_close_at_once_close_once(self, opened, commit, at_once, session):
        story = opened(CarryOverRule.MINUTES, 240)
        commit()
        at_once(4, lambda _: service.close_due_periods(now=CLOSES))

        assert statements(session) == [(0, 1, 0, 3360, 0, 240, 0)]
        assert (story.view(1).carried_in, service.check_ledger()) == (240, [])

    def test_a_visit_that_comes_while_the_period_closes_is_stated(self, opened, commit, at_once, session):
        story = opened(CarryOverRule.MINUTES, 240)
        commit()
        late = Story(story.terms, now=CLOSES)
        at_once(6, lambda k: late.deliver(100 + k) if k else service.close_due_periods(now=CLOSES))

        assert (story.view().delivered_from_bank, story.view().carried_out) == (515, 240)
        assert (story.view(1).carried_in, service.check_ledger()) == (240, [])

    def test_stopped_between_two_chunks_it_goes_on_where_it_was(self, opened, session):
        nhs = weekly(60, 60, 60, 60, funder=Funder.NHS_DELEGATED)
        opened(CarryOverRule.NONE, 0, weekly(10, 10, 10, 10) + nhs)

        assert [service.close_due_periods(now=CLOSES, at_once=1) for _ in range(3)] == [1, 1, 0]


class TestOrder:
    def test_the_bank_pays_for_visits_in_the_order_of_their_start(self, opened, session):
        story = opened(grants=weekly(600, 0, 0, 0))
        late = story.deliver(400, on=FIRST_DAY + timedelta(days=5))
        early = story.deliver(400, visit=(visit := new_id()), on=FIRST_DAY)
        close(story)

        assert (late.bank, early.bank) == (400, 200)
        paid = service.drawn_by(record_id=_record_of(session, visit))
        assert (paid.bank, paid.unfunded) == (400, 0)
        assert statements(session)[0][:4] == (0, 1, 600, 0)
        assert service.check_ledger() == []


class TestLateVisit:
    def test_a_late_visit_restates_its_period_and_what_it_carried_on(self, opened, session):
        story = opened(CarryOverRule.MINUTES, 240)
        story.deliver(3000)
        close(story)
        drawn = story.deliver(500, on=FIRST_DAY + timedelta(days=3))

        assert (drawn.bank, drawn.unfunded) == (500, 0)
        assert statements(session) == [(0, 1, 3000, 360, 0, 240, 0), (0, 2, 3500, 0, 0, 100, 0)]
        assert (story.view(1).carried_in, story.view(1).left, story.view().statement) == (100, 3700, 2)
        assert service.check_ledger() == []

    def test_arriving_twice_changes_nothing(self, opened, session):
        story = opened(CarryOverRule.MINUTES, 240)
        close(story)
        record = new_id()
        first = story.deliver(3500, record=record)
        entries = session.scalar(text("SELECT count(*) FROM hour_entry"))

        assert story.deliver(3500, record=record) == first
        assert session.scalar(text("SELECT count(*) FROM hour_entry")) == entries
        assert [s[1] for s in statements(session)] == [1, 2]

    def test_takes_from_the_next_period_only_what_it_still_holds(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        close(story)
        story.deliver(3800, on=FIRST_DAY + timedelta(days=28))
        story.deliver(3600)

        assert (story.view(1).carried_in, story.view(1).left, story.view(1).not_taken) == (200, 0, 200)
        assert (story.view(1).unfunded, story.view().carried_out) == (0, 0)
        assert service.check_ledger() == []

    def test_restates_the_next_period_too_where_that_is_closed(self, opened, session):
        story = opened(CarryOverRule.MINUTES, 240)
        close(story)
        close(story, NEXT_CLOSES)
        story.deliver(3500)

        assert [(s[0], s[1]) for s in statements(session)] == [(0, 1), (0, 2), (1, 1), (1, 2)]
        assert (story.view(1).carried_in, story.view(1).expired) == (100, 3460)
        assert service.check_ledger() == []

    def test_a_record_taken_back_after_the_close_restates_too(self, opened):
        story = opened(CarryOverRule.MINUTES, 240)
        record = new_id()
        story.deliver(3600, record=record)
        close(story)
        story.take_back(record)

        assert (story.view().carried_out, story.view().expired, story.view(1).carried_in) == (240, 3360, 240)
        assert service.check_ledger() == []


def _record_of(session, visit):
    return session.scalar(text("SELECT record_id FROM hour_delivery WHERE visit_id = :visit"), {"visit": visit})
