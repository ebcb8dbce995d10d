"""The pages of limits, second thoughts, going on without a yes, and reviews, at three widths, errors showing too."""

import pytest

from careplan.access.domain.actor import Role
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.kernel.minutes import Minutes
from careplan.organisations import service as organisations
from careplan.organisations.domain.limit import SigningLimit
from careplan.people import service as people
from careplan.plans.domain.state import Party
from tests.browser.steps import looked_at, turn
from tests.browser.test_plan_pages import _account
from tests.factories.organisations import make_organisation, make_team
from tests.factories.people import make_door_answered, make_person
from tests.factories.plans import Around, agree, agree_all, go_without_yes, make_proposed
from tests.factories.reviews import make_review, planned


@pytest.fixture
def around(app):
    """A person whose council lets its social workers sign up to 15 hours a week, with everybody's real account."""
    with app.app_context():
        see_everything(db.session, as_="test")
        now, team = utc_now(), make_team()
        worker = _account("social-worker", organisation_id=team.part_of_id, team_id=team.id)
        _account("team-manager", organisation_id=team.part_of_id, team_id=team.id)
        house = make_organisation(name="Harbour Care")
        coordinator = _account("provider-coordinator", organisation_id=house.id)
        organisations.register_worker(
            account_id=coordinator.account_id, given_name="Sam", family_name="Okafor", job_title="Coordinator",
            can_commit=True, actor=worker, now=now,
        )  # fmt: skip
        person_id = make_person(social_worker=worker, now=now)
        make_door_answered(person_id=person_id, actor=worker)
        citizen = _account("citizen")
        people.link_citizen_account(person_id=person_id, account_id=citizen.account_id, actor=worker, now=now)
        db.session.commit()
        return Around(person_id, worker, house, coordinator, citizen)


@pytest.fixture
def arrange(app):
    """Runs what a test arranges with eyes that see everything, and keeps it."""

    def run(act):
        with app.app_context():
            see_everything(db.session, as_="test")
            found = act()
            db.session.commit()
            return found

    return run


def test_above_the_limit_the_plan_goes_to_the_manager_and_back(around, arrange, browser_for, no_axe_violations):
    def proposed_above_the_limit():
        organisations.set_signing_limit(
            council_id=around.social_worker.organisation_id, role=Role.SOCIAL_WORKER,
            limit=SigningLimit(weekly_minutes=Minutes(900)), actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        return make_proposed(around)

    version = arrange(proposed_above_the_limit)
    worker, manager = browser_for("social-worker", width=320), browser_for("team-manager", width=320)
    worker.goto(f"/plans/{version.plan_id}/versions/1/agree")
    looked_at(worker, no_axe_violations, "authority-above")
    turn(worker.get_by_role("button", name="Send it to your team manager"))
    manager.goto("/authorise")
    looked_at(manager, no_axe_violations, "authority-list")
    turn(manager.get_by_role("link", name="Read it"))
    turn(manager.get_by_role("button", name="Send it back"))
    looked_at(manager, no_axe_violations, "authority-one-error")
    manager.get_by_label("Why do you send it back?").fill("Ask about equipment first.")
    turn(manager.get_by_role("button", name="Send it back"))
    worker.reload()
    looked_at(worker, no_axe_violations, "authority-sent-back")

    assert worker.get_by_text("Ask about equipment first.").is_visible()


def test_second_thoughts_can_be_read_and_had(around, arrange, browser_for, no_axe_violations):
    version = arrange(lambda: agree(agree(make_proposed(around), around, Party.PROVIDER), around, Party.PERSON))
    person, worker = browser_for("citizen", width=320), browser_for("social-worker", width=320)
    person.goto("/me/plan")
    turn(person.get_by_role("link", name="I agreed, and now I want to say no"))
    turn(person.get_by_role("button", name="I do not agree any more"))
    looked_at(person, no_axe_violations, "take-back-mine-error")
    person.get_by_label("Why do you take it back?").fill("It is too many strangers.")
    turn(person.get_by_role("button", name="I do not agree any more"))
    looked_at(person, no_axe_violations, "take-back-mine-done")
    worker.goto(f"/plans/{version.plan_id}/agreements")
    looked_at(worker, no_axe_violations, "agreements-taken-back")
    worker.goto(f"/plans/{version.plan_id}/not-agreed")
    turn(worker.get_by_role("button", name="Write it down"))
    looked_at(worker, no_axe_violations, "not-agreed-error")

    assert worker.get_by_role("link", name="Say what you tried, and on which day").is_visible()


def test_a_plan_not_agreed_says_so_to_everybody_and_is_reviewed(around, arrange, browser_for, no_axe_violations):
    version = arrange(lambda: agree_all(go_without_yes(make_proposed(around), around), around))
    person, worker = browser_for("citizen", width=320), browser_for("social-worker", width=320)
    person.goto("/me/plan")
    looked_at(person, no_axe_violations, "not-agreed-mine")
    assert person.get_by_role("heading", name="You have not agreed to this plan").is_visible()
    worker.goto(f"/plans/{version.plan_id}/agreements")
    looked_at(worker, no_axe_violations, "not-agreed")
    worker.goto(f"/plans/{version.plan_id}")
    turn(worker.get_by_role("link", name="Write a review down"))
    turn(worker.get_by_role("button", name="Write it down"))
    looked_at(worker, no_axe_violations, "review-error")

    review = arrange(lambda: make_review(plan_id=version.plan_id, actor=around.social_worker, said=planned()))
    for address in (f"/plans/{version.plan_id}/reviews", f"/plans/{version.plan_id}/reviews/{review.id}", "/reviews"):
        worker.goto(address)
        looked_at(worker, no_axe_violations, f"reviews-{address.rsplit('/', 1)[-1][:8]}")
    turn_to = f"/plans/{version.plan_id}/reviews/{review.id}"
    worker.goto(turn_to)
    turn(worker.get_by_role("button", name="Write the next version"))

    assert worker.get_by_role("heading", name="Version 2: what there is to write").is_visible()
