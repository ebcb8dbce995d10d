"""Watching over visits: alerts, what is missed, what a late start corrects, what outcomes draw."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, text

from careplan.kernel.clock import at_local
from careplan.kernel.errors import Invalid
from careplan.notices.models import NoticeRow
from careplan.visits import service
from careplan.visits.domain.alert import AlertKind
from careplan.visits.domain.drawing import Drawing, Draws, Outcome, outcome_of
from careplan.visits.domain.lateness import Windows
from careplan.visits.domain.rules import Rules
from careplan.visits.domain.visit import CancelledBy, Status
from careplan.visits.models import VisitAlertRow
from careplan.visits.queries import get_visit
from careplan.visits.queries.watching import find_rules, list_alerts
from careplan.visits.service import Answer
from careplan.visits.service.outcomes import NotDueYet
from tests.factories.rota import record
from tests.factories.visits import make_care, make_visit

DAY = date(2026, 11, 20)
EIGHT = at_local(DAY, time(8))
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def care(session):
    made = make_care(now=EIGHT)
    session.execute(text("UPDATE account SET active_from = :then"), {"then": EIGHT - timedelta(days=30)})
    return made


def alerts(care):
    return [a.kind for a in list_alerts(provider_id=care.around.provider.id)]


def minutes(session):
    """Reserved and delivered in all."""
    return tuple(session.execute(text("SELECT sum(reserved), sum(delivered) FROM hour_balance")).one())


class TestNoStart:
    @pytest.mark.parametrize(("critical", "patience"), [(True, 30), (False, 45)])
    def test_alerts_once_past_the_threshold(self, care, critical, patience):
        make_visit(care, start=EIGHT, time_critical=critical)

        service.watch(now=EIGHT + patience * MINUTE)
        assert alerts(care) == []
        service.watch(now=EIGHT + patience * MINUTE + SECOND)
        service.watch(now=EIGHT + patience * MINUTE + MINUTE)
        assert alerts(care) == [AlertKind.NO_START]

    def test_says_what_the_plan_says_and_tells_the_coordinator(self, session, care):
        make_visit(care, start=EIGHT)
        service.watch(now=EIGHT + timedelta(hours=1))

        said = care.version.content.missed_visit
        (alert,) = list_alerts(provider_id=care.around.provider.id)
        assert (alert.rank, alert.contact, alert.response) == (said.rank, said.contact, said.response)
        told = session.scalars(select(NoticeRow.words).where(NoticeRow.address == "/provider")).all()
        assert told == ["No start received: Margaret Ellis, 08:00 on Friday 20 November 2026."]

    def test_waits_as_long_as_the_council_sets(self, care):
        rules = Rules(Windows(late_after=10 * MINUTE))
        service.set_rules(rules=rules, actor=care.around.coordinator, now=EIGHT - timedelta(days=1))
        make_visit(care, start=EIGHT)

        service.watch(now=EIGHT + 10 * MINUTE + SECOND)

        assert alerts(care) == [AlertKind.NO_START]

    def test_is_answered_by_a_start_that_comes_in_late(self, session, care):
        visit = make_visit(care, start=EIGHT)
        service.watch(now=EIGHT + timedelta(hours=1))
        record(care, visit, start=EIGHT, now=EIGHT + timedelta(hours=2))

        assert alerts(care) == []
        assert session.scalar(select(VisitAlertRow.confirmed)) is False


class TestLate:
    def test_at_half_past_to_the_second_it_is_in_time_and_a_second_later_it_is_not(self, care):
        first = make_visit(care, start=EIGHT, time_critical=True)
        second = make_visit(care, start=EIGHT, time_critical=True, worker=care.sam)
        record(care, first, start=EIGHT + 30 * MINUTE, now=EIGHT + timedelta(hours=2))
        record(
            care, second, start=EIGHT + 30 * MINUTE + SECOND, now=EIGHT + timedelta(hours=2), worker=care.sam
        )

        service.watch(now=EIGHT + timedelta(hours=2))

        (alert,) = list_alerts(provider_id=care.around.provider.id)
        assert (alert.kind, alert.visit_id) == (AlertKind.LATE, second.id)

    def test_a_wrong_clock_is_for_a_person_to_decide(self, session, care):
        visit = make_visit(care, start=EIGHT, time_critical=True)
        record(care, visit, start=EIGHT, skew=40 * MINUTE, now=EIGHT + timedelta(hours=2))
        service.watch(now=EIGHT + timedelta(hours=2))
        (alert,) = list_alerts(provider_id=care.around.provider.id)
        assert session.scalar(select(VisitAlertRow.confirmed)) is None

        coordinator = care.around.coordinator
        with pytest.raises(Invalid, match="clock was wrong"):
            service.answer_alert(alert_id=alert.id, answer=Answer("Rang."), actor=coordinator, now=EIGHT)
        service.answer_alert(
            alert_id=alert.id, answer=Answer("She was there at eight.", confirmed=False), actor=coordinator, now=EIGHT
        )

        assert session.scalar(select(VisitAlertRow.confirmed)) is False
        assert alerts(care) == []


class TestMissed:
    def test_is_settled_by_itself_at_eleven_and_gives_its_minutes_back(self, session, care):
        visit = make_visit(care, start=EIGHT)

        service.watch(now=at_local(DAY, time(22, 59)))
        assert get_visit(visit_id=visit.id).status is Status.PLANNED
        service.watch(now=at_local(DAY, time(23)))

        found = get_visit(visit_id=visit.id)
        assert (found.status, found.missed.by, outcome_of(found)) == (Status.MISSED, None, Outcome.MISSED)
        assert minutes(session) == (0, 0)
        own = session.scalars(
            select(NoticeRow.words).where(NoticeRow.recipient_id == care.around.citizen.account_id)
        ).all()
        assert "Nobody came for the visit at 08:00 on Friday 20 November 2026. Your care provider will call you." in own

    def test_is_settled_when_the_next_visit_is_due(self, care):
        visit = make_visit(care, start=EIGHT)
        make_visit(care, start=at_local(DAY, time(12, 30)))

        service.watch(now=at_local(DAY, time(12, 30)))

        assert get_visit(visit_id=visit.id).status is Status.MISSED

    def test_from_nine_in_the_evening_it_takes_two_hours(self, care):
        visit = make_visit(care, start=at_local(DAY, time(21, 30)))

        service.watch(now=at_local(DAY, time(23, 29)))
        assert get_visit(visit_id=visit.id).status is Status.PLANNED
        service.watch(now=at_local(DAY, time(23, 30)))
        assert get_visit(visit_id=visit.id).status is Status.MISSED

    def test_a_start_that_syncs_later_corrects_it(self, session, care):
        visit = make_visit(care, start=EIGHT)
        service.watch(now=at_local(DAY, time(23)))
        record(care, visit, start=EIGHT, now=at_local(DAY, time(23, 30)), minutes=40)

        assert get_visit(visit_id=visit.id).status is Status.COMPLETED
        assert minutes(session) == (0, 40)
        assert alerts(care) == []

    def test_the_coordinator_may_say_so_once_it_is_due(self, care):
        visit = make_visit(care, start=EIGHT)
        said = {"visit_id": visit.id, "reason": "The car broke down.", "actor": care.around.coordinator}

        with pytest.raises(NotDueYet):
            service.miss_visit(**said, now=EIGHT - MINUTE)
        assert service.miss_visit(**said, now=EIGHT + MINUTE).missed.by == care.around.coordinator.account_id
        assert alerts(care) == [AlertKind.MISSED]

    def test_of_two_visits_done_in_one_the_other_counts_as_missed(self, session, care):
        first, second = make_visit(care, start=EIGHT), make_visit(care, start=at_local(DAY, time(12)))
        record(care, second, start=at_local(DAY, time(12)), now=at_local(DAY, time(14)), minutes=90)

        merged = service.miss_visit(
            visit_id=first.id, reason="She asked for one long visit.", merged_into=second.id,
            actor=care.around.coordinator, now=at_local(DAY, time(15)),
        )  # fmt: skip

        assert (merged.status, merged.missed.merged_into) == (Status.MISSED, second.id)
        assert minutes(session) == (0, 90)


class TestOutcomes:
    @pytest.mark.parametrize(
        ("result", "said", "expected"),
        [
            ("no_reply", {}, (0, 60)),
            ("refused", {}, (0, 60)),
            ("in_hospital", {}, (0, 0)),
            ("refused", {Outcome.REFUSED: Drawing.RELEASED}, (0, 0)),
        ],
    )
    def test_at_the_door_draw_as_the_rules_say(self, session, care, result, said, expected):
        if said:
            service.set_rules(
                rules=Rules(draws=Draws(said)), actor=care.around.coordinator, now=EIGHT - timedelta(days=2)
            )
        visit = make_visit(care, start=EIGHT)
        record(care, visit, start=EIGHT, minutes=5, result=result, now=EIGHT + timedelta(hours=1))

        assert minutes(session) == expected

    @pytest.mark.parametrize(
        ("by", "told", "outcome", "expected"),
        [
            (CancelledBy.PERSON, timedelta(hours=24), Outcome.CANCELLED_IN_TIME, (0, 0)),
            (CancelledBy.PERSON, timedelta(hours=23), Outcome.CANCELLED_LATE, (0, 60)),
            (CancelledBy.PROVIDER, timedelta(hours=1), Outcome.CANCELLED_BY_PROVIDER, (0, 0)),
            (CancelledBy.HOSPITAL, timedelta(hours=1), Outcome.IN_HOSPITAL, (0, 0)),
        ],
    )
    def test_called_off_with_the_notice_counted_from_when_they_said_so(
        self, session, care, by, told, outcome, expected
    ):
        visit = make_visit(care, start=EIGHT)

        found = service.cancel_visit(
            visit_id=visit.id, by=by, reason="Said so.", said_at=EIGHT - told, actor=care.around.coordinator,
            now=EIGHT - 10 * MINUTE,
        )  # fmt: skip

        assert (outcome_of(found), found.cancellation.notice) == (outcome, told)
        assert minutes(session) == expected

    def test_of_two_workers_only_who_came_counts_and_the_others_share_goes_back(self, session, care):
        both = [care.joy.account_id, care.sam.account_id]
        visit = make_visit(care, start=EIGHT, workers=both, workers_needed=2)
        record(care, visit, start=EIGHT, minutes=50, now=EIGHT + timedelta(hours=1))
        assert minutes(session) == (60, 50)

        service.watch(now=at_local(DAY, time(23)))

        assert outcome_of(get_visit(visit_id=visit.id)) is Outcome.ONE_OF_TWO
        assert minutes(session) == (0, 50)
        assert alerts(care) == [AlertKind.ONE_OF_TWO]

    def test_nobody_at_the_door_alerts_with_the_plans_steps(self, care):
        visit = make_visit(care, start=EIGHT)
        record(care, visit, start=EIGHT, minutes=5, result="no_reply", now=EIGHT + 10 * MINUTE)

        service.watch(now=EIGHT + 10 * MINUTE)

        (alert,) = list_alerts(provider_id=care.around.provider.id)
        first = care.version.content.no_reply[0]
        assert alert.kind is AlertKind.NO_REPLY
        assert first.step in alert.response.splitlines()[0]


def test_a_providers_own_rules_go_before_those_for_all(care):
    actor, provider_id = care.around.coordinator, care.around.provider.id
    service.set_rules(rules=Rules(Windows(late_after=20 * MINUTE)), actor=actor, now=EIGHT)
    service.set_rules(
        rules=Rules(Windows(late_after=15 * MINUTE)), actor=actor, now=EIGHT, provider_id=provider_id
    )

    assert find_rules(provider_id=provider_id, at=EIGHT).late_minutes == 15
    assert find_rules(provider_id=None, at=EIGHT).late_minutes == 20
    assert find_rules(provider_id=provider_id, at=EIGHT - SECOND).late_minutes == 45
