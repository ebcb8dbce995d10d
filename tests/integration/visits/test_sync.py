"""A tablet's records: one verdict each, once for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from careplan.kernel.ids import new_id
from careplan.visits.models import HeldRecordRow, SyncReceiptRow, VisitFlagRow, VisitRecordRow
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_person
from tests.factories.visits import envelope, make_care, make_visit, rating_body, visit_body
from tests.integration.visits.conftest import look_again
from tests.pages import send_json


def rows(session, model):
    look_again(session)
    return session.scalar(select(func.count()).select_from(model))


class TestAccepted:
    def test_keeps_a_visit_and_draws_its_minutes(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()

        (verdict,) = send(care.joy, visit_body(care, start=earlier, minutes=45, visit=visit, note="All well."))

        assert (verdict["status"], verdict["flags"]) == ("accepted", [])
        record = session.scalar(select(VisitRecordRow))
        assert (record.worker_id, record.note, record.plan_version) == (care.joy.account_id, "All well.", 1)
        assert delivered(session) == 45

    def test_answers_the_same_again_and_counts_once(self, session, care, send, earlier):
        body = visit_body(care, start=earlier)

        first, second = send(care.joy, body)[0], send(care.joy, body)[0]

        assert second == {**first, "replay": True}
        assert (rows(session, VisitRecordRow), delivered(session)) == (1, 60)

    def test_takes_the_good_ones_of_a_batch_with_a_bad_one(self, session, care, send, earlier):
        good, bad = visit_body(care, start=earlier), rating_body(care, at=earlier, level=7)

        verdicts = send(care.joy, bad, good, {"kind": "song", "id": str(new_id())})

        assert [v["status"] for v in verdicts] == ["rejected", "accepted", "rejected"]
        assert [v.get("code") for v in verdicts] == ["unknown_level", None, "unknown_kind"]
        assert verdicts[0]["fields"] == [{"field": "level", "message": "Choose a level: one of −2, −1, 0, 1 and 2."}]
        assert rows(session, SyncReceiptRow) == 1

    def test_lets_a_rejected_record_come_again_mended(self, session, care, send, earlier):
        body = rating_body(care, at=earlier, level=7)
        send(care.joy, body)

        (verdict,) = send(care.joy, {**body, "level": 2})

        assert verdict["status"] == "accepted"

    @pytest.mark.parametrize("kind", ["concern", "downtime", "discard"])
    def test_keeps_the_other_kinds(self, care, send, earlier, kind):
        said = {
            "concern": {"person": str(care.person_id), "text": "A bruise on her arm.", "urgent": False},
            "downtime": {"minutes": 45, "use": "training"},
            "discard": {"record": str(new_id()), "reason": "Logged by mistake."},
        }[kind]

        (verdict,) = send(care.joy, {"id": str(new_id()), "kind": kind, "occurred_at": earlier.isoformat(), **said})

        assert verdict["status"] == "accepted"

    def test_can_be_asked_again_what_was_answered_by_its_own_worker_only(self, care, send, sign_in, earlier):
        (verdict,) = send(care.joy, visit_body(care, start=earlier))

        assert sign_in(care.joy).get(verdict["href"]).json["status"] == "accepted"
        assert sign_in(care.sam).get(verdict["href"]).status_code == 404


class TestRejected:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"ended_at": "2026-01-01T00:00:00Z"}, "ended_at"),
            ({"started_at": "2026-01-01T00:00:00"}, "started_at"),
            ({"person": "nobody"}, "person"),
            ({"result": "danced"}, "result"),
            ({"workers": "Sam"}, "workers"),
            ({"plan_version": 0}, "plan_version"),
            ({"surprise": 1}, "surprise"),
            ({"occurred_at": "0001-01-01T00:00:00Z"}, "occurred_at"),
        ],
    )
    def test_says_which_field_to_mend_and_stores_nothing(self, session, care, send, earlier, said, field):
        (verdict,) = send(care.joy, {**visit_body(care, start=earlier), **said})

        assert (verdict["status"], verdict["fields"][0]["field"]) == ("rejected", field)
        assert rows(session, SyncReceiptRow) == rows(session, VisitRecordRow) == 0

    def test_refuses_a_visit_that_is_not_the_persons(self, session, care, send, now, earlier, commit):
        other = make_care(now=now)
        visit = make_visit(other, start=earlier)
        commit()

        (verdict,) = send(care.joy, visit_body(care, start=earlier, visit=visit))

        assert (verdict["status"], verdict["code"]) == ("rejected", "unknown_visit")

    def test_refuses_an_outcome_that_is_not_the_plans(self, care, send, earlier):
        (verdict,) = send(care.joy, rating_body(care, at=earlier, outcome=str(new_id())))

        assert (verdict["status"], verdict["code"]) == ("rejected", "unknown_outcome")

    def test_answers_a_record_without_an_id_too(self, care, send):
        (verdict,) = send(care.joy, {"kind": "visit"})

        assert (verdict["id"], verdict["status"]) == (None, "rejected")


class TestConflict:
    def test_lets_the_first_content_stand(self, session, care, send, earlier):
        body = visit_body(care, start=earlier, note="first")
        send(care.joy, body)

        (verdict,) = send(care.joy, {**body, "note": "second"})

        assert verdict["status"] == "conflict"
        assert session.scalar(select(VisitRecordRow.note)) == "first"

    def test_tells_another_worker_only_that_the_id_is_in_use(self, care, send, earlier):
        body = visit_body(care, start=earlier)
        send(care.joy, body)

        (verdict,) = send(care.sam, body)

        assert verdict == {
            "id": body["id"], "status": "conflict", "code": "id_in_use", "message": "This id is in use.",
        }  # fmt: skip


class TestHeld:
    def test_answers_alike_for_somebody_of_another_provider_and_for_nobody(self, session, care, send, earlier, commit):
        stranger = make_person(social_worker=make_social_worker())
        commit()

        verdicts = send(
            care.joy,
            visit_body(care, start=earlier, person=str(stranger)),
            visit_body(care, start=earlier, person=str(new_id())),
        )

        assert [(v["status"], v["flags"]) for v in verdicts] == [("accepted", ["not_on_round"])] * 2
        assert (rows(session, HeldRecordRow), rows(session, VisitRecordRow)) == (2, 0)

    def test_keeps_what_a_revoked_tablet_sends_in_quarantine(self, session, care, send, earlier):
        from careplan.visits import service

        device = str(new_id())
        send(care.joy, visit_body(care, start=earlier), device=device)
        service.revoke_device(device_id=device, actor=care.around.coordinator, now=earlier)
        session.commit()

        (verdict,) = send(care.joy, visit_body(care, start=earlier), device=device)

        assert (verdict["status"], verdict["flags"]) == ("accepted", ["device_revoked"])


class TestFlags:
    def test_marks_a_person_who_was_not_on_the_round(self, care, send, earlier):
        assert send(care.joy, visit_body(care, start=earlier))[0]["flags"] == ["not_on_round"]

    @pytest.mark.parametrize(
        ("start", "flag"),
        [(timedelta(hours=1), "future"), (timedelta(days=-15), "old")],
    )
    def test_marks_the_future_and_the_long_past(self, care, send, now, start, flag):
        assert flag in send(care.joy, visit_body(care, start=now + start))[0]["flags"]

    def test_marks_a_clock_that_is_wrong_and_puts_the_effective_time_beside(self, session, care, send, now, earlier):
        three_hours = timedelta(hours=3)

        (verdict,) = send(
            care.joy, visit_body(care, start=earlier - three_hours), sent_at=(now - three_hours).isoformat()
        )

        record = session.scalar(select(VisitRecordRow))
        assert "clock_skew" in verdict["flags"]
        assert record.started_at == earlier - three_hours
        assert abs(record.effective_started_at - earlier) < timedelta(seconds=30)

    def test_marks_a_plan_that_changed_since_the_worker_saw_it(self, session, care, send, earlier):
        (verdict,) = send(care.joy, visit_body(care, start=earlier, plan_version=3))

        assert "plan_changed" in verdict["flags"]
        assert session.scalar(select(VisitRecordRow.plan_version)) == 3

    def test_marks_somebody_who_has_left_and_keeps_the_record(self, session, care, send, earlier, commit):
        session.execute(
            text("UPDATE relationship SET until = :at WHERE kind = 'package'"), {"at": earlier - timedelta(hours=1)}
        )
        commit()

        assert "person_left" in send(care.joy, visit_body(care, start=earlier))[0]["flags"]
        assert rows(session, VisitRecordRow) == 1

    def test_marks_somebody_who_had_died(self, session, care, send, earlier, commit):
        session.execute(text("UPDATE person SET died_on = :on"), {"on": (earlier - timedelta(days=2)).date()})
        commit()

        assert "person_died" in send(care.joy, visit_body(care, start=earlier))[0]["flags"]

    def test_marks_two_workers_on_one_visit_and_keeps_both(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()

        send(care.joy, visit_body(care, start=earlier, visit=visit))
        (verdict,) = send(care.sam, visit_body(care, start=earlier, visit=visit))

        assert "two_workers" in verdict["flags"]
        assert (rows(session, VisitRecordRow), delivered(session)) == (2, 120)

    def test_does_not_mark_the_two_workers_that_a_visit_needs(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier, workers=[care.joy.account_id, care.sam.account_id])
        commit()

        send(care.joy, visit_body(care, start=earlier, visit=visit))
        (verdict,) = send(care.sam, visit_body(care, start=earlier, visit=visit))

        assert (verdict["flags"], delivered(session)) == ([], 120)

    def test_stand_on_the_list_until_settled(self, session, care, send, earlier):
        send(care.joy, visit_body(care, start=earlier))

        assert session.scalars(select(VisitFlagRow.code)).all() == ["not_on_round"]


class TestCorrections:
    def test_take_back_what_the_old_record_drew(self, session, care, send, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()
        wrong = visit_body(care, start=earlier, minutes=120, visit=visit)
        send(care.joy, wrong)

        send(care.joy, visit_body(care, start=earlier, minutes=50, visit=visit, corrects=wrong["id"]))

        assert (rows(session, VisitRecordRow), delivered(session)) == (2, 50)

    def test_may_come_before_what_they_correct(self, session, care, send, earlier):
        wrong = visit_body(care, start=earlier, minutes=120)
        right = visit_body(care, start=earlier, minutes=50, corrects=wrong["id"])

        send(care.joy, right, wrong)

        assert delivered(session) == 50

    def test_leave_what_another_worker_wrote(self, session, care, send, earlier):
        joys = visit_body(care, start=earlier)
        send(care.joy, joys)

        (verdict,) = send(care.sam, visit_body(care, start=earlier, minutes=30, corrects=joys["id"]))

        assert "corrects_anothers" in verdict["flags"]
        assert delivered(session) == 90


class TestEnvelope:
    def answer(self, browser, body, **headers):
        return send_json(browser, "/api/v1/sync", body, **headers)

    def test_of_somebody_signed_out_is_refused(self, client, care):
        assert self.answer(client, envelope(care.joy, [])).status_code == 401

    def test_from_another_site_is_refused(self, care, sign_in):
        answer = self.answer(sign_in(care.joy), envelope(care.joy, []), Sec_Fetch_Site="cross-site")

        assert answer.status_code == 403

    def test_of_another_worker_is_a_conflict(self, care, sign_in):
        answer = self.answer(sign_in(care.joy), envelope(care.sam, []))

        assert (answer.status_code, answer.json["code"]) == (409, "other_worker")

    def test_with_too_many_records_is_refused(self, care, sign_in):
        answer = self.answer(sign_in(care.joy), envelope(care.joy, [{}] * 51))

        assert answer.status_code == 413

    def test_too_large_is_refused(self, care, sign_in):
        answer = self.answer(sign_in(care.joy), envelope(care.joy, [{"note": "x" * 1_100_000}]))

        assert answer.status_code == 413

    def test_of_a_shell_too_old_is_refused(self, care, sign_in):
        assert self.answer(sign_in(care.joy), envelope(care.joy, [], v=0)).status_code == 426

    @pytest.mark.parametrize(
        "said", [{"records": "none"}, {"records": [1]}, {"device": None}, {"sent_at": "now"}, {"v": "1"}, {"v": 2}]
    )
    def test_malformed_says_so(self, care, sign_in, said):
        answer = self.answer(sign_in(care.joy), {**envelope(care.joy, []), **said})

        assert (answer.status_code, answer.json["code"]) == (400, "malformed")

    def test_of_somebody_who_is_no_care_worker_is_refused(self, session, care, sign_in):
        stranger = care.around.coordinator

        assert self.answer(sign_in(stranger), envelope(stranger, [])).status_code == 403

    def test_of_a_worker_elsewhere_reaches_nobody_here(self, session, care, sign_in, earlier, commit):
        from careplan.access.domain.actor import Role

        elsewhere = make_account(Role.CARE_WORKER, organisation=make_organisation(name="Meadow Home Support"))
        commit()

        answer = self.answer(sign_in(elsewhere), envelope(elsewhere, [visit_body(care, start=earlier)]))

        assert answer.json["results"][0]["flags"] == ["not_on_round"]
        assert rows(session, VisitRecordRow) == 0


class TestAtOnce:
    def test_the_same_visit_sent_twelve_times_is_there_once(self, session, care, sign_in, at_once, earlier):
        body = visit_body(care, start=earlier)
        browsers = [sign_in(care.joy) for _ in range(12)]

        answers = at_once(12, lambda k: send_json(browsers[k], "/api/v1/sync", envelope(care.joy, [body])).json)

        verdicts = [a["results"][0] for a in answers]
        assert [v["status"] for v in verdicts] == ["accepted"] * 12
        assert sum("replay" not in v for v in verdicts) == 1
        assert (rows(session, VisitRecordRow), delivered(session)) == (1, 60)

    def test_two_records_racing_for_the_last_minutes_spend_them_once(
        self, session, now, sign_in, at_once, earlier, commit
    ):
        care = make_care(now=now, weeks=[60, 0, 0, 0])
        commit()
        browsers = [sign_in(care.joy), sign_in(care.sam)]
        bodies = [visit_body(care, start=earlier, minutes=40) for _ in range(2)]

        def act(k):
            worker = (care.joy, care.sam)[k]
            return send_json(browsers[k], "/api/v1/sync", envelope(worker, [bodies[k]])).json

        at_once(2, act)

        look_again(session)
        balance = session.execute(
            text("""SELECT bank, delivered, unfunded FROM hour_balance
                JOIN hour_bank ON hour_bank.id = bank_id WHERE period_number = 0""")
        ).one()
        assert tuple(int(n) for n in balance) == (0, 80, -20)


def delivered(session):
    """All minutes delivered, from whatever account."""
    look_again(session)
    return int(session.scalar(text("SELECT coalesce(sum(delivered), 0) FROM hour_balance")))
