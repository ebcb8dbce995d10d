"""Asking what every model would pay: by whom, with what, and what is answered to bad input."""

import pytest

from careplan.access.domain.actor import Role
from careplan.db import db
from careplan.db.scope import see_everything
from tests.factories.organisations import make_account
from tests.pages import send_json

QUOTE = "/api/v1/payments/quote"
WORKED = {
    "commissioned_minutes": 840, "invoiced_minutes": 810, "rota_minutes": 825, "actual_minutes": 660, "visits": 28,
}  # fmt: skip


@pytest.fixture
def finance(app, sign_in):
    with app.app_context():
        see_everything(db.session, as_="test")
        officer = make_account(Role.FINANCE_OFFICER)
        db.session.commit()
    return sign_in(officer)


class TestQuote:
    def test_is_by_the_usual_rates(self, finance):
        answer = send_json(finance, QUOTE, WORKED)

        assert answer.status_code == 200
        assert answer.json == {
            "invoiced": 30173, "pilot": 33075, "split_fee": 33070, "split_fee_2": 32810, "tolerance": 32667,
            "rota": 33688, "commissioned": 34300, "actual": 26950,
        }  # fmt: skip

    def test_takes_other_rates_by_name_and_keeps_the_rest(self, finance):
        answer = send_json(finance, QUOTE, {**WORKED, "rates": {"invoiced": 2000}})

        assert (answer.json["invoiced"], answer.json["pilot"]) == (27000, 33075)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"visits": -1}, "visits"),
            ({"actual_minutes": "660"}, "actual_minutes"),
            ({"rota_minutes": 30.5}, "rota_minutes"),
            ({"rates": {"invoiced": -5}}, "rates.invoiced.value"),
            ({"rates": {"night": 2000}}, "rates.night.key"),
            ({"bonus": 1}, "bonus"),
        ],
    )
    def test_names_what_is_wrong(self, finance, wrong, field):
        answer = send_json(finance, QUOTE, {**WORKED, **wrong})

        assert answer.status_code == 422
        assert [e["field"] for e in answer.json["errors"]] == [field]
