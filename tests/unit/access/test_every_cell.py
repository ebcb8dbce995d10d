"""Role × relationship × section × action: every decision against the grid drawn by hand, and every slip is noticed."""

import pytest

from careplan.access.domain import policy
from careplan.access.domain.policy import RULES, Rule, kinds_that_allow, role_alone_allows
from tests.oracles.who_may import ALLOWED, EVERY_CELL, Cell


def is_allowed(cell: Cell) -> bool:
    """What the policy decides for a cell."""
    role, kind, section, action = cell
    if kind is None:
        return role_alone_allows(role=role, section=section, action=action)
    return kind in kinds_that_allow(role=role, section=section, action=action)


def differs(cell: Cell) -> bool:
    """Whether the policy decides a cell otherwise than the grid."""
    return is_allowed(cell) != (cell in ALLOWED)


def test_there_are_more_than_ten_thousand_cells():
    assert len(EVERY_CELL) > 10_000


def test_every_cell_is_as_drawn():
    assert [cell for cell in EVERY_CELL if differs(cell)] == []


class TestSlips:
    """The decisions above are looked at with one rule too few or too many; each time a cell must differ."""

    @pytest.fixture
    def with_rules(self, monkeypatch):
        return lambda rules: monkeypatch.setattr(policy, "RULES", rules)

    def test_a_rule_that_is_lost_is_noticed(self, with_rules):
        unnoticed = []
        for rule in RULES:
            with_rules(RULES - {rule})
            if not differs(_cell(rule)):
                unnoticed.append(rule)

        assert unnoticed == []

    def test_a_rule_that_slips_in_is_noticed(self, with_rules):
        unnoticed = []
        for rule in (Rule(*cell) for cell in EVERY_CELL):
            if rule in RULES:
                continue
            with_rules(RULES | {rule})
            if not differs(_cell(rule)):
                unnoticed.append(rule)

        assert unnoticed == []


def _cell(rule: Rule) -> Cell:
    return rule.role, rule.kind, rule.section, rule.action
