"""Minutes move and never appear or vanish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.hours.domain.figures import Moved, figures_of
from careplan.hours.domain.funding import Standing, contingency_share, share_of
from careplan.hours.domain.ledger import (
    ALLOWED,
    FLOWS,
    HELD,
    Account,
    Cause,
    Entry,
    Flow,
    Kind,
    NoSuchFlow,
    balances_of,
    checked,
    mirrored,
)
from careplan.hours.domain.view import PeriodState, state_of
from careplan.hours.domain.words import said, way
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import period_number
from tests.factories.hours import FIRST_DAY, NOW

IN_ORDER = sorted(ALLOWED, key=lambda f: (f.kind, f.source, f.target))
moves = st.lists(
    st.builds(
        Moved,
        st.sampled_from(IN_ORDER),
        st.sampled_from([None, 1, 2, 3, 4]),
        st.integers(1, 5000).map(Minutes),
    ),
    max_size=40,
)
some_minutes = st.integers(0, 2000).map(Minutes)


def entry(moved):
    return Entry(new_id(), new_id(), moved.flow, moved.minutes, Cause.VISIT, new_id(), 0, NOW, new_id())


class TestFlows:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_every_kind_moves_minutes_somewhere_and_has_words(self, kind):
        flows = [f for f in ALLOWED if f.kind is kind]

        assert flows
        assert all(said(f) and way(f) for f in flows)

    def test_only_what_the_table_has_is_allowed(self):
        with pytest.raises(NoSuchFlow):
            checked(Flow(Kind.DRAW, Account.CONTINGENCY, Account.DELIVERED))

    def test_each_can_be_taken_back(self):
        assert all(checked(mirrored(f)) for f in FLOWS)

    def test_three_accounts_are_held_at_nought_or_above(self):
        assert {Account.BANK, Account.RESERVED, Account.CONTINGENCY} == HELD


class TestBalancesOf:
    @given(moves)
    def test_come_to_nothing_in_all(self, made):
        assert sum(balances_of([entry(m) for m in made]).values()) == 0

    @given(moves)
    def test_do_not_depend_on_order(self, made):
        entries = [entry(m) for m in made]

        assert balances_of(entries) == balances_of(reversed(entries))


class TestFiguresOf:
    @given(moves)
    def test_left_is_what_bank_and_reserved_hold(self, made):
        held = balances_of([entry(m) for m in made])
        figures = figures_of(made)

        assert figures.left == held[Account.BANK] + held[Account.RESERVED]
        assert figures.free == held[Account.BANK]
        assert figures.delivered == held[Account.DELIVERED]
        assert figures.contingency_left == held[Account.CONTINGENCY]

    @given(moves)
    def test_weeks_add_up_to_the_whole(self, made):
        by_week = [figures_of(m for m in made if m.week == w) for w in (None, 1, 2, 3, 4)]

        assert sum(f.left for f in by_week) == figures_of(made).left
        assert sum(f.granted for f in by_week) == figures_of(made).granted


class TestShareOf:
    @given(some_minutes, some_minutes, some_minutes)
    def test_pays_every_minute_once(self, delivered, ahead, covered):
        standing = Standing(delivered, Minutes(0), Minutes(0), ahead, covered)
        share = share_of(standing)

        assert share.covered + share.from_bank == max(delivered - ahead, 0)
        assert share.covered <= covered


class TestContingencyShare:
    @pytest.mark.parametrize(
        ("minutes", "bank", "unfunded", "covered", "expected"),
        [
            (40, 60, 40, 0, (40, 0, 0)),
            (30, 50, 0, 0, (0, 30, 0)),
            (60, 20, 30, 0, (30, 20, 10)),
            (20, 0, 40, 30, (10, 0, 10)),
        ],
    )
    def test_covers_unfunded_then_the_banks_then_stands_beside(self, minutes, bank, unfunded, covered, expected):
        standing = Standing(Minutes(bank + unfunded), Minutes(bank), Minutes(unfunded), Minutes(0), Minutes(covered))
        share = contingency_share(Minutes(minutes), standing)

        assert (share.to_unfunded, share.instead_of_bank, share.beside) == expected


class TestStateOf:
    @pytest.mark.parametrize(
        ("days", "state"),
        [
            (-1, PeriodState.UPCOMING),
            (0, PeriodState.CURRENT),
            (27, PeriodState.CURRENT),
            (28, PeriodState.ENDED),
            (34, PeriodState.ENDED),
            (35, PeriodState.CLOSED),
        ],
    )
    def test_closes_seven_days_after_its_last_day(self, days, state):
        period = period_number(FIRST_DAY, 0)

        assert state_of(period, FIRST_DAY.fromordinal(FIRST_DAY.toordinal() + days)) is state
