"""A bank opens with what the plan grants, and what happened is drawn from it."""

from dataclasses import replace
from datetime import date, timedelta

from careplan.hours import queries, service
from careplan.hours.domain.ledger import Account
from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.ids import new_id
from tests.factories.hours import FIRST_DAY, next_version, weekly


class TestOpenBank:
    def test_opens_with_3600_minutes_and_the_next_period_too(self, story):
        story.open()

        assert [story.view(n).granted for n in (0, 1)] == [3600, 3600]
        assert [w.granted for w in story.view().weeks] == [1200, 600, 1200, 600]
        assert story.view().contingency.left == 240

    def test_opening_twice_is_opening_once(self, story):
        story.open().open()

        assert story.view().granted == 3600

    def test_each_funder_has_a_bank_of_its_own(self, story):
        nhs = weekly(60, 60, 60, 60, funder=Funder.NHS_DELEGATED)
        story.open(next_version(story.terms, counts_from=FIRST_DAY, version_number=1, grants=story.terms.grants + nhs))
        drawn = story.deliver(300, funder=Funder.NHS_DELEGATED)

        assert (drawn.bank, drawn.unfunded) == (240, 60)
        assert {f.funder: f.left for f in story.view().funders} == {Funder.COUNCIL: 3600, Funder.NHS_DELEGATED: 0}

    def test_a_raise_posts_the_difference_for_the_weeks_that_remain(self, story):
        story.open()
        story.open(
            next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=8), grants=weekly(1300, 700, 1300, 700))
        )

        assert [w.granted for w in story.view().weeks] == [1200, 600, 1300, 700]
        assert story.view(1).granted == 4000

    def test_a_cut_takes_only_what_the_bank_still_holds(self, story):
        story.open()
        story.deliver(3500)
        cut = weekly(1200, 600, 1200, 300)
        story.open(next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=21), grants=cut))

        view = story.view()
        assert (view.granted, view.left, view.not_taken, view.unfunded) == (3500, 0, 200, 0)
        assert service.check_ledger() == []

    def test_a_cut_taken_up_again_is_not_cut_twice(self, story):
        story.open()
        story.deliver(3500)
        second = next_version(
            story.terms, counts_from=FIRST_DAY + timedelta(days=21), grants=weekly(1200, 600, 1200, 300)
        )
        story.open(second)
        story.open(second)
        story.open(
            next_version(second, counts_from=FIRST_DAY + timedelta(days=21), grants=weekly(1200, 600, 1200, 600))
        )

        assert (story.view().granted, story.view().left) == (3600, 100)

    def test_a_cut_half_taken_is_left_alone_by_a_later_version(self, story):
        story.open()
        story.deliver(3500)
        second = next_version(
            story.terms, counts_from=FIRST_DAY + timedelta(days=14), grants=weekly(1200, 600, 900, 600)
        )
        story.open(second)
        third = weekly(1200, 600, 900, 700)
        story.open(next_version(second, counts_from=FIRST_DAY + timedelta(days=21), grants=third))

        assert (story.view().granted, story.view().left, story.view().not_taken) == (3600, 100, 200)

    def test_a_funder_dropped_from_the_plan_grants_no_more(self, story):
        story.open()
        nhs = weekly(100, 100, 100, 100, funder=Funder.NHS_CONTINUING_HEALTHCARE)
        story.open(next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=14), grants=nhs))

        left = {f.funder: f.left for f in story.view().funders}
        assert left == {Funder.COUNCIL: 1800, Funder.NHS_CONTINUING_HEALTHCARE: 200}
        assert story.view(1).granted == 400

    def test_contingency_follows_the_version(self, story):
        story.open()
        story.open(next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=7), contingency=None))

        assert (story.view().contingency.left, story.view().contingency.circumstances) == (240 - 240, ())


class TestEnsurePeriod:
    def test_opens_a_later_period_by_the_terms_that_hold_then(self, story):
        story.open()
        story.open(next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=70), grants=weekly(7, 7, 7, 7)))
        day = FIRST_DAY + timedelta(days=28 * 4)
        service.ensure_period(plan_id=story.terms.plan_id, day=day, actor=story.actor, now=story.now)

        assert [story.view(n).granted for n in (0, 1, 2, 4)] == [3600, 3600, 1200 + 600 + 14, 28]

    def test_due_periods_open_by_themselves(self, story, session):
        story.open()
        later = story.now + timedelta(days=28 * 5)

        assert (service.open_due_periods(now=later), service.open_due_periods(now=later)) == (1, 0)
        assert [story.view(n).granted for n in (5, 6)] == [3600, 3600]


class TestDrawForRecord:
    def test_what_outruns_the_bank_is_kept_whole_and_stands_unfunded(self, story):
        story.open()
        story.deliver(3580)
        drawn = story.deliver(45)

        assert (drawn.bank, drawn.unfunded) == (20, 25)
        view = story.view()
        assert (view.left, view.unfunded, view.delivered, view.contingency.left) == (0, 25, 3625, 240)

    def test_the_same_record_draws_once(self, story):
        story.open()
        record = new_id()
        first, second = story.deliver(45, record=record), story.deliver(45, record=record)

        assert first == second
        assert story.view().delivered == 45

    def test_a_visit_that_was_planned_uses_what_was_set_aside(self, story):
        story.open()
        visit = new_id()
        story.plan(60, visit=visit)
        assert (story.view().planned, story.view().free, story.view().left) == (60, 3540, 3600)
        story.deliver(45, visit=visit)

        assert (story.view().planned, story.view().left, story.view().weeks[0].delivered) == (0, 3555, 45)

    def test_two_workers_each_use_their_share(self, story):
        story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))
        visit = new_id()
        story.plan(60, visit=visit)
        first = story.deliver(30, visit=visit, releases=30)
        stranger = story.deliver(30)
        second = story.deliver(30, visit=visit, releases=30)

        assert [first.bank, stranger.unfunded, second.bank] == [30, 30, 30]
        assert service.check_ledger() == []

    def test_a_record_sent_again_does_not_use_another_workers_share(self, story):
        story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))
        visit, record = new_id(), new_id()
        story.plan(60, visit=visit)
        for _ in range(2):
            story.deliver(30, visit=visit, record=record, releases=30)

        assert story.view().planned == 30

    def test_a_record_taken_back_and_drawn_again_counts_once(self, story):
        story.open()
        record = new_id()
        story.deliver(45, record=record)
        story.take_back(record)
        again = story.deliver(50, record=record)

        assert (again.bank, story.view().delivered) == (50, 50)
        assert service.check_ledger() == []

    def test_planned_minutes_of_other_visits_are_not_touched(self, story):
        story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))
        story.plan(60)

        assert story.deliver(45).unfunded == 45

    def test_minutes_that_come_back_pay_for_what_stood_unfunded(self, story):
        story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))
        visit, record = new_id(), new_id()
        story.plan(60, visit=visit)
        story.deliver(45, record=record)
        service.release_visit(visit_id=visit, actor=story.actor, now=story.now)

        assert service.drawn_by(record_id=record) == service.Drawn(bank=45, contingency=0, unfunded=0)
        assert (story.view().left, story.view().unfunded) == (15, 0)
        assert service.check_ledger() == []

    def test_a_day_before_the_service_is_kept_and_stands_unfunded(self, story):
        story.open()

        assert story.deliver(45, on=FIRST_DAY - timedelta(days=1)).unfunded == 45
        assert story.view().delivered == 0

    def test_a_visit_without_any_agreed_hours_is_kept_and_stands_unfunded(self, story):
        assert story.deliver(45).unfunded == 45
        assert service.check_ledger() == []

    def test_a_funder_that_grants_nothing_stands_unfunded(self, story):
        story.open()

        assert story.deliver(45, funder=Funder.SECTION_117).unfunded == 45

    def test_a_late_record_posts_to_the_period_of_its_day(self, story):
        story.open()
        story.deliver(45, on=date(2026, 12, 6))
        story.deliver(30, on=date(2026, 12, 7))

        assert [story.view(n).delivered for n in (0, 1)] == [45, 30]
        assert story.view().weeks[3].delivered == 45


class TestReverseRecord:
    def test_gives_the_bank_its_minutes_back_and_names_what_it_reverses(self, story):
        story.open()
        record = new_id()
        story.deliver(45, record=record)

        assert story.take_back(record)
        assert not story.take_back(record)
        assert (story.view().left, story.view().delivered) == (3600, 0)
        lines = queries.list_entries(person_id=story.terms.person_id, number=0)
        assert lines[-1].entry.reverses == lines[-2].entry.id

    def test_is_nothing_for_a_record_never_drawn(self, story):
        assert not story.take_back(new_id())


class TestReserveVisit:
    def test_beyond_what_is_free_is_kept_unreserved(self, story):
        story.open()
        story.plan(3590)
        planned = story.plan(45)

        assert (planned.reserved, planned.unreserved) == (10, 35)
        assert (story.view().planned, story.view().unreserved, story.view().free) == (3635, 35, 0)

    def test_the_same_again_changes_nothing(self, story):
        story.open()
        visit = new_id()

        assert story.plan(45, visit=visit) == story.plan(45, visit=visit)
        assert story.view().planned == 45

    def test_moved_to_another_period_it_is_set_aside_there(self, story):
        story.open()
        visit = new_id()
        story.plan(45, visit=visit)
        story.plan(30, visit=visit, on=FIRST_DAY + timedelta(days=30))

        assert [story.view(n).planned for n in (0, 1)] == [0, 30]
        assert service.check_ledger() == []

    def test_a_visit_released_and_planned_again_is_set_aside_again(self, story):
        story.open()
        visit = new_id()
        story.plan(45, visit=visit)
        service.release_visit(visit_id=visit, actor=story.actor, now=story.now)

        assert story.plan(45, visit=visit).reserved == 45

    def test_a_visit_already_delivered_is_past_planning(self, story):
        story.open()
        visit = new_id()
        story.deliver(45, visit=visit)

        assert story.plan(45, visit=visit).reserved == 0
        assert story.view().planned == 0


def test_every_account_is_cached_as_its_entries_fold(story):
    story.open()
    story.plan(100)
    story.deliver(3600)
    bank = queries.list_banks(plan_id=story.terms.plan_id, number=0)[0]
    held = queries.balances(bank_id=bank.id)

    assert {a: m for a, m in held.items() if m} == {
        Account.SOURCE: -3840,
        Account.RESERVED: 100,
        Account.CONTINGENCY: 240,
        Account.DELIVERED: 3600,
        Account.UNFUNDED: -100,
    }


def test_hours_that_two_fund_together_show_each_part_to_the_minute(story):
    (grant,) = weekly(60, 45, 60, 45, funder=Funder.JOINT)
    joint = replace(grant, parts=Parts(33, 67))
    story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=(joint,)))
    story.deliver(50)
    (together,) = story.view().funders

    assert [(s.percent, s.granted, s.delivered, s.left) for s in together.shares] == [
        (33, 69, 17, 53), (67, 141, 33, 107),
    ]  # fmt: skip
