"""Easy Read: somebody writes it, the person says yes, and only then others read it."""

import threading
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.documents import queries, service
from careplan.documents.domain.easy_read import EasyReadMoved, NothingToSayYesTo, NotOpenForEasyRead, Picture, YesBy
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid
from tests.factories.documents import make_easy_read, make_offered, make_written
from tests.factories.plans import make_draft, make_representative
from tests.integration.documents.conftest import opened
from tests.pages import submit
from tests.unit.web.test_paper import sizes, tags


@pytest.fixture
def write(in_force) -> str:
    return f"/plans/{in_force.plan_id}/versions/{in_force.number}/easy/write"


class TestWriting:
    def test_adds_a_picture_with_short_sentences(self, sign_in, around, in_force, write):
        answer = submit(
            sign_in(around.social_worker), write, {"picture": "garden", "sentences": "I walk.\nI rest.", "revision": 0}
        )
        easy = queries.find_open(version_id=in_force.id)

        assert answer.status_code == 303
        assert [(p.picture, p.sentences) for p in easy.parts] == [(Picture.GARDEN, ("I walk.", "I rest."))]

    def test_keeps_what_was_typed_and_says_what_to_mend(self, sign_in, around, write):
        long = " ".join(["word"] * 16)
        answer = submit(sign_in(around.social_worker), write, {"picture": "bed", "sentences": long, "revision": 0})

        assert answer.status_code == 422
        assert "Line 1 has 16 words. Use 15 or fewer" in answer.text
        assert long in answer.text
        assert 'value="bed" checked' in answer.text

    def test_asks_for_a_picture(self, sign_in, around, write):
        answer = submit(sign_in(around.social_worker), write, {"sentences": "I walk.", "revision": 0})

        assert answer.status_code == 422
        assert "Choose a picture" in answer.text

    def test_of_two_who_write_loses_nothing_and_shows_both(self, sign_in, around, in_force, session):
        easy = make_written(in_force, around)
        session.commit()
        address = f"/plans/{in_force.plan_id}/versions/1/easy/parts/{easy.parts[0].id}"
        browser = sign_in(around.social_worker)
        first = {"picture": "garden", "sentences": "I walk slowly.", "revision": easy.revision}
        assert submit(browser, address, first).status_code == 303
        answer = submit(browser, address, {**first, "sentences": "I run."})

        assert answer.status_code == 422
        assert "Somebody saved while you were writing." in answer.text
        assert "I walk slowly." in answer.text
        assert "I run." in answer.text

    def test_takes_out_and_moves(self, sign_in, around, in_force, session, write):
        easy = make_written(in_force, around)
        session.commit()
        browser = sign_in(around.social_worker)
        parts = write.replace("write", "parts")
        submit(browser, write, {"revision": easy.revision}, to=f"{parts}/{easy.parts[1].id}/earlier")
        submit(browser, write, {"revision": easy.revision + 1}, to=f"{parts}/{easy.parts[0].id}/removals")

        assert [p.id for p in queries.find_open(version_id=in_force.id).parts] == [easy.parts[1].id]

    def test_is_refused_for_a_draft(self, around, session):
        with pytest.raises(NotOpenForEasyRead):
            make_written(make_draft(around), around)

    def test_of_two_who_begin_at_once_begins_once(self, app, around, in_force):
        at_once, outcomes = threading.Barrier(2), []

        def begin():
            with app.app_context():
                see_everything(db.session, as_="test")
                at_once.wait(10)
                try:
                    service.add_part(
                        version=in_force, picture=Picture.BED, typed="I sleep.", revision=0,
                        actor=around.social_worker, now=utc_now(),
                    )  # fmt: skip
                    db.session.commit()
                    outcomes.append("saved")
                except EasyReadMoved:
                    outcomes.append("moved")
                db.session.remove()

        both = [threading.Thread(target=begin) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join(30)

        assert sorted(outcomes) == ["moved", "saved"]


class TestYes:
    def test_is_the_persons_own(self, sign_in, around, in_force, session):
        easy = make_offered(in_force, around)
        session.commit()
        browser = sign_in(around.citizen)
        answer = submit(
            browser, "/me/plan/easy", {"easy_read": str(easy.id), "revision": easy.revision}, to="/me/plan/easy/yes"
        )
        approval = queries.find_approved(version_id=in_force.id).approval

        assert answer.status_code == 303
        assert (approval.by, approval.on, approval.recorded_by_name) == (
            YesBy.THEMSELVES, local_date(utc_now()), "Margaret Ellis",
        )  # fmt: skip
        assert "You said yes on" in browser.get("/me/plan/easy").text

    def test_is_recorded_with_its_day_by_whoever_read_it_with_them(self, sign_in, around, in_force, session, write):
        easy = make_offered(in_force, around)
        session.commit()
        today = local_date(utc_now())
        answer = submit(
            sign_in(around.social_worker),
            write.replace("write", "yes"),
            {"on-day": today.day, "on-month": today.month, "on-year": today.year, "revision": easy.revision},
        )
        approval = queries.find_approved(version_id=in_force.id).approval

        assert answer.status_code == 303
        assert (approval.by, approval.on) == (YesBy.TOLD, today)

    @pytest.mark.parametrize("days", [1, -1])
    def test_cannot_be_of_a_day_that_does_not_fit(self, around, in_force, days):
        easy = make_offered(in_force, around)
        with pytest.raises(Invalid):
            service.record_yes(
                version=in_force, easy_read_id=easy.id, revision=easy.revision,
                on=local_date(utc_now()) + timedelta(days=days), actor=around.social_worker, now=utc_now(),
            )  # fmt: skip

    def test_counts_for_exactly_what_was_shown(self, around, in_force):
        easy = make_offered(in_force, around)
        service.add_part(
            version=in_force, picture=Picture.BED, typed="I sleep.", revision=easy.revision,
            actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        with pytest.raises(NothingToSayYesTo):
            service.say_yes(
                version=in_force, easy_read_id=easy.id, revision=easy.revision, actor=around.citizen, now=utc_now()
            )

    def test_is_not_the_representatives(self, sign_in, around, in_force, session):
        make_offered(in_force, around)
        representative = make_representative(around)
        session.commit()
        browser = sign_in(representative)
        page = browser.get("/me/plan/easy")

        assert "It waits for Margaret to say if it is right." in page.text
        assert submit(browser, "/accessibility", to="/me/plan/easy/yes").status_code == 404

    def test_fixes_the_words_for_good(self, around, in_force, session, settings):
        make_easy_read(in_force, around)
        session.commit()
        engine = create_engine(settings.database_url)
        with engine.connect() as connection:
            connection.execute(text("SELECT set_config('careplan.sees_all', 'on', false)"))
            with pytest.raises(ProgrammingError) as refused:
                connection.execute(text("UPDATE easy_read SET parts = '[]'"))
        engine.dispose()

        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)

    def test_stays_while_a_new_one_is_written(self, around, in_force):
        before = make_easy_read(in_force, around)
        service.add_part(
            version=in_force, picture=Picture.BED, typed="I sleep.", revision=0, actor=around.social_worker,
            now=utc_now(),
        )  # fmt: skip

        assert queries.find_approved(version_id=in_force.id) == before
        assert len(queries.find_open(version_id=in_force.id).parts) == len(before.parts) + 1


class TestReading:
    def test_shows_nothing_to_others_before_the_person_said_yes(self, sign_in, around, in_force, session):
        make_offered(in_force, around)
        session.commit()
        address = f"/plans/{in_force.plan_id}/versions/1/easy"
        browser = sign_in(around.coordinator)

        assert "I hold the rail." not in browser.get(address).text
        assert browser.get(f"{address}.pdf").status_code == 404

    def test_asks_the_person_if_it_is_right(self, sign_in, around, in_force, session):
        make_offered(in_force, around)
        session.commit()
        text = sign_in(around.citizen).get("/me/plan/easy").text

        assert "I hold the rail." in text
        assert "Is this right?" in text

    def test_tells_the_person_that_it_is_there(self, sign_in, around, in_force, session):
        make_offered(in_force, around)
        session.commit()
        told = session.execute(text("SELECT words, address FROM notice WHERE kind = 'document'")).one()

        assert tuple(told) == ("The plan is there in Easy Read. Please look if it is right.", "/me/plan/easy")

    def test_shows_pictures_with_words_for_whoever_does_not_see_them(self, sign_in, around, in_force, session):
        make_easy_read(in_force, around)
        session.commit()
        text = sign_in(around.coordinator).get(f"/plans/{in_force.plan_id}/versions/1/easy").text

        assert 'alt="A flower"' in text
        assert "/static/easy-read/garden.svg" in text

    @pytest.mark.parametrize("address", ["/me/plan/easy/1.pdf", "/plans/{plan}/versions/1/easy.pdf"])
    def test_comes_out_on_paper_large_and_tagged(self, sign_in, around, in_force, session, address):
        make_easy_read(in_force, around)
        session.commit()
        who = around.citizen if address.startswith("/me") else around.coordinator
        pdf = opened(sign_in(who).get(address.format(plan=in_force.plan_id)))

        assert min(sizes(pdf)) == 18
        assert tags(pdf).count("/Figure") == 2

    def test_says_where_there_is_none(self, sign_in, around, in_force):
        assert "Nobody has written your plan in Easy Read yet." in sign_in(around.citizen).get("/me/plan/easy").text
