"""Two voices far apart call for a review: by itself, once, with the reason, until one is held."""

from datetime import timedelta

from careplan.access import queries as access
from careplan.access.domain.policy import Kind as Tie
from careplan.kernel.clock import local_date, utc_now
from careplan.notices import queries as notices
from careplan.notices.domain.notice import NoticeKind
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.rating import RatingKind
from careplan.plans import queries as plans
from careplan.reviews import queries
from careplan.reviews.domain.due import Why
from careplan.reviews.domain.review import Reason
from tests.factories.outcomes import make_rating
from tests.factories.reviews import make_review, unplanned


def rate(around, version, actor, level, **said):
    outcome_id = version.content.outcomes[0].id
    return make_rating(
        person_id=around.person_id, outcome_id=outcome_id, actor=actor, level=level, kind=RatingKind.NOTE,
        **{"now": utc_now(), **said},
    )  # fmt: skip


def why(version, at=None):
    at = at or utc_now()
    return queries.find_due(plan=plans.get_plan(plan_id=version.plan_id, at=at), at=at).why


def listed(around):
    people = access.select_related(actor=around.social_worker, kinds=[Tie.CASELOAD], now=utc_now())
    return [d.due.why for d in queries.list_due(people=people, at=utc_now())]


def told(around):
    found = notices.list_notices(actor=around.social_worker, now=utc_now(), limit=50)
    return [n.words for n in found if n.kind is NoticeKind.REVIEW and "two levels" in n.words]


def test_a_gap_calls_for_one_review_and_is_told_once(around, in_force):
    rate(around, in_force, around.citizen, -1)
    rate(around, in_force, around.coordinator, 0)
    assert (why(in_force), listed(around), told(around)) == (Why.PLANNED, [], [])

    rate(around, in_force, around.coordinator, 1)
    rate(around, in_force, around.coordinator, 2)

    assert (why(in_force), listed(around)) == (Why.GAP, [Why.GAP])
    assert told(around) == ["Margaret and the team see an outcome two levels apart or more. A review is due."]

    make_review(plan_id=in_force.plan_id, actor=around.social_worker, said=unplanned(reason=Reason.GAP))
    assert (why(in_force), listed(around)) == (Why.PLANNED, [])
    rate(around, in_force, around.coordinator, 2)
    assert (why(in_force), len(told(around))) == (Why.PLANNED, 1)


def test_a_slip_that_is_taken_back_calls_for_nothing(around, in_force):
    rate(around, in_force, around.citizen, -1)
    slip = rate(around, in_force, around.coordinator, 2)
    assert why(in_force) is Why.GAP

    outcomes.take_back(rating_id=slip.id, actor=around.coordinator, now=utc_now())
    assert why(in_force) is Why.PLANNED


def test_a_late_note_is_counted_from_when_it_came(around, in_force):
    rate(around, in_force, around.citizen, -1)
    make_review(plan_id=in_force.plan_id, actor=around.social_worker)
    tomorrow = utc_now() + timedelta(days=1)
    rate(around, in_force, around.coordinator, 2, now=tomorrow, at=utc_now() - timedelta(minutes=5))

    assert why(in_force, tomorrow) is Why.GAP
    found = queries.find_due(plan=plans.get_plan(plan_id=in_force.plan_id, at=tomorrow), at=tomorrow)
    assert found.on == local_date(tomorrow)
