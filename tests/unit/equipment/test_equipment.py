"""Where a thing stands, what is free, and what it changes in hours; how far a referral has come."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.equipment.domain import item as items
from careplan.equipment.domain.item import Item, ItemEvent, ItemKind, ItemState, ItemStep, NewItem
from careplan.equipment.domain.referral import Referral, ReferralEvent, ReferralState, ReferralStep, Urgency, check_step
from careplan.kernel.errors import Invalid
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.transitions import NotNow

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)
BATH_LIFT = NewItem(ItemKind.AID, "Bath lift", "To bathe by herself.", Pence(412_00))


def an_item(*events):
    steps = tuple(ItemStep(e, TODAY, NOW + timedelta(minutes=n), uuid4(), "Said") for n, e in enumerate(events))
    return Item(uuid4(), uuid4(), BATH_LIFT, NOW, uuid4(), steps)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((), ItemState.ORDERED),
        ((ItemEvent.DELIVER, ItemEvent.USE), ItemState.IN_USE),
        ((ItemEvent.DELIVER, ItemEvent.LEAVE, ItemEvent.USE, ItemEvent.RETURN), ItemState.RETURNED),
        ((ItemEvent.CANCEL,), ItemState.CANCELLED),
    ],
)
def test_it_is_ordered_delivered_used_or_not_and_collected(events, state):
    assert an_item(*events).state is state


@pytest.mark.parametrize(
    ("events", "event", "on", "words", "refusal"),
    [
        ((), ItemEvent.USE, TODAY, "", NotNow),
        ((ItemEvent.DELIVER, ItemEvent.RETURN), ItemEvent.USE, TODAY, "", NotNow),
        ((ItemEvent.DELIVER,), ItemEvent.LEAVE, TODAY, " ", Invalid),
        ((ItemEvent.DELIVER,), ItemEvent.USE, TODAY - timedelta(days=1), "", Invalid),
        ((), ItemEvent.DELIVER, TODAY + timedelta(days=1), "", Invalid),
    ],
)
def test_what_cannot_have_happened_is_refused(events, event, on, words, refusal):
    with pytest.raises(refusal):
        items.check_item_step(an_item(*events), event, on=on, words=words, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "cost", "free"),
    [
        (ItemKind.AID, 1_000_00, True),
        (ItemKind.ADAPTATION, 1_000_01, False),
        (ItemKind.TECHNOLOGY, 20_00, False),
        (ItemKind.AID, None, False),
    ],
)
def test_aids_and_changes_to_the_home_are_free_up_to_a_thousand_pounds_each(kind, cost, free):
    assert items.is_free(kind, Pence(cost) if cost is not None else None) is free


def test_what_it_changes_in_a_week_is_said_and_needs_both_figures():
    hoist = NewItem(ItemKind.AID, "Stand aid", "One worker.", None, "", Minutes(1680), Minutes(840))

    assert "14 hours less" in (items.effect_words(hoist) or "")
    assert items.effect_words(BATH_LIFT) is None
    with pytest.raises(Invalid):
        items.check_item(NewItem(ItemKind.AID, "Stand aid", "One worker.", before=Minutes(60)))


def a_referral(*events):
    steps = tuple(ReferralStep(e, NOW + timedelta(minutes=n), uuid4(), "Said") for n, e in enumerate(events))
    return Referral(uuid4(), uuid4(), uuid4(), "Stairs", Urgency.SOON, "Yes", NOW, uuid4(), steps)


def test_a_referral_is_accepted_visited_and_answered_by_recommendations():
    accept, recommend = ReferralEvent.ACCEPT, ReferralEvent.RECOMMEND

    assert a_referral(accept, ReferralEvent.PLAN_VISIT, recommend).state is ReferralState.RECOMMENDED
    with pytest.raises(NotNow):
        check_step(a_referral(), recommend, words="A rail", visit_on=None, today=TODAY)
    with pytest.raises(Invalid):
        check_step(a_referral(accept), ReferralEvent.PLAN_VISIT, words="Coming", visit_on=None, today=TODAY)
    with pytest.raises(NotNow):
        check_step(a_referral(ReferralEvent.DECLINE), accept, words="", visit_on=None, today=TODAY)
