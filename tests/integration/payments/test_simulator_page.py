"""The simulator's page: every model beside what is paid, the live sum that of the run."""

import pytest

from careplan.access.domain.actor import Role
from careplan.payments.domain.pay_model import Model
from careplan.payments.queries import runs, simulations
from careplan.payments.service import paying
from tests.factories.organisations import make_account
from tests.factories.payments import AFTER, SPAN, make_done, make_kept_contract, make_money_care


@pytest.fixture
def run_id(session):
    care, officer = make_money_care(), make_account(Role.FINANCE_OFFICER)
    make_kept_contract(care.around.provider.id, actor=officer, model=Model.SPLIT_FEE)
    make_done(care, SPAN.starts_on, minutes=45)
    made = paying.draw_up_pay_run(span=SPAN, actor=officer, now=AFTER)
    session.commit()
    return made


def test_the_live_sum_is_that_of_the_run(run_id):
    run = runs.get_run(run_id=run_id)
    (found,) = simulations.list_simulated(freeze_id=run.freeze_id)

    assert found.live == sum(k.line.pence for k in runs.list_lines(run_id=run_id)) == 505 + 1625
    assert found.by_model[Model.SPLIT_FEE] == found.live
    assert found.by_model[Model.ROTA] == 2450


def test_a_commissioner_reads_the_models_and_takes_them_away(run_id, session, sign_in):
    commissioner = make_account(Role.COMMISSIONER)
    session.commit()
    browser = sign_in(commissioner)
    shown = browser.get("/commissioning/payments").text

    assert "Now £21.30 is paid." in shown
    assert "Hours on the rota: +£3.20" in shown
    assert "Harbour Care,2130,rota,2450,320" in browser.get("/commissioning/payments/models.csv").text


def test_says_so_where_nothing_was_drawn_up(session, sign_in):
    commissioner = make_account(Role.COMMISSIONER)
    session.commit()

    assert "No pay run has been drawn up yet." in sign_in(commissioner).get("/commissioning/payments").text
