"""Every state and every event of a delegation: where it leads, or what would be right."""

import pytest

from careplan.delegation.domain.delegation import WHAT_WOULD_BE_RIGHT, Event, State, move
from careplan.kernel.transitions import NotNow

P, A, V, S, W, X = (
    State.PROPOSED, State.ACCEPTED, State.ACTIVE, State.SUSPENDED, State.WITHDRAWN, State.EXPIRED
)  # fmt: skip
NO = None
#               accept  decline activate suspend resume withdraw expire
TABLE = {
    P:         (A,      W,      NO,      NO,     NO,    W,       X),
    A:         (NO,     NO,     V,       NO,     NO,    W,       X),
    V:         (NO,     NO,     NO,      S,      NO,    W,       X),
    S:         (NO,     NO,     NO,      NO,     V,     W,       X),
    W:         (NO,     NO,     NO,      NO,     NO,    NO,      NO),
    X:         (NO,     NO,     NO,      NO,     NO,    NO,      NO),
}  # fmt: skip
EVENTS = (
    Event.ACCEPT, Event.DECLINE, Event.ACTIVATE, Event.SUSPEND, Event.RESUME, Event.WITHDRAW, Event.EXPIRE
)  # fmt: skip
CELLS = [(state, event, to) for state, row in TABLE.items() for event, to in zip(EVENTS, row, strict=True)]


@pytest.mark.parametrize(("state", "event", "to"), CELLS, ids=[f"{s}-{e}" for s, e, _ in CELLS])
def test_a_delegation_moves_as_the_table_says(state, event, to):
    if to is not NO:
        assert move(state, event) is to
        return
    with pytest.raises(NotNow) as refused:
        move(state, event)
    assert refused.value.message == f"It is {state}, so it cannot be {event}. {WHAT_WOULD_BE_RIGHT[state]}"


def test_the_table_leaves_nothing_out():
    assert set(TABLE) == set(State)
    assert set(EVENTS) == set(Event)
