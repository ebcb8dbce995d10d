"""Planning visits and calling them off."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.errors import Invalid
from careplan.visits import service
from careplan.visits.domain.visit import CancelledBy, Status
from careplan.visits.queries import find_record, get_visit
from careplan.visits.service.looking import WorkerBusy
from careplan.visits.service.planning import AlreadyRecorded
from tests.factories.visits import make_visit, visit_body
from tests.integration.visits.conftest import look_again


def balance(session):
    """Reserved and delivered in the period that runs."""
    found = session.execute(
        text(
            "SELECT reserved, delivered FROM hour_balance JOIN hour_bank ON hour_bank.id = bank_id"
            " WHERE period_number = 0"
        )
    ).one()
    return tuple(found)


class TestPlanVisit:
    def test_sets_minutes_aside_for_each_worker(self, session, care, now):
        make_visit(care, start=now + timedelta(days=1), minutes=45, workers=[care.joy.account_id, care.sam.account_id])

        assert balance(session) == (90, 0)

    def test_opens_the_person_to_the_worker_from_the_day_before_until_the_day_after(self, care, noon):
        make_visit(care, start=noon)

        found = [
            access.is_related(
                person_id=care.person_id, kind=Kind.ROUND, account_id=care.joy.account_id, at=noon + timedelta(days=d)
            )
            for d in (-2, -1, 0, 1, 2)
        ]

        assert found == [False, True, True, True, False]

    def test_refuses_a_worker_of_another_organisation(self, care, noon):
        with pytest.raises(Invalid, match="your own organisation"):
            make_visit(care, start=noon, workers=[care.around.citizen.account_id])

    def test_lets_one_visit_begin_when_the_other_ends(self, care, noon):
        make_visit(care, start=noon)

        assert make_visit(care, start=noon + timedelta(hours=1)).status is Status.PLANNED

    def test_puts_no_worker_in_two_places_though_two_plan_at_once(self, app, session, care, noon, commit, at_once):
        commit()

        def act(k):
            with app.app_context():
                see_everything(db.session, as_="test")
                try:
                    make_visit(care, start=noon + timedelta(minutes=k))
                    db.session.commit()
                except WorkerBusy:
                    db.session.rollback()
                    return "busy"
                finally:
                    db.session.remove()
                return "planned"

        assert sorted(at_once(4, act)) == ["busy", "busy", "busy", "planned"]


class TestCancelVisit:
    def cancel(self, care, visit, *, by, hours):
        return service.cancel_visit(
            visit_id=visit.id, by=by, reason="Away.", actor=care.around.coordinator,
            now=visit.planned_start - timedelta(hours=hours),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("by", "hours", "expected"),
        [
            (CancelledBy.PERSON, 24, (0, 0)),
            (CancelledBy.PERSON, 23, (0, 60)),
            (CancelledBy.PROVIDER, 1, (0, 0)),
        ],
    )
    def test_gives_minutes_back_unless_the_person_said_so_too_late(self, session, care, noon, by, hours, expected):
        visit = make_visit(care, start=noon)

        self.cancel(care, visit, by=by, hours=hours)

        assert balance(session) == expected

    def test_is_undone_in_the_bank_when_the_visit_happened_after_all(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier, now=earlier - timedelta(days=1))
        self.cancel(care, visit, by=CancelledBy.PERSON, hours=2)
        commit()

        (verdict,) = send(care.joy, visit_body(care, start=earlier, minutes=40, visit=visit))

        assert verdict["flags"] == ["visit_cancelled"]
        assert balance(session) == (0, 40)

    def test_refuses_a_visit_that_was_recorded(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()
        body = visit_body(care, start=earlier, visit=visit)
        send(care.joy, body)
        look_again(session)

        assert find_record(record_id=body["id"]) is not None
        assert get_visit(visit_id=visit.id).status is Status.COMPLETED
        with pytest.raises(AlreadyRecorded):
            self.cancel(care, visit, by=CancelledBy.PROVIDER, hours=1)
