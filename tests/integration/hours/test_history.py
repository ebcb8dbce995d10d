"""For any history: balances are the fold, nothing is below nought, repeats change nothing, order does not matter."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.hours import queries, service
from careplan.hours.domain.adjusting import CannotAdjust, Lasting, TooLate, Wanted
from careplan.hours.domain.contingency import ContingencyRefused, DrawRequest
from careplan.hours.domain.deciding import NotUncovered
from careplan.hours.domain.disputing import AlreadyDisputed, Outcome, Ruling
from careplan.hours.domain.ledger import HELD, balances_of
from careplan.hours.domain.pausing import PauseReason
from careplan.hours.domain.terms import AdjustmentTerms, CarryOver, CarryOverRule, Direction, NamedOutcome
from careplan.kernel.clock import end_of_day
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, Story, make_terms, next_version, weekly

SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)
PROVIDER = new_id()
COORDINATOR = Actor(new_id(), "Kit Moss", Role.PROVIDER_COORDINATOR, PROVIDER)
ASSESSOR = Actor(new_id(), "Femi Cole", Role.TRUSTED_ASSESSOR, PROVIDER)
CITIZEN = Actor(new_id(), "Margaret Ellis", Role.CITIZEN)
GARDEN = NamedOutcome(new_id(), "I want to walk to the garden")
VISITS = 4
few = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to make a failure small would take longer than any test may
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
length = st.integers(1, 90)
visit = st.integers(0, VISITS - 1)
day = st.sampled_from([-3, 0, 5, 13, 27, 28])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), visit, length, day),
        st.tuples(st.just("deliver"), visit, length, day),
        st.tuples(st.just("take_back"), visit, st.just(0), day),
        st.tuples(st.just("release"), visit, st.just(0), day),
        st.tuples(st.just("contingency"), visit, length, day),
        st.tuples(st.just("version"), visit, length, st.sampled_from([0, 5, 13, 27, 28])),
        st.tuples(st.just("close"), visit, st.just(0), st.sampled_from([35, 63])),
        st.tuples(st.just("pause"), visit, st.just(0), st.sampled_from([0, 13, 27])),
        st.tuples(st.just("end_pause"), visit, st.just(0), st.sampled_from([-1, 2])),
        st.tuples(st.just("top_up"), visit, length, day),
        st.tuples(st.just("absorb"), visit, length, day),
        st.tuples(st.just("ask"), visit, length, day),
        st.tuples(st.just("decide"), st.integers(0, 1), st.just(0), day),
        st.tuples(st.just("adjust"), st.integers(0, 1), length, day),
        st.tuples(st.just("answer"), st.integers(0, 1), st.just(0), day),
        st.tuples(st.just("dispute"), visit, st.integers(0, 1), day),
    ),
    max_size=12,
)


class History:
    """A small bank, some visits, and one record for each."""

    def __init__(self, person_id):
        carry_over = CarryOver(CarryOverRule.MINUTES, 50)
        terms = make_terms(
            person_id=person_id, provider_id=PROVIDER, grants=weekly(40, 30, 40, 30), carry_over=carry_over,
            outcomes=(GARDEN,), weekly_floor=Minutes(5), adjustment=AdjustmentTerms(Direction.BOTH, 50, Minutes(60)),
        )  # fmt: skip
        self.story = Story(terms).open()
        self.visits = [new_id() for _ in range(VISITS)]
        self.records = [new_id() for _ in range(VISITS)]
        self.pauses, self.draws, self.changes = [], [], []

    def take(self, step):
        kind, k, minutes, days = step
        getattr(self, f"_{kind}")(k, minutes, FIRST_DAY + timedelta(days=days))

    def _plan(self, k, minutes, on):
        self.story.plan(minutes, visit=self.visits[k], on=on)

    def _deliver(self, k, minutes, on):
        self.story.deliver(minutes, visit=self.visits[k], record=self.records[k], on=on)

    def _take_back(self, k, minutes, on):
        self.story.take_back(self.records[k])

    def _release(self, k, minutes, on):
        service.release_visit(visit_id=self.visits[k], actor=self.story.actor, now=self.story.now)

    def _version(self, k, minutes, on):
        self.story.open(next_version(self.story.terms, counts_from=on, grants=weekly(*[minutes] * 4)))

    def _close(self, k, minutes, on):
        self.close((on - FIRST_DAY).days)

    def _end_pause(self, k, minutes, on):
        for pause in self.pauses[-1:]:
            ends_on = pause.starts_on + (on - FIRST_DAY)
            service.end_pause(pause_id=pause.id, ends_on=ends_on, actor=self.story.actor, now=self.story.now)

    def _top_up(self, k, minutes, on):
        self._settle(service.top_up, SOCIAL_WORKER, self.visits[k], minutes)

    def _absorb(self, k, minutes, on):
        self._settle(service.absorb, COORDINATOR, self.visits[k], minutes)

    def close(self, days: int) -> None:
        while service.close_due_periods(now=end_of_day(FIRST_DAY + timedelta(days=days))):
            pass

    def _pause(self, k, minutes, on) -> None:
        self.pauses.append(
            service.pause_care(
                pause_id=new_id(),
                person_id=self.story.terms.person_id,
                reason=PauseReason.AWAY,
                starts_on=on,
                ends_on=on + timedelta(days=4),
                actor=self.story.actor,
                now=self.story.now,
            )
        )

    def _decide(self, k, minutes, on) -> None:
        """About the draw that has waited longest."""
        if self.draws:
            self._decide_draw(k, self.draws.pop(0))

    def _settle(self, decide, actor, visit_id: UUID, minutes: int) -> None:
        said = {"person_id": self.story.terms.person_id, "minutes": Minutes(minutes), "reason": "Ill"}
        try:
            with db.session.begin_nested():
                decide(decision_id=new_id(), visit_id=visit_id, actor=actor, now=self.story.now, **said)
        except (NotFound, NotUncovered):
            return

    def _ask(self, k, minutes, on) -> None:
        """Contingency that waits for the social worker, over the closes of periods too."""
        request = DrawRequest(new_id(), "chest_infection", "personal_care", "Ill", Minutes(minutes), self.visits[k])
        with suppress(ContingencyRefused):
            service.draw_contingency(
                person_id=self.story.terms.person_id, request=request, actor=ASSESSOR, now=self.story.now
            )
            self.draws.append(request.id)

    def _decide_draw(self, k: int, draw_id: UUID) -> None:
        said = {"draw_id": draw_id, "actor": SOCIAL_WORKER, "now": self.story.now}
        with suppress(ContingencyRefused, service.DecidedBefore):
            if k:
                service.approve_contingency(**said)
            else:
                service.refuse_contingency(reason="Use the bank", **said)

    def _adjust(self, k, minutes, on) -> None:
        """More or less time: inside the limits, or asked for."""
        wanted = Wanted(
            new_id(), minutes if k else -minutes, GARDEN.id, "She walks", Lasting.UNTIL_NEXT_VERSION, "She said yes"
        )
        with suppress(CannotAdjust):
            self.changes.append(
                service.adjust_hours(
                    person_id=self.story.terms.person_id, wanted=wanted, actor=ASSESSOR, now=self.story.now
                )
            )

    def _answer(self, k, minutes, on) -> None:
        """The social worker and the person say yes to the last change, or the person takes it back."""
        for change in self.changes[-1:]:
            said = {"adjustment_id": change.id, "now": self.story.now}
            with suppress(TooLate, CannotAdjust):
                service.approve_adjustment(actor=SOCIAL_WORKER, **said)
            with suppress(TooLate, CannotAdjust):
                if k:
                    service.agree_to_decrease(told_by="", actor=CITIZEN, **said)
                else:
                    service.take_decrease_back(actor=CITIZEN, **said)

    def _dispute(self, k, outcome, on) -> None:
        with suppress(NotFound, NotUncovered, AlreadyDisputed):
            made = service.dispute_unfunded(
                dispute_id=new_id(), person_id=self.story.terms.person_id, visit_id=self.visits[k], why="Late",
                days=10, actor=COORDINATOR, now=self.story.now,
            )  # fmt: skip
            ruling = Ruling((Outcome.TOP_UP, Outcome.ABSORB)[outcome], "She fell")
            service.decide_dispute(dispute_id=made.id, ruling=ruling, actor=SOCIAL_WORKER, now=self.story.now)

    def _contingency(self, k, minutes, on) -> None:
        visit_id = self.visits[k]
        request = DrawRequest(new_id(), "chest_infection", "personal_care", "Ill", Minutes(minutes), visit_id)
        try:
            service.draw_contingency(
                person_id=self.story.terms.person_id, request=request, actor=SOCIAL_WORKER, now=self.story.now
            )
        except ContingencyRefused:
            return

    def banks(self):
        return [b for n in (-1, 0, 1, 2) for b in queries.list_banks(plan_id=self.story.terms.plan_id, number=n)]

    def statement(self):
        """Which visits the bank paid for, and what it came to."""
        paid = [queries.drawn_minutes(record_id=r) for r in self.records]
        return paid, self.story.view().funders

    def totals(self):
        held = [queries.balances(bank_id=b.id) for b in self.banks()]
        return [{account.value: minutes for account, minutes in h.items()} for h in held]


@few
@given(steps)
def test_any_history_adds_up(session, person_id, taken):
    with session.begin_nested() as undone:
        history = History(person_id)
        for step in taken:
            history.take(step)

        assert service.check_ledger() == []
        lines = queries.list_entries(person_id=person_id, limit=10_000)
        for bank in history.banks():
            folded = balances_of(line.entry for line in lines if line.entry.bank_id == bank.id)
            assert queries.balances(bank_id=bank.id) == folded
            assert all(folded[account] >= 0 for account in HELD)
        undone.rollback()


@settings(few, max_examples=6)
@given(steps)
def test_saying_everything_twice_changes_nothing(session, person_id, taken):
    with session.begin_nested() as undone:
        history = History(person_id)
        delivered = [s for s in taken if s[0] == "deliver"]
        for step in delivered:
            history.take(step)
        once, lines = history.totals(), len(queries.list_entries(person_id=person_id, limit=10_000))
        for step in reversed(delivered):
            history.take(step)
        service.open_bank(terms=history.story.terms, actor=history.story.actor, now=history.story.now)

        assert (history.totals(), len(queries.list_entries(person_id=person_id, limit=10_000))) == (once, lines)
        undone.rollback()


@settings(few, max_examples=8)
@given(
    planned=st.lists(length, min_size=VISITS, max_size=VISITS),
    delivered=st.permutations([(k, 10 + 25 * k) for k in range(VISITS)]),
    unplanned=st.integers(0, VISITS),
)
def test_the_order_of_arrival_alters_neither_totals_nor_statement(session, person_id, planned, delivered, unplanned):
    def after(order):
        with session.begin_nested() as undone:
            history = History(person_id)
            for k, minutes in enumerate(planned[unplanned:], start=unplanned):
                history.take(("plan", k, minutes, 0))
            for k, minutes in order:
                history.take(("deliver", k, minutes, 0))
            totals = history.totals()
            history.close(35)
            stated = history.totals(), history.statement()
            undone.rollback()
        return totals, stated

    assert after(delivered) == after(sorted(delivered))
