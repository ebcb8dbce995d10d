"""Each party hears of the others' moves in the writing of a plan."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.notices import queries as notices
from careplan.notices.domain.notice import NoticeKind
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import service
from careplan.plans.domain.agreement import Capacity, Channel
from careplan.plans.domain.stance import Stance
from careplan.plans.domain.state import Party
from tests.factories.organisations import make_account
from tests.factories.plans import agree, find_lacking, go_without_yes, make_agreed, make_proposed, signature
from tests.factories.reviews import begin_next


def news(actor):
    """(kind, words, address) of what somebody was told and has not opened, the latest first."""
    found = notices.list_notices(actor=actor, now=utc_now() + timedelta(seconds=1))
    return [(n.kind, n.words, n.address) for n in found]


def suggest(around, version, *, by=None):
    return service.suggest_change(
        suggestion_id=new_id(), plan_id=version.plan_id, number=version.number, item="contingency", field="minutes",
        value=300, why="She needed all of it last winter.", actor=by or around.coordinator, now=utc_now(),
    )  # fmt: skip


class TestSentRound:
    def test_asks_provider_and_person_to_read(self, around):
        version = make_proposed(around)

        assert news(around.social_worker) == []
        ((kind, words, address),) = news(around.coordinator)
        assert kind is NoticeKind.SENT_ROUND
        assert words.endswith("has sent version 1 of the plan round. Read it and say if you agree.")
        assert address == f"/plans/{version.plan_id}/agreements"
        assert news(around.citizen)[0][2] == "/me/plan/changes"

    def test_taken_back_says_why_and_to_whom_it_was_sent(self, around):
        version = make_proposed(around)
        service.withdraw_proposal(
            plan_id=version.plan_id, reason="The hours are wrong.", actor=around.social_worker, now=utc_now()
        )

        kind, words, _ = news(around.citizen)[0]
        assert kind is NoticeKind.WITHDRAWAL
        assert words.endswith("has taken version 1 of the plan back: The hours are wrong.")

    def test_changed_by_a_new_draft_is_told_as_taken_back(self, around):
        version = make_proposed(around)
        service.start_draft(plan_id=version.plan_id, actor=around.social_worker, now=utc_now())

        assert news(around.coordinator)[0][0] is NoticeKind.WITHDRAWAL

    def test_a_draft_that_is_given_up_is_no_news(self, around):
        version = make_agreed(around)
        begin_next(plan_id=version.plan_id, actor=around.social_worker)
        before = news(around.citizen)
        service.discard_draft(plan_id=version.plan_id, actor=around.social_worker, now=utc_now())

        assert news(around.citizen) == before


class TestSuggested:
    def test_is_told_to_the_two_others_with_the_page_of_each(self, around):
        version = make_proposed(around)
        suggestion = suggest(around, version)

        kind, words, address = news(around.social_worker)[0]
        assert kind is NoticeKind.SUGGESTION
        assert words == (
            "Priya Shah (Harbour Care) suggests a change to “Kept aside for bad days”:"
            " She needed all of it last winter."
        )
        assert address == f"/plans/{version.plan_id}/suggestions/{suggestion.id}"
        assert news(around.citizen)[0][1:] == (words, f"/me/plan/changes/{suggestion.id}")
        assert NoticeKind.SUGGESTION not in [n[0] for n in news(around.coordinator)]

    def test_sent_twice_is_told_once(self, around):
        version = make_proposed(around)
        suggestion_id = new_id()
        for _ in range(2):
            service.suggest_change(
                suggestion_id=suggestion_id, plan_id=version.plan_id, number=1, item="contingency", field="minutes",
                value=300, why="Winter.", actor=around.coordinator, now=utc_now(),
            )  # fmt: skip

        assert len(news(around.social_worker)) == 1

    def test_taken_is_told_to_its_author_and_the_person(self, around):
        version = make_agreed(around)
        suggestion = suggest(around, version)
        begin_next(plan_id=version.plan_id, actor=around.social_worker)
        service.take_suggestion(
            plan_id=version.plan_id, suggestion_id=suggestion.id, reason="", actor=around.social_worker, now=utc_now()
        )

        for actor in (around.coordinator, around.citizen):
            kind, words, _ = news(actor)[0]
            assert kind is NoticeKind.ANSWER
            assert words.endswith("the suggestion about “Kept aside for bad days”. It stands in version 2.")

    def test_declined_is_told_with_the_reason(self, around):
        version = make_agreed(around)
        suggestion = suggest(around, version, by=around.citizen)
        service.decline_suggestion(
            plan_id=version.plan_id, suggestion_id=suggestion.id, reason="Four hours were enough.",
            actor=around.social_worker, now=utc_now(),
        )  # fmt: skip

        _, words, address = news(around.citizen)[0]
        assert words.endswith("has said no to the suggestion about “Kept aside for bad days”: Four hours were enough.")
        assert address == f"/me/plan/changes/{suggestion.id}"

    def test_by_a_therapist_is_answered_to_the_therapist(self, around):
        version = make_agreed(around)
        therapist = make_account(Role.OCCUPATIONAL_THERAPIST)
        people.join_partnership(
            person_id=around.person_id, kind=MemberKind.OCCUPATIONAL_THERAPIST, account_id=therapist.account_id,
            actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        suggestion = suggest(around, version, by=therapist)
        service.decline_suggestion(
            plan_id=version.plan_id, suggestion_id=suggestion.id, reason="Not now.", actor=around.social_worker,
            now=utc_now(),
        )  # fmt: skip

        ((_, _, address),) = news(therapist)
        assert address == f"/plans/{version.plan_id}/suggestions/{suggestion.id}"


    def test_answered_by_another_party_is_told_to_its_author_and_the_third(self, around):
        version = make_proposed(around)
        suggestion = suggest(around, version)
        service.answer_suggestion(
            plan_id=version.plan_id, suggestion_id=suggestion.id, stance=Stance.DECLINES, reason="Too much.",
            actor=around.citizen, now=utc_now(),
        )  # fmt: skip

        for actor in (around.coordinator, around.social_worker):
            assert news(actor)[0][1] == (
                "Margaret Ellis says no to the suggestion about “Kept aside for bad days”: Too much."
            )

    def test_commented_on_is_told_to_its_author_with_its_page(self, around):
        version = make_proposed(around)
        suggestion = suggest(around, version)
        service.add_comment(
            plan_id=version.plan_id, number=1, item="", suggestion_id=suggestion.id, words="Why so much?",
            actor=around.citizen, now=utc_now(),
        )  # fmt: skip

        _, words, address = news(around.coordinator)[0]
        assert words == "Margaret Ellis wrote about “Kept aside for bad days”: Why so much?"
        assert address == f"/plans/{version.plan_id}/suggestions/{suggestion.id}"


def test_a_comment_is_told_in_its_words(around):
    version = make_proposed(around)
    service.add_comment(
        plan_id=version.plan_id,
        number=1,
        item="plan",
        words="Could  it be\nearlier?",
        actor=around.citizen,
        now=utc_now(),
    )

    kind, words, address = news(around.social_worker)[0]
    assert kind is NoticeKind.COMMENT
    assert words == "Margaret Ellis wrote about the plan: Could it be earlier?"
    assert address == f"/plans/{version.plan_id}#comments"


class TestSigned:
    def test_each_agreement_is_told_to_the_others(self, around):
        agree(make_proposed(around), around, Party.COUNCIL)

        assert news(around.coordinator)[0][0] is NoticeKind.AGREEMENT
        assert news(around.citizen)[0][1].endswith("has agreed to version 1 of the plan.")

    def test_the_last_one_says_from_when_it_counts(self, around):
        make_agreed(around)

        kind, words, _ = news(around.social_worker)[0]
        assert kind is NoticeKind.IN_FORCE
        day = local_date(utc_now())
        assert words.endswith(f"it counts from {day.day} {day:%B %Y}.")

    def test_sent_again_is_told_once(self, around):
        version = make_proposed(around)
        signed = signature(version, Party.COUNCIL, Capacity.SOCIAL_WORKER)
        for _ in range(2):
            service.agree_plan(
                plan_id=version.plan_id, number=1, signature=signed, actor=around.social_worker, now=utc_now()
            )

        assert len(news(around.coordinator)) == 2

    def test_on_paper_is_told_to_the_person_whose_yes_was_recorded(self, around):
        version = make_proposed(around)
        signed = signature(
            version, Party.PERSON, Capacity.SELF, channel=Channel.PAPER, witness_name="Sam Reed",
        )  # fmt: skip
        service.agree_plan(
            plan_id=version.plan_id, number=1, signature=signed, actor=around.social_worker, now=utc_now()
        )

        assert news(around.citizen)[0][1] == "Margaret Ellis has agreed to version 1 of the plan."

    def test_decided_in_the_persons_best_interests_is_never_told_as_agreed(self, around):
        version = make_proposed(around)
        find_lacking(version, around)
        decision = service.Decision(
            decision="This plan", wishes="To stay home", consulted="Her sister", less_restrictive="None",
            advocate="Ada",
            decided_on=local_date(utc_now()),
        )  # fmt: skip
        service.record_best_interests(
            plan_id=version.plan_id, number=1, content_hash=version.content_hash, decision=decision,
            actor=around.social_worker, now=utc_now(),
        )  # fmt: skip

        words = news(around.coordinator)[0][1]
        assert "best interests" in words
        assert "agreed" not in words


@pytest.mark.parametrize("persona", ["social_worker", "coordinator", "citizen"])
def test_nobody_is_told_of_their_own_move(around, persona):
    version = make_agreed(around)
    actor = getattr(around, persona)
    before = news(actor)
    service.add_comment(plan_id=version.plan_id, number=1, item="plan", words="Mine.", actor=actor, now=utc_now())

    assert news(actor) == before


class TestSecondThoughts:
    def test_the_others_hear_that_a_party_no_longer_agrees_and_why(self, around):
        version = agree(make_proposed(around), around, Party.PROVIDER)
        service.take_back_agreement(
            plan_id=version.plan_id, agreement_id=version.agreement_of(Party.PROVIDER).id,
            reason="We have no one on Sundays.", channel=Channel.ONLINE, actor=around.coordinator, now=utc_now(),
        )  # fmt: skip

        for actor in (around.social_worker, around.citizen):
            kind, words, _ = news(actor)[0]
            assert kind is NoticeKind.WITHDRAWAL
            assert words.endswith("no longer agrees to version 1 of the plan: We have no one on Sundays.")

    def test_provider_and_person_hear_that_the_council_goes_on_without_their_agreement(self, around):
        go_without_yes(make_proposed(around), around)

        for actor in (around.coordinator, around.citizen):
            assert "goes on with version 1 of the plan without the person’s agreement" in news(actor)[0][1]
