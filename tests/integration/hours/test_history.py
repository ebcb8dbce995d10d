"""For any history: balances are the fold, nothing is below nought, repeats change nothing, order does not matter."""

from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careplan.access.domain.actor import Actor, Role
from careplan.hours import queries, service
from careplan.hours.domain.contingency import ContingencyRefused, DrawRequest
from careplan.hours.domain.ledger import HELD, balances_of
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, Story, make_terms, next_version, weekly

SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)
VISITS = 4
few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
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
    ),
    max_size=14,
)


class History:
    """A small bank, some visits, and one record for each."""

    def __init__(self, person_id):
        terms = make_terms(person_id=person_id, grants=weekly(40, 30, 40, 30))
        self.story = Story(terms).open()
        self.visits = [new_id() for _ in range(VISITS)]
        self.records = [new_id() for _ in range(VISITS)]

    def take(self, step):
        kind, k, minutes, days = step
        on = FIRST_DAY + timedelta(days=days)
        match kind:
            case "plan":
                self.story.plan(minutes, visit=self.visits[k], on=on)
            case "deliver":
                self.story.deliver(minutes, visit=self.visits[k], record=self.records[k], on=on)
            case "take_back":
                self.story.take_back(self.records[k])
            case "release":
                service.release_visit(visit_id=self.visits[k], actor=self.story.actor, now=self.story.now)
            case "contingency":
                self._contingency(self.visits[k], minutes)
            case "version":
                self.story.open(next_version(self.story.terms, counts_from=on, grants=weekly(*[minutes] * 4)))

    def _contingency(self, visit_id: UUID, minutes: int) -> None:
        request = DrawRequest(new_id(), "chest_infection", "personal_care", "Ill", Minutes(minutes), visit_id)
        try:
            service.draw_contingency(
                person_id=self.story.terms.person_id, request=request, actor=SOCIAL_WORKER, now=self.story.now
            )
        except ContingencyRefused:
            return

    def banks(self):
        return [b for n in (-1, 0, 1, 2) for b in queries.list_banks(plan_id=self.story.terms.plan_id, number=n)]

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


@few
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


@settings(few, max_examples=15)
@given(
    planned=st.lists(length, min_size=VISITS, max_size=VISITS),
    delivered=st.permutations([(k, 10 + 25 * k) for k in range(VISITS)]),
    unplanned=st.integers(0, VISITS),
)
def test_the_order_of_arrival_does_not_alter_the_totals(session, person_id, planned, delivered, unplanned):
    def after(order):
        with session.begin_nested() as undone:
            history = History(person_id)
            for k, minutes in enumerate(planned[unplanned:], start=unplanned):
                history.take(("plan", k, minutes, 0))
            for k, minutes in order:
                history.take(("deliver", k, minutes, 0))
            totals = history.totals()
            undone.rollback()
        return totals

    assert after(delivered) == after(sorted(delivered))
