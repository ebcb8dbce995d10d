"""Reviews written down, due and overdue; the next version rests on one."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access import queries as access
from careplan.access.domain.policy import Kind as Tie
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.notices import queries as notices
from careplan.notices.domain.notice import NoticeKind
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.content import PlanKind
from careplan.plans.service import DraftExists
from careplan.reviews import queries, service
from careplan.reviews.domain.due import Why
from careplan.reviews.domain.review import ReviewIncomplete
from tests.factories.plans import agree_all, go_without_yes, make_agreed, make_draft, make_proposed
from tests.factories.reviews import begin_next, make_review, planned, unplanned
from tests.pages import send_json, submit

DAY = timedelta(days=1)


def record(version, around, said, **call):
    return service.record_review(
        **{"review_id": new_id(), "plan_id": version.plan_id, "actor": around.social_worker, "now": utc_now(), **call},
        said=said,
    )


def due(version, at=None):
    at = at or utc_now()
    return queries.find_due(plan=plans.get_plan(plan_id=version.plan_id, at=at), at=at)


def listed(around, at):
    people = access.select_related(actor=around.social_worker, kinds=[Tie.CASELOAD], now=utc_now())
    return [(d.plan_id, d.due) for d in queries.list_due(people=people, at=at)]


class TestRecordReview:
    def test_keeps_what_was_said_with_cost_and_hours_before(self, around, in_force):
        review = record(in_force, around, planned())

        assert (review.version_number, review.said) == (1, planned())
        assert (review.before.weekly_pence, review.before.weekly_minutes) == (33_600, 900)
        assert queries.list_reviews(plan_id=in_force.plan_id) == [review]

    def test_is_refused_where_nothing_counts_yet(self, around):
        with pytest.raises(service.NothingToReview):
            record(make_proposed(around), around, unplanned())

    def test_is_refused_where_something_is_missing(self, around, in_force):
        with pytest.raises(ReviewIncomplete):
            record(in_force, around, planned(met=None))

    def test_the_same_again_changes_nothing(self, around, in_force):
        once = new_id()
        first, second = (record(in_force, around, unplanned(), review_id=once) for _ in range(2))

        assert first == second
        assert len(queries.list_reviews(plan_id=in_force.plan_id)) == 1

    def test_the_same_id_for_another_is_refused(self, around, in_force):
        once = new_id()
        record(in_force, around, unplanned(), review_id=once)
        with pytest.raises(service.ReviewIdUsed):
            record(in_force, around, unplanned(words="Something else."), review_id=once)

    def test_is_told_to_provider_and_person(self, around, in_force):
        review = record(in_force, around, unplanned())
        for actor in (around.coordinator, around.citizen):
            told = notices.list_notices(actor=actor, now=utc_now())[0]
            assert (told.kind, told.address) == (NoticeKind.REVIEW, f"/plans/{in_force.plan_id}/reviews/{review.id}")

    @pytest.mark.parametrize("statement", ["UPDATE review SET words = 'Otherwise'", "DELETE FROM review"])
    def test_stays_as_it_was_written(self, around, in_force, session, statement):
        record(in_force, around, unplanned())
        with pytest.raises(DBAPIError):
            session.execute(text(statement))


class TestBeginNextVersion:
    def test_rests_on_the_review(self, around, in_force):
        review = make_review(plan_id=in_force.plan_id, actor=around.social_worker)
        draft = service.begin_next_version(
            plan_id=in_force.plan_id, review_id=review.id, actor=around.social_worker, now=utc_now()
        )

        assert (draft.number, draft.rests_on) == (2, review.id)

    def test_is_refused_while_one_is_written(self, around, in_force):
        begin_next(plan_id=in_force.plan_id, actor=around.social_worker)
        with pytest.raises(DraftExists):
            begin_next(plan_id=in_force.plan_id, actor=around.social_worker)

    def test_needs_a_review_of_what_counts_now(self, around, in_force):
        old = make_review(plan_id=in_force.plan_id, actor=around.social_worker)
        begin_next(plan_id=in_force.plan_id, actor=around.social_worker)
        agree_all(
            plan_service.propose_plan(plan_id=in_force.plan_id, actor=around.social_worker, now=utc_now()), around
        )
        with pytest.raises(service.OfAnotherVersion, match="Version 2 counts now"):
            service.begin_next_version(
                plan_id=in_force.plan_id, review_id=old.id, actor=around.social_worker, now=utc_now()
            )

    def test_writes_a_full_plan_after_an_interim_one(self, around):
        interim = make_agreed(around, kind=PlanKind.INTERIM)

        assert begin_next(plan_id=interim.plan_id, actor=around.social_worker).kind is PlanKind.FULL

    def test_can_be_begun_again_after_the_draft_was_given_up(self, around, in_force):
        draft = begin_next(plan_id=in_force.plan_id, actor=around.social_worker)
        by = {"plan_id": in_force.plan_id, "actor": around.social_worker}
        plan_service.discard_draft(**by, now=utc_now())

        assert service.begin_next_version(**by, review_id=draft.rests_on, now=utc_now()).number == 3


class TestWhenAReviewIsDue:
    def test_is_the_day_that_the_plan_sets_until_a_review_names_another(self, around, in_force):
        assert due(in_force).on == in_force.content.review_on
        said = planned(next_on=local_date(utc_now()) + timedelta(days=300))
        record(in_force, around, said)

        assert due(in_force).on == said.next_on

    def test_is_within_28_days_where_the_person_did_not_agree(self, around):
        version = agree_all(go_without_yes(make_proposed(around), around), around)
        assert due(version) == queries.Due(local_date(utc_now()) + timedelta(days=28), Why.NOT_AGREED)
        record(version, around, unplanned())

        assert due(version).why is Why.PLANNED

    def test_is_never_while_nothing_counts(self, around):
        assert due(make_draft(around)) is None

    def test_shows_in_the_list_from_three_weeks_before_and_stays_when_it_is_over(self, around, in_force):
        on = in_force.content.review_on
        later = utc_now() + timedelta(days=(on - local_date(utc_now())).days)

        assert listed(around, later - 22 * DAY) == []
        for at in (later - 21 * DAY, later, later + 40 * DAY):
            assert listed(around, at) == [(in_force.plan_id, due(in_force, at))]

    def test_the_list_says_what_the_page_of_each_plan_says(self, around):
        version = agree_all(go_without_yes(make_proposed(around), around), around)
        at = utc_now() + timedelta(days=10)

        assert listed(around, at) == [(version.plan_id, due(version, at))]


class TestPages:
    def fields(self, said):
        held, later = said.held_on, said.next_on
        day = {"held_on-day": held.day, "held_on-month": held.month, "held_on-year": held.year}
        if later:
            day |= {"next_on-day": later.day, "next_on-month": later.month, "next_on-year": later.year}
        return {
            **day, "kind": said.kind.value, "reason": said.reason.value if said.reason else "",
            "took_part": said.took_part, "words": said.words, "met": said.met.value if said.met else "",
            "pence_after": "336.00", "minutes_after-hours": 15, "minutes_after-minutes": 0, "then": "keep",
        }  # fmt: skip

    @pytest.fixture
    def address(self, in_force):
        return f"/plans/{in_force.plan_id}/reviews"

    @pytest.fixture
    def browser(self, around, in_force, sign_in):
        return sign_in(around.social_worker)

    def send(self, browser, address, said, **more):
        return submit(browser, f"{address}/new", {**self.fields(said), **more})

    def test_a_review_is_written_down_and_read_by_those_around(self, around, address, browser, sign_in):
        answer = self.send(browser, address, planned())
        assert answer.status_code == 303
        for actor in (around.social_worker, around.coordinator, around.citizen):
            shown = sign_in(actor).get(answer.location).text
            for words in ("Margaret wants to go out more.", "At least one is met", "£336.00, 15 hours"):
                assert words in shown
        assert "Planned review" in browser.get(address).text

    def test_what_is_missing_stands_at_its_field_and_what_was_typed_is_kept(self, address, browser):
        answer = self.send(browser, address, unplanned(reason=None))
        assert answer.status_code == 422
        assert "Say why this review was held." in answer.text
        assert "Margaret wants to go out more." in answer.text
        bare = self.send(browser, address, planned(), kind="", took_part="", then="")
        for told in ("Choose which kind", "Say who took part", "Choose what comes of it"):
            assert told in bare.text

    def test_the_next_version_is_begun_in_the_same_step(self, in_force, address, browser, session):
        answer = self.send(browser, address, unplanned(), then="write")
        session.rollback()
        draft = plans.get_plan(plan_id=in_force.plan_id, at=utc_now()).draft

        assert answer.location == f"/plans/{in_force.plan_id}"
        assert draft.rests_on == queries.list_reviews(plan_id=in_force.plan_id)[0].id
        shown = browser.get(f"{address}/{draft.rests_on}").text
        assert "Version 2 rests on this review" in shown
        assert "Write the next version" not in shown

    def test_the_next_version_is_begun_later_from_the_review(self, in_force, address, browser):
        one = self.send(browser, address, unplanned()).location
        assert "Write the next version" in browser.get(one).text
        answer = submit(browser, one, to=f"{one}/drafts")

        assert answer.location == f"/plans/{in_force.plan_id}"
        assert "Version 2: what there is to write" in browser.get(answer.location).text

    def test_a_plan_that_has_begun_leads_to_the_review_first(self, in_force, address, browser):
        plan = f"/plans/{in_force.plan_id}"
        assert f"{address}/new" in browser.get(plan).text
        refused = submit(browser, plan, to=f"{plan}/drafts")

        assert refused.location == f"{address}/new"
        assert "Write the review down first." in browser.get(refused.location).text

    def test_a_draft_in_the_way_keeps_the_review_from_being_written_twice(
        self, around, in_force, address, session, browser
    ):
        begin_next(plan_id=in_force.plan_id, actor=around.social_worker)
        session.commit()
        answer = self.send(browser, address, unplanned(words="Again."), then="write")
        session.rollback()

        assert answer.status_code == 422
        assert "is being written already" in answer.text
        assert len(queries.list_reviews(plan_id=in_force.plan_id)) == 1

    def test_overdue_reviews_show_to_the_social_worker(self, around, in_force, address, sign_in):
        with time_machine.travel(utc_now() + timedelta(days=60), tick=True):
            browser = sign_in(around.social_worker)
            listed = browser.get("/reviews").text
            assert address in listed
            assert "Overdue" in listed
            assert "A review was due by" in browser.get(f"/people/{around.person_id}").text
            assert "A review was due by" in browser.get(address).text
        assert "No review is due." in sign_in(around.social_worker).get("/reviews").text

    def test_a_review_of_another_plan_is_not_found(self, around, in_force, address, browser):
        review = make_review(plan_id=in_force.plan_id, actor=around.social_worker)

        assert browser.get(f"/plans/{new_id()}/reviews/{review.id}").status_code == 404


class TestJson:
    def body(self, **said):
        usual = {
            "id": str(new_id()), "kind": "unplanned", "reason": "request", "held_on": local_date(utc_now()).isoformat(),
            "took_part": "Margaret", "words": "She wants to go out more.", "after": {"weekly_minutes": 900},
        }  # fmt: skip
        return {**usual, **said}

    def test_a_review_is_sent_and_the_draft_begun_and_edited(self, around, in_force, sign_in):
        browser, address = sign_in(around.social_worker), f"/api/v1/plans/{in_force.plan_id}"
        refused = send_json(
            browser, f"{address}/draft", {"how_met": "x"}, method="PATCH", If_Match=f'"{in_force.etag}"'
        )
        assert (refused.status_code, refused.json["code"]) == (422, "revision_needs_review")
        body = self.body()
        sent, again = (send_json(browser, f"{address}/reviews", body) for _ in range(2))
        assert (sent.status_code, sent.json) == (again.status_code, again.json) == (201, sent.json)
        begun = send_json(browser, f"{address}/reviews/{body['id']}/drafts", {})
        assert (begun.status_code, begun.json["draft"]) == (201, 2)
        tag = begun.headers["ETag"]
        edited = send_json(browser, f"{address}/draft", {"how_met": "Otherwise."}, method="PATCH", If_Match=tag)

        assert (edited.status_code, edited.json["content"]["how_met"]) == (200, "Otherwise.")
        shown = sign_in(around.coordinator).get(f"{address}/reviews").json
        assert [(r["id"], r["reason"]) for r in shown["items"]] == [(body["id"], "request")]
        assert shown["due"] == {"on": in_force.content.review_on.isoformat(), "why": "planned"}

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"kind": "monthly"}, "kind"),
            ({"reason": None}, "reason"),
            ({"words": ""}, "words"),
            ({"after": {"weekly_minutes": -1}}, "after.weekly_minutes"),
            ({"after": {"weekly_minutes": 1.5}}, "after.weekly_minutes"),
            ({"held_on": "2999-01-01"}, "held_on"),
            ({"luck": 1}, "luck"),
        ],
    )
    def test_bad_input_says_what_to_mend_and_stores_nothing(self, around, in_force, sign_in, said, field):
        answer = send_json(
            sign_in(around.social_worker), f"/api/v1/plans/{in_force.plan_id}/reviews", self.body(**said)
        )

        assert answer.status_code == 422
        assert field in [e["field"] for e in answer.json["errors"]]
        assert queries.list_reviews(plan_id=in_force.plan_id) == []
