"""By what a rated outcome is measured stays: refused with what to do instead, and decided safely in a race."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.outcomes import queries as outcomes
from careplan.plans import queries, service
from careplan.plans.domain.content import as_json
from careplan.plans.domain.measuring import LevelsLocked, RatedMeanwhile
from careplan.plans.domain.state import Party, VersionState
from tests.factories.outcomes import make_rating
from tests.factories.plans import agree, agree_all, make_agreed
from tests.factories.reviews import begin_next
from tests.pages import submit


@pytest.fixture
def next_draft(around, session):
    """A plan in force and the draft of its next version."""
    draft = begin_next(plan_id=make_agreed(around).plan_id, actor=around.social_worker)
    session.commit()
    return draft


def rate(around, draft):
    outcome = draft.content.outcomes[0]
    return make_rating(person_id=around.person_id, outcome_id=outcome.id, actor=around.citizen, now=utc_now(), level=0)


def changed(draft, **said):
    found = deepcopy(as_json(draft.content)["outcomes"])
    found[0].update(said)
    return {"outcomes": found}


def save(around, draft, changes):
    return service.save_draft(
        plan_id=draft.plan_id, changes=changes, revision=draft.revision, actor=around.social_worker, now=utc_now()
    )


@pytest.mark.parametrize(
    "said", [{"weight": 9}, {"baseline": -2}, {"levels": {"-2": "a", "-1": "b", "0": "c", "1": "d", "2": "e"}}]
)
def test_a_rated_outcome_keeps_its_scale_and_all_else_may_change(around, next_draft, said):
    rate(around, next_draft)

    with pytest.raises(LevelsLocked, match="add a new one"):
        save(around, next_draft, changed(next_draft, **said))

    saved = save(around, next_draft, changed(next_draft, words="I want to sit in my garden.", importance=10))
    assert saved.content.outcomes[0].words == "I want to sit in my garden."


def test_one_that_nobody_rated_may_change_and_one_taken_out_is_begun_anew(around, next_draft):
    saved = save(around, next_draft, changed(next_draft, weight=9))
    rate(around, next_draft)

    # The rating came after the draft was written: what else is saved is saved, and it cannot be sent round so.
    saved = save(around, saved, {"how_met": "Walks."})
    with pytest.raises(LevelsLocked):
        service.propose_plan(plan_id=saved.plan_id, actor=around.social_worker, now=utc_now())

    afresh = changed(saved, id=str(new_id()))
    afresh["actions"] = [{**as_json(saved.content)["actions"][0], "outcome": afresh["outcomes"][0]["id"]}]
    saved = save(around, saved, afresh)
    assert service.propose_plan(plan_id=saved.plan_id, actor=around.social_worker, now=utc_now())


def test_the_page_refuses_at_the_field_and_keeps_what_was_typed(around, next_draft, session, sign_in):
    rate(around, next_draft)
    session.commit()
    outcome, browser = next_draft.content.outcomes[0], sign_in(around.social_worker)
    address = f"/plans/{next_draft.plan_id}/outcomes/{outcome.id}"
    assert "Its levels, its weight and where it began stay as they are" in browser.get(address).text

    levels = dict(zip(("level_m2", "level_m1", "level_0", "level_1", "level_2"), outcome.levels, strict=True))
    typed = {
        "revision": next_draft.revision, "words": "I want to dance.", "need": str(outcome.need), "aim": "improve",
        "wellbeing": "independence", "care_act": "home_used_safely", "baseline": -1, "weight": 8, **levels,
    }  # fmt: skip
    answer = submit(browser, address, typed)

    assert answer.status_code == 422
    assert "has been rated, so its weight stays as agreed" in answer.text
    assert "I want to dance." in answer.text
    assert 'value="8"' in answer.text


def test_a_first_rating_before_the_last_signature_stops_it(around, next_draft, session):
    draft = save(around, next_draft, changed(next_draft, weight=9))
    version = service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())
    version = agree(version, around, Party.COUNCIL)
    rate(around, draft)

    with pytest.raises(RatedMeanwhile, match="Take the version back"):
        agree(version, around, Party.PROVIDER)


def test_of_a_first_rating_and_the_last_signature_at_once_one_comes_first(around, next_draft, session, app):
    draft = save(around, next_draft, changed(next_draft, weight=9))
    version = service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())
    for party in (Party.COUNCIL, Party.PROVIDER):
        version = agree(version, around, party)
    session.commit()

    def alone(act):
        with app.app_context():
            see_everything(db.session, as_="test")
            try:
                act()
                db.session.commit()
            except RatedMeanwhile:
                db.session.rollback()

    acts = (lambda: rate(around, draft), lambda: agree_all(version, around))
    with ThreadPoolExecutor(2) as together:
        list(together.map(alone, acts))

    session.rollback()
    see_everything(session, as_="test")
    state = queries.get_version(plan_id=draft.plan_id, number=version.number, at=utc_now()).state
    (kept,) = outcomes.list_ratings(person_id=around.person_id)
    agreed_first = state in (VersionState.IN_FORCE, VersionState.AGREED)
    # Either nobody had rated when all had signed, or the signature was refused; the rating is kept in both.
    assert agreed_first or state is VersionState.PROPOSED
    assert kept.level == 0
