"""The simulator: the live model is the same code, and putting items together changes no line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.money import Pence
from careplan.payments.domain.lines import lines_of, measured_items, pay_lines, total
from careplan.payments.domain.pay_model import Model, RateName
from careplan.payments.domain.simulating import gathered, in_all, simulate
from careplan.payments.domain.terms import Rate
from tests.factories.money import HAROLD, MARGARET, PERIOD, days_after, make_contract, make_visit

VISITS = st.lists(
    st.builds(
        lambda planned, actual, day, who, week: make_visit(
            planned=planned, actual=actual, day=days_after(PERIOD.starts_on, day), person_id=who, service_week=week
        ),
        st.integers(5, 240), st.integers(0, 240), st.integers(0, 27), st.sampled_from([MARGARET, HAROLD]),
        st.integers(1, 12),
    ),
    max_size=20,
)  # fmt: skip


def simulated(contracts, visits):
    return simulate(contracts, visits, span=PERIOD, holidays=frozenset({PERIOD.starts_on}), levels={})


@given(VISITS)
@pytest.mark.parametrize("model", Model)
def test_the_live_sum_is_that_of_the_pay_run_and_of_its_own_model(model, visits):
    contract = make_contract(model)
    (found,) = simulated([contract], visits)
    paid = total(pay_lines(contract, visits, span=PERIOD, holidays=frozenset({PERIOD.starts_on})))

    assert found.live == paid == found.by_model[model]


@given(VISITS, st.integers(0, 27))
@pytest.mark.parametrize("model", [m for m in Model if m is not Model.BLOCK])
def test_lines_of_items_put_together_are_the_same_across_a_change_of_rate(model, visits, change):
    contract = make_contract(model)
    later = tuple(Rate(r.name, Pence(r.pence + 7), days_after(PERIOD.starts_on, change)) for r in contract.rates)
    contract = replace(contract, rates=contract.rates + later)
    items = measured_items(contract, visits, frozenset())
    apart, together = (lines_of(contract, i, span=PERIOD) for i in (items, gathered(contract, items)))

    assert [(x.key, x.minutes, x.pence) for x in apart] == [(x.key, x.minutes, x.pence) for x in together]


def test_what_a_contract_has_no_rate_for_is_tried_at_the_usual_one():
    contract = make_contract(all_rates=(Rate(RateName.PILOT, Pence(3000), date(2020, 1, 1)),))
    (found,) = simulated([contract], [make_visit()])

    assert (found.by_model[Model.ROTA], found.by_model[Model.INVOICED]) == (3000, 2235)


def test_block_lines_stand_in_every_sum():
    block, hourly = make_contract(Model.BLOCK), make_contract(Model.ACTUAL)
    (both,) = simulated([block, hourly], [make_visit()])
    (alone,) = simulated([hourly], [make_visit()])
    paid = total(pay_lines(block, [], span=PERIOD, holidays=frozenset()))

    assert both.live - alone.live == both.by_model[Model.ROTA] - alone.by_model[Model.ROTA] == paid


def test_all_providers_together_are_the_sum_of_each():
    first, second = make_contract(), make_contract(Model.ROTA, provider_id=HAROLD)
    found = simulated([first, second], [make_visit(actual=30), make_visit(provider_id=HAROLD)])
    live, by_model = in_all(found)

    assert live == sum(s.live for s in found) == 1225 + 2450
    assert by_model[Model.ACTUAL] == 1225 + 2450
