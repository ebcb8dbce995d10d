"""A carer's own pages in a browser: a record begun without a script, and a plan agreed to."""

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.carers import queries
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import local_date, utc_now
from careplan.people import service as people
from tests.browser.steps import looked_at, turn
from tests.factories.carers import make_carer_plan, make_eligible
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.plans import Around, make_around


@pytest.fixture
def around(app) -> Around:
    """Margaret, and her sister who looks after her: the demo's carer."""
    now = utc_now()
    with app.app_context():
        see_everything(db.session, as_="test")
        found = make_around(now=now)
        jean = make_account(Role.UNPAID_CARER, name="Jean Hall")
        worker, person_id = found.social_worker, found.person_id
        contact_id = make_contact(person_id=person_id, actor=worker, account=jean)
        people.add_unpaid_carer(
            person_id=person_id, contact_id=contact_id, starts_on=local_date(now), actor=worker, now=now,
            agreed_words="She may see who comes.",
        )  # fmt: skip
        _become(jean, "unpaid-carer")
        db.session.commit()
    return found


def _become(actor: Actor, slug: str) -> None:
    """Lets a persona of the demo sign in with an account of the test."""
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": actor.account_id},
    )


def test_a_carer_begins_a_record_and_agrees_to_a_plan(app, around, browser_for, no_axe_violations):
    page = browser_for("unpaid-carer", width=320, scripts=False)
    page.goto("/me/caring")
    turn(page.get_by_role("button", name="Yes, begin my record"))
    turn(page.get_by_role("link", name="Say what I do"))
    page.get_by_label("What do you do?").fill("I cook on Sundays.")
    turn(page.get_by_role("button", name="Save"))
    assert page.get_by_text("I cook on Sundays.").is_visible()

    with app.app_context():
        see_everything(db.session, as_="test")
        (carer,) = queries.list_carers(person_id=around.person_id)
        make_eligible(carer, actor=around.social_worker, now=utc_now())
        make_carer_plan(carer, actor=around.social_worker, now=utc_now())
        db.session.commit()

    seeing = browser_for("unpaid-carer", width=320)
    seeing.goto("/me/caring")
    looked_at(seeing, no_axe_violations, "caring")
    turn(seeing.get_by_role("button", name="I agree to this plan"))
    assert seeing.get_by_text("You and the council agreed to this").is_visible()
    turn(seeing.get_by_role("button", name="Take my yes back"))
    looked_at(seeing, no_axe_violations, "caring-closed")
