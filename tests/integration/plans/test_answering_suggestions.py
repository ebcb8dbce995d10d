"""A suggestion goes from hand to hand: answered item by item, countered, commented on, taken back, taken."""

import re

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.people import service as people
from careplan.plans import queries, service
from careplan.plans.domain.plan import Suggestion
from careplan.plans.domain.stance import NobodyAccepted, NotAsked, Stance
from careplan.plans.domain.suggestion import (
    AboutSomethingElse,
    DecidedAlready,
    NothingNew,
    NotYours,
    OwnSuggestion,
)
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.plans import make_agreed, make_proposed, make_representative
from tests.factories.reviews import begin_next
from tests.pages import submit, token_on


@pytest.fixture
def version(around, session):
    version = make_agreed(around)
    session.commit()
    return version


@pytest.fixture
def suggestion(around, version, session) -> Suggestion:
    """The coordinator wants an hour more to be kept aside."""
    made = suggest(around.coordinator, version, value=300)
    session.commit()
    return made


def suggest(actor, version, *, value, answers_to=None, item="contingency", field="minutes"):
    return service.suggest_change(
        suggestion_id=new_id(), plan_id=version.plan_id, number=version.number, item=item, field=field, value=value,
        why="She needed all of it last winter.", answers_to=answers_to, actor=actor, now=utc_now(),
    )  # fmt: skip


def answer(actor, suggestion, stance, *, reason=""):
    return service.answer_suggestion(
        plan_id=suggestion.plan_id, suggestion_id=suggestion.id, stance=stance, reason=reason, actor=actor,
        now=utc_now(),
    )  # fmt: skip


def take(actor, suggestion):
    """Into the draft of the next version, which is begun on a review: the plan counts already."""
    if queries.get_plan(plan_id=suggestion.plan_id, at=utc_now()).draft is None:
        begin_next(plan_id=suggestion.plan_id, actor=actor)
    return service.take_suggestion(
        plan_id=suggestion.plan_id, suggestion_id=suggestion.id, reason="", actor=actor, now=utc_now()
    )


def now_of(suggestion: Suggestion) -> Suggestion:
    found = queries.find_suggestion(plan_id=suggestion.plan_id, suggestion_id=suggestion.id)
    assert found is not None
    return found


class TestAnswerSuggestion:
    def test_keeps_each_partys_answer_beside_it(self, around, suggestion):
        answer(around.citizen, suggestion, Stance.ACCEPTS)
        after = answer(around.social_worker, suggestion, Stance.DECLINES, reason="Not assessed.")

        assert [(s.party.value, s.standing.value) for s in after.standings] == [
            ("council", "declines"), ("provider", "suggests"), ("person", "accepts"),
        ]  # fmt: skip
        assert after.standings[0].given.reason == "Not assessed."
        assert after.decision is None

    def test_lets_a_party_change_its_mind(self, around, suggestion):
        answer(around.citizen, suggestion, Stance.DECLINES, reason="Too much.")
        after = answer(around.citizen, suggestion, Stance.ACCEPTS)

        assert after.standings[2].standing.value == "accepts"
        assert len(after.stances) == 2

    def test_lets_a_representative_answer_for_the_person(self, around, suggestion):
        after = answer(make_representative(around), suggestion, Stance.ACCEPTS)

        assert after.standings[2].given.by_name == "Jean Hall"

    def test_refuses_the_side_that_suggested_it(self, around, suggestion):
        with pytest.raises(NotAsked):
            answer(around.coordinator, suggestion, Stance.ACCEPTS)

    def test_refuses_once_it_is_decided(self, around, suggestion):
        take(around.social_worker, suggestion)

        with pytest.raises(DecidedAlready):
            answer(around.citizen, suggestion, Stance.ACCEPTS)


class TestCounterProposal:
    def test_stands_beside_what_it_answers(self, around, version, suggestion):
        counter = suggest(around.citizen, version, value=270, answers_to=suggestion.id)

        assert (counter.answers_to, counter.by_party.value) == (suggestion.id, "person")

    def test_taken_declines_what_it_answers(self, around, version, suggestion):
        counter = suggest(around.citizen, version, value=270, answers_to=suggestion.id)

        draft = take(around.social_worker, counter)

        assert draft.content.contingency.minutes == 270
        assert now_of(suggestion).decision == "declined"
        assert now_of(suggestion).decided_reason == "Another suggestion about this was taken instead."

    def test_is_declined_when_what_it_answers_is_taken(self, around, version, suggestion):
        counter = suggest(around.citizen, version, value=270, answers_to=suggestion.id)

        take(around.social_worker, suggestion)

        assert now_of(counter).decision == "declined"

    def test_leaves_suggestions_about_other_things_open(self, around, version, suggestion):
        other = suggest(around.citizen, version, value="Care at home, every day.", item="how_met", field="how_met")

        take(around.social_worker, suggestion)

        assert now_of(other).decision is None

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            ({"value": 300}, NothingNew),
            ({"value": "Care at home.", "item": "how_met", "field": "how_met"}, AboutSomethingElse),
        ],
    )
    def test_says_another_value_for_the_same_thing(self, around, version, suggestion, said, error):
        with pytest.raises(error):
            suggest(around.citizen, version, answers_to=suggestion.id, **said)


class TestOnesOwn:
    def test_is_taken_by_the_social_worker_once_another_party_accepts(self, around, version):
        own = suggest(around.social_worker, version, value=300)
        with pytest.raises(NobodyAccepted):
            take(around.social_worker, own)
        answer(around.citizen, own, Stance.ACCEPTS)

        assert take(around.social_worker, own).content.contingency.minutes == 300

    def test_is_not_declined_but_taken_back(self, around, version):
        own = suggest(around.social_worker, version, value=300)
        decline = {"plan_id": own.plan_id, "suggestion_id": own.id, "actor": around.social_worker, "now": utc_now()}

        with pytest.raises(OwnSuggestion):
            service.decline_suggestion(reason="No.", **decline)
        assert service.withdraw_suggestion(**decline).decision == "withdrawn"

    def test_is_taken_back_by_nobody_else(self, around, suggestion):
        with pytest.raises(NotYours):
            service.withdraw_suggestion(
                plan_id=suggestion.plan_id, suggestion_id=suggestion.id, actor=around.citizen, now=utc_now()
            )


class TestPagesOfThePlan:
    def test_show_each_partys_answer_beside_the_suggestion(self, around, suggestion, session, sign_in):
        answer(around.citizen, suggestion, Stance.DECLINES, reason="I do not need so much.")
        session.commit()
        browser = sign_in(around.social_worker)

        for address in (f"/plans/{suggestion.plan_id}", f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"):
            page = browser.get(address).text
            for words in ("The council: not answered yet", "The care provider: suggested it", "Margaret: no"):
                assert words in page, (words, address)
        assert "I do not need so much." in page

    def test_let_the_provider_answer_what_the_person_suggests(self, around, version, session, sign_in):
        wish = suggest(around.citizen, version, value=300)
        session.commit()
        browser = sign_in(around.coordinator)
        one = f"/plans/{wish.plan_id}/suggestions/{wish.id}"

        refused = submit(browser, one, {"stance": "declines", "reason": ""}, to=f"{one}/stances")
        assert refused.status_code == 422
        assert "Say why not: they will read it." in refused.text
        answer = submit(browser, one, {"stance": "declines", "reason": "We have nobody at night."}, to=f"{one}/stances")

        assert answer.status_code == 303
        assert "We have nobody at night." in sign_in(around.citizen).get(f"/me/plan/changes/{wish.id}").text

    def test_keep_the_draft_in_the_social_workers_hands(self, around, suggestion, sign_in):
        one = f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"

        page = sign_in(around.citizen).get(one).text
        taken = submit(sign_in(around.citizen), one, to=f"{one}/taken")

        assert "Take it" not in page.replace("Take it back", "")
        assert taken.status_code == 404

    def test_carry_a_comment_and_a_counter_proposal(self, around, suggestion, sign_in):
        browser = sign_in(around.social_worker)
        one = f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"

        said = submit(browser, one, {"words": "Is four and a half enough?"}, to=f"{one}/comments")
        empty = submit(browser, one, {"words": ""}, to=f"{one}/comments")
        sent = submit(browser, f"{one}/other", {"value-hours": "4", "value-minutes": "30", "why": "As last winter."})

        assert (said.status_code, empty.status_code, sent.status_code) == (303, 422, 303)
        page = sign_in(around.coordinator).get(one).text
        assert "Is four and a half enough?" in page
        assert "As last winter." in page

    def test_let_its_author_take_it_back(self, around, suggestion, sign_in):
        browser = sign_in(around.coordinator)
        one = f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"

        assert submit(browser, one, to=f"{one}/withdrawn").status_code == 303
        assert "taken back" in browser.get(one).text

    def test_once_decided_take_no_other_value_and_keep_what_was_typed(self, around, suggestion, session, sign_in):
        browser = sign_in(around.coordinator)
        one = f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"
        fields = {"csrf_token": token_on(browser.get(f"{one}/other")), "value-hours": "4", "value-minutes": "30"}
        take(around.social_worker, suggestion)
        session.commit()

        late = browser.post(f"{one}/other", data={**fields, "why": "As last winter."})
        again = browser.get(f"{one}/other")

        assert "has taken this already." in late.text
        assert "As last winter." in late.text
        assert again.location == one
        assert "Suggest a change to the plan as it is now" in browser.get(one).text

    def test_of_another_plan_are_not_there(self, around, suggestion, session, sign_in):
        browser = sign_in(around.social_worker)

        assert browser.get(f"/plans/{suggestion.plan_id}/suggestions/{new_id()}").status_code == 404


class TestMyChangesOfAFirstPlan:
    """Nothing counts yet, so there is nothing to compare with."""

    @pytest.fixture
    def first(self, around, session):
        version = make_proposed(around)
        session.commit()
        return version

    def test_lead_to_the_whole_plan(self, around, first, sign_in):
        assert sign_in(around.citizen).get("/me/plan/changes").location == "/me/plan"

    def test_show_what_waits_to_be_decided_all_the_same(self, around, first, session, sign_in):
        idea = suggest(around.coordinator, first, value=300)
        session.commit()
        browser = sign_in(around.citizen)

        before = browser.get("/me/plan/changes").text
        service.take_suggestion(
            plan_id=idea.plan_id, suggestion_id=idea.id, reason="", actor=around.social_worker, now=utc_now()
        )
        service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        session.commit()

        assert "She needed all of it last winter." in before
        assert "Read the whole plan" in before
        assert browser.get("/me/plan/changes").location == "/me/plan"


class TestMyChanges:
    def test_lead_from_the_plan_to_what_others_suggest(self, around, suggestion, sign_in):
        browser = sign_in(around.citizen)

        assert "1 idea for the plan waits to be decided" in browser.get("/me/plan").text
        page = browser.get("/me/plan/changes").text
        assert "Priya Shah: Kept aside for bad days" in page
        assert "You: not answered yet" in page
        assert re.search(rf'href="/me/plan/changes/{suggestion.id}"', page)

    def test_take_the_persons_yes(self, around, suggestion, sign_in):
        browser = sign_in(around.citizen)
        one = f"/me/plan/changes/{suggestion.id}"

        answered = submit(browser, one, {"stance": "accepts"}, to=f"{one}/stances")

        assert answered.status_code == 303
        assert "You: yes" in browser.get(one).text

    def test_take_no_no_without_a_reason_and_keep_what_was_chosen(self, around, suggestion, sign_in):
        browser = sign_in(around.citizen)
        one = f"/me/plan/changes/{suggestion.id}"

        answered = submit(browser, one, {"stance": "declines"}, to=f"{one}/stances")

        assert answered.status_code == 422
        assert "Say why not: they will read it." in answered.text
        assert re.search(r'value="declines"[^>]* checked', answered.text)

    def test_let_the_person_say_what_they_want_instead(self, around, suggestion, sign_in):
        browser = sign_in(around.citizen)
        one = f"/me/plan/changes/{suggestion.id}"

        sent = submit(browser, f"{one}/other", {"value-hours": "4", "value-minutes": "30", "why": "That is enough."})

        assert sent.status_code == 303
        assert "That is enough." in browser.get(one).text

    def test_carry_what_the_person_says_to_the_others(self, around, suggestion, sign_in):
        one = f"/me/plan/changes/{suggestion.id}"

        said = submit(sign_in(around.citizen), one, {"words": "Who would come?"}, to=f"{one}/comments")

        assert said.status_code == 303
        staff_page = f"/plans/{suggestion.plan_id}/suggestions/{suggestion.id}"
        assert "Who would come?" in sign_in(around.coordinator).get(staff_page).text

    def test_show_what_became_of_it_and_ask_no_more(self, around, suggestion, session, sign_in):
        take(around.social_worker, suggestion)
        session.commit()

        page = sign_in(around.citizen).get(f"/me/plan/changes/{suggestion.id}").text

        assert "taken into version 2" in page
        assert "Send my answer" not in page

    def test_ask_a_carer_for_words_only(self, around, suggestion, session, sign_in):
        carer = make_account(Role.UNPAID_CARER)
        _make_carer(around, carer)
        session.commit()

        page = sign_in(carer).get(f"/me/plan/changes/{suggestion.id}").text

        assert "Say something" in page
        assert "Send my answer" not in page

    def test_of_another_are_not_there(self, around, suggestion, session, sign_in):
        stranger = make_account(Role.CITIZEN)
        session.commit()

        assert sign_in(stranger).get(f"/me/plan/changes/{suggestion.id}").status_code == 404
        assert sign_in(around.citizen).get(f"/me/plan/changes/{new_id()}").status_code == 404


def test_what_the_person_asked_and_was_answered_stands_below_the_next_question(around, version, sign_in):
    browser = sign_in(around.citizen)
    submit(browser, "/me/plan/ask", {"about": "plan", "words": "Could somebody come on Sundays?"})
    comments = f"/plans/{version.plan_id}/comments"
    submit(sign_in(around.social_worker), comments, {"item": "plan", "words": "Yes, from next week."})

    page = browser.get("/me/plan/ask").text

    assert page.index("Yes, from next week.") < page.index("Could somebody come on Sundays?")


def _make_carer(around, carer) -> None:
    contact_id = make_contact(person_id=around.person_id, actor=around.social_worker, account=carer, name="Ann Hall")
    people.add_unpaid_carer(
        person_id=around.person_id, contact_id=contact_id, starts_on=local_date(utc_now()),
        agreed_words="Ann may see.", actor=around.social_worker, now=utc_now(),
    )  # fmt: skip
