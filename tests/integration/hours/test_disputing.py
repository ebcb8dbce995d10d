"""Unfunded time on which two sides disagree is decided by the social worker: hours, contingency, or the provider."""

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.hours import queries, service
from careplan.hours.domain.contingency import NotAssessed
from careplan.hours.domain.deciding import NotUncovered, NotYours
from careplan.hours.domain.disputing import AlreadyDisputed, Outcome, Ruling, State
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from tests.factories.hours import FIRST_DAY, next_version, weekly
from tests.integration.hours.test_api import Cast
from tests.pages import submit

SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)
COORDINATOR = Actor(new_id(), "Kit Moss", Role.PROVIDER_COORDINATOR)
CHEST = {"circumstance": "chest_infection", "service": "personal_care"}


@pytest.fixture
def small(story):
    """An open bank of 60 minutes, and a visit of 110: 50 stand unfunded."""
    story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))
    story.visit = new_id()
    story.deliver(110, visit=story.visit)
    return story


def dispute(story, *, why="The lift was broken.", dispute_id=None):
    return service.dispute_unfunded(
        dispute_id=dispute_id or new_id(), person_id=story.terms.person_id, visit_id=story.visit, why=why, days=10,
        actor=COORDINATOR, now=story.now,
    )  # fmt: skip


def decide(story, made, outcome, *, actor=SOCIAL_WORKER, words="She fell.", **named):
    ruling = Ruling(outcome, words, **named)
    return service.decide_dispute(dispute_id=made.id, ruling=ruling, actor=actor, now=story.now)


class TestDispute:
    def test_names_the_time_and_the_day_of_its_answer_and_stands_once(self, small):
        with pytest.raises(Invalid):
            dispute(small, why=" ")
        made = dispute(small)
        assert (made.minutes, made.uncovered, made.party, made.state(small.now.date())) == (
            50, 50, "provider", State.WAITING,
        )  # fmt: skip
        assert made.answer_by.isoformat() == "2026-12-04"  # ten working days after Saturday 21 November
        assert dispute(small, dispute_id=made.id) == made
        with pytest.raises(AlreadyDisputed):
            dispute(small)

    def test_needs_time_that_nobody_has_paid_for(self, small):
        small.visit = new_id()
        small.deliver(0, visit=small.visit)
        with pytest.raises(NotUncovered):
            dispute(small)


class TestDecision:
    @pytest.mark.parametrize(
        ("outcome", "named", "came_to"),
        [(Outcome.TOP_UP, {}, (50, 0)), (Outcome.ABSORB, {}, (0, 0)), (Outcome.CONTINGENCY, CHEST, (0, 50))],
    )
    def test_settles_all_that_is_not_paid_for(self, small, outcome, named, came_to):
        decided = decide(small, dispute(small), outcome, **named)
        view = small.view()

        assert (view.topped_up, view.delivered_from_contingency) == came_to
        assert (decided.outcome, decided.uncovered, view.unfunded) == (outcome, 0, 0)
        assert decide(small, decided, outcome, **named) == decided
        assert service.check_ledger() == []
        with pytest.raises(service.DecidedBefore):
            decide(small, decided, next(o for o in Outcome if o is not outcome))

    def test_is_the_councils_has_a_reason_and_keeps_to_what_the_plan_assessed(self, small):
        made = dispute(small)
        for refusal, said in (
            (NotYours, {"outcome": Outcome.ABSORB, "actor": COORDINATOR}),
            (Invalid, {"outcome": Outcome.ABSORB, "words": ""}),
            (NotAssessed, {"outcome": Outcome.CONTINGENCY, "circumstance": "shopping", "service": "personal_care"}),
        ):
            with pytest.raises(refusal):
                decide(small, made, **said)
        assert small.view().unfunded == 50

    def test_of_a_closed_period_states_it_anew(self, small):
        made = dispute(small)
        small.now = small.now.replace(month=12, day=14)
        while service.close_due_periods(now=small.now):
            pass
        decide(small, made, Outcome.TOP_UP)

        assert (small.view().unfunded, small.view().statement) == (0, 2)
        assert service.check_ledger() == []

    def test_paid_for_in_another_way_nothing_is_left_to_decide(self, small):
        made = dispute(small)
        service.top_up(
            decision_id=new_id(), person_id=small.terms.person_id, minutes=50, reason="Ill", visit_id=None,
            actor=SOCIAL_WORKER, now=small.now,
        )  # fmt: skip
        assert queries.get_dispute(dispute_id=made.id).state(small.now.date()) is State.SETTLED
        with pytest.raises(NotUncovered):
            decide(small, made, Outcome.ABSORB)


def test_the_provider_disputes_the_social_worker_decides_and_the_person_reads_it(session, sign_in, commit):
    cast = Cast(sign_in, commit)
    coordinator, worker, citizen = (cast.browser(name) for name in ("coordinator", "social_worker", "citizen"))
    form = f"/people/{cast.person}/unfunded/{cast.visit}/dispute"
    empty = submit(coordinator, form, {"why": "", "id": str(new_id())})
    assert (empty.status_code, "Say why you do not agree" in empty.text) == (422, True)
    address = submit(coordinator, form, {"why": "The lift was broken.", "id": str(new_id())}).location
    assert address in coordinator.get(f"/people/{cast.person}/hours").text
    assert address in worker.get("/requests").text
    assert "does not agree who pays for 50 minutes" in citizen.get("/me/hours").text
    assert "does not agree" in citizen.get("/me/hours/statement.csv").text

    shown = worker.get(address).text
    assert "The lift was broken." in shown
    assert "4 hours" in shown  # of contingency is left
    typed = {"outcome": "contingency", "words": "A chest infection.", "circumstance": "", "service": ""}
    refused = submit(worker, address, typed)
    assert (refused.status_code, "A chest infection." in refused.text) == (422, True)
    assert "Choose “A chest infection” or “Jean cannot come”" in refused.text
    assert submit(worker, address, typed | CHEST).status_code == 303
    assert "It is paid from time kept aside" in coordinator.get(address).text
    assert "Decided: it is paid from time kept aside" in citizen.get("/me/hours").text
    assert address not in worker.get("/requests").text


def test_where_nothing_is_kept_aside_contingency_is_not_offered(session, sign_in, commit):
    cast = Cast(sign_in, commit)
    start = cast.story.terms.counts_from
    cast.story.open(next_version(cast.story.terms, counts_from=start, contingency=None))
    commit()
    form = f"/people/{cast.person}/unfunded/{cast.visit}/dispute"
    typed = {"why": "The lift was broken.", "id": str(new_id())}
    shown = cast.browser("social_worker").get(submit(cast.browser("coordinator"), form, typed).location).text

    assert "Who pays for this time?" in shown
    assert "The time kept aside" not in shown
