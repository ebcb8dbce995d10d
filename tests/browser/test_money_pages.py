"""Money in a browser, on a narrow page and a wide one: finance, the provider, the commissioner and the person."""

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import week_of
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus
from careplan.payments.domain.pay_model import Model
from careplan.payments.service import charging, paying
from careplan.payments.service.contributing import NewContribution, record_contribution
from tests.browser.steps import looked_at, turn
from tests.factories.organisations import make_account
from tests.factories.payments import AFTER, BEGAN, SPAN, make_done, make_kept_contract, make_money_care, make_planned


@pytest.fixture
def drawn_up(app):
    """A draft of a pay run and a week that was sent; everyone is a persona."""
    with app.app_context():
        see_everything(db.session, as_="test")
        care, officer = make_money_care(), make_account(Role.FINANCE_OFFICER)
        make_kept_contract(care.around.provider.id, actor=officer, model=Model.TOLERANCE)
        make_done(care, SPAN.starts_on, minutes=50)
        make_planned(care, SPAN.starts_on.replace(day=SPAN.starts_on.day + 1))
        said = NewContribution(
            ContributionKind.AMOUNT, Pence(1000), SPAN.starts_on, ContributionStatus.ASSESSED, "Letter", BEGAN.date()
        )
        record_contribution(person_id=care.person_id, said=said, actor=officer, now=BEGAN)
        paying.draw_up_pay_run(span=SPAN, actor=officer, now=AFTER)
        run_id = charging.draw_up_charge_run(week=week_of(SPAN.starts_on), actor=officer, now=AFTER)
        charging.send_run(run_id=run_id, actor=officer, now=AFTER)
        commissioner = make_account(Role.COMMISSIONER)
        for slug, actor in (
            ("finance-officer", officer), ("commissioner", commissioner), ("citizen", care.around.citizen),
            ("provider-coordinator", care.around.coordinator),
        ):  # fmt: skip
            _become(actor, slug)
        db.session.commit()


def _become(actor: Actor, slug: str) -> None:
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": actor.account_id},
    )


def test_a_line_is_held_and_the_run_released_then_all_read_what_concerns_them(drawn_up, browser_for, no_axe_violations):
    page = browser_for("finance-officer", width=320)
    page.goto("/pay")
    looked_at(page, no_axe_violations, "pay")
    turn(page.get_by_role("link", name="to 11 October 2026").first)
    turn(page.get_by_role("link", name="Margaret Ellis"))
    turn(page.get_by_role("button", name="Hold it back"))
    looked_at(page, no_axe_violations, "pay-line-refused")
    page.get_by_label("Why is it held back?").fill("The rota is not signed.")
    turn(page.get_by_role("button", name="Hold it back"))
    turn(page.get_by_role("link", name="Pay, 14 September 2026"))
    turn(page.get_by_role("button", name="Release the run"))
    looked_at(page, no_axe_violations, "pay-run")
    for address in ("/charges", "/contributions", "/pay/contracts"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address.split('/')[-1]}")
    turn(page.get_by_role("link", name="HC-"))
    looked_at(page, no_axe_violations, "contract")
    page.goto("/contributions")
    turn(page.get_by_role("link", name="Margaret Ellis"))
    looked_at(page, no_axe_violations, "contribution")

    provider = browser_for("provider-coordinator", width=320)
    provider.goto("/provider/pay")
    turn(provider.get_by_role("link", name="14 September 2026"))
    assert provider.get_by_text("The rota is not signed.").is_visible()
    looked_at(provider, no_axe_violations, "provider-pay")

    commissioner = browser_for("commissioner", width=320)
    commissioner.goto("/commissioning/payments")
    looked_at(commissioner, no_axe_violations, "payment-models")

    person = browser_for("citizen", width=320)
    person.goto("/me/charges")
    person.get_by_text("See each visit").click()
    assert person.get_by_text("Nobody came, so you pay nothing.").is_visible()
    looked_at(person, no_axe_violations, "my-charges")
    turn(person.get_by_role("link", name="This did not happen, or it was short").first)
    assert person.get_by_role("heading", name="What was wrong with this visit?").is_visible()
