"""What was written in error stays struck out; a draft can be given up; the limbs are judged blind."""

import psycopg
import pytest

from careplan.assessments import queries, service
from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.giving import Format, Paper, Recipient
from careplan.assessments.domain.storing import tag_of
from careplan.kernel.clock import local_date, utc_now
from careplan.people.domain.retraction import AlreadyRetracted
from tests.factories.assessments import make_assessment, whole_content, with_carer
from tests.factories.plans import make_around, make_proposed
from tests.pages import submit

BECAUSE = {"reason": "It was her sister who got it."}


@pytest.fixture
def around(session):
    found = make_around()
    session.commit()
    return found


@pytest.fixture
def worker(around, sign_in):
    """The social worker's browser."""
    return sign_in(around.social_worker)


@pytest.fixture
def base(around):
    return f"/people/{around.person_id}/assessment"


@pytest.fixture
def given(around, session):
    assessment = make_assessment(person_id=around.person_id, actor=around.social_worker)
    made = service.record_given(
        person_id=around.person_id, paper=Paper.ASSESSMENT, paper_id=assessment.id, recipient=Recipient.PERSON,
        format=Format.PAPER, given_on=local_date(utc_now()), actor=around.social_worker, now=utc_now(),
    )  # fmt: skip
    session.commit()
    return made


class TestAPaperGiven:
    def test_in_error_stays_struck_out_with_who_and_why(self, around, given, worker, sign_in):
        address = f"/people/{around.person_id}/given"
        assert submit(worker, f"{address}/{given.id}/in-error", {"reason": " "}).status_code == 422
        assert submit(worker, f"{address}/{given.id}/in-error", BECAUSE).status_code == 303

        page = worker.get(address).text
        assert "<s>The assessment of" in page
        assert f"It was her sister who got it. {around.social_worker.name}" in page
        assert "This was a mistake." in sign_in(around.citizen).get("/me").text
        assert "marked as a mistake that the assessment was given" in worker.get(
            f"/people/{around.person_id}/record"
        ).text

    def test_is_marked_once(self, around, given):
        marked = {"person_id": around.person_id, "given_id": given.id, "actor": around.social_worker, "now": utc_now()}
        service.retract_given(reason="Wrong day.", **marked)

        with pytest.raises(AlreadyRetracted):
            service.retract_given(reason="Wrong day.", **marked)


class TestANoteAboutOthers:
    def test_in_error_stays_for_the_council_and_for_nobody_else(self, around, worker, base, session, superuser_url):
        service.add_note(
            person_id=around.person_id, words="He drinks.", actor=around.social_worker, now=utc_now()
        )
        session.commit()
        (note,) = queries.list_notes(person_id=around.person_id)

        answer = submit(worker, f"{base}/notes/{note.id}/in-error", {"reason": "It was another man."})

        assert answer.status_code == 303
        page = worker.get(f"{base}/notes").text
        assert "<s>He drinks.</s>" in page
        assert "It was another man." in page
        with psycopg.connect(superuser_url) as connection, connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL ROLE careplan_app")
            connection.execute(
                "SELECT set_config('careplan.account', %s, true)", [str(around.citizen.account_id)]
            )
            assert connection.execute("SELECT count(*) FROM assessment_mistake").fetchone() == (0,)


class TestADraft:
    def test_is_given_up_with_a_reason_and_kept(self, around, worker, base):
        submit(worker, base)
        assert submit(worker, f"{base}/given-up", {"because": ""}).status_code == 422
        assert submit(worker, f"{base}/given-up", {"because": "She moved away."}).status_code == 303

        (kept,) = queries.list_given_up(person_id=around.person_id)
        assert (kept.given_up.reason, queries.find_draft(person_id=around.person_id)) == ("She moved away.", None)
        assert "She moved away." in worker.get(base).text
        assert "Draft that was given up" in worker.get(f"{base}/{kept.id}").text
        assert submit(worker, base).status_code == 303
        assert queries.find_draft(person_id=around.person_id) is not None

    def test_that_was_given_up_is_never_changed(self, around, worker, base, superuser_url):
        submit(worker, base)
        submit(worker, f"{base}/given-up", {"because": "She moved away."})

        with psycopg.connect(superuser_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE assessment SET saved_at = now()")


def test_the_limbs_are_closed_once_it_is_written_what_carers_do_until_it_is_taken_back(around, worker, base, session):
    """A correction begins from what was finished, carers and all."""
    content = with_carer(whole_content())
    finished = make_assessment(person_id=around.person_id, actor=around.social_worker, content=content)
    service.correct_assessment(
        person_id=around.person_id, assessment_id=finished.id, because="Wrong.", actor=around.social_worker,
        now=utc_now(),
    )  # fmt: skip
    session.commit()

    closed = worker.get(f"{base}/needs")
    assert "This page is closed" in closed.text
    refused = submit(worker, f"{base}/needs", {"impairment": "no", "tag": tag_of(content.needs)})
    assert "Take that back first" in refused.text
    assert submit(worker, f"{base}/needs", to=f"{base}/carers/taken-back").status_code == 303

    opened = worker.get(f"{base}/needs")
    assert "This page is closed" not in opened.text
    carers = queries.find_draft(person_id=around.person_id).content.carers
    assert (carers.has_carer, carers.taken_back, carers.who) == (Answer.YES, True, finished.content.carers.who)
    assert "read it again, and save it" in worker.get(base).text


def test_one_press_writes_down_that_a_printed_plan_was_handed_over(around, worker, sign_in, session):
    version = make_proposed(around)
    session.commit()
    page = worker.get(f"/plans/{version.plan_id}/versions/1/print").text
    form = page.split("I gave it in large print")[0].rsplit("<form", 1)[1]
    fields = {part.split('"')[0]: part.split('value="')[1].split('"')[0] for part in form.split('name="')[1:]}

    answer = worker.post(f"/people/{around.person_id}/given", data=fields)

    assert answer.status_code == 303
    (given,) = queries.list_given(person_id=around.person_id)
    assert (given.paper_id, given.format, given.given_on) == (version.id, Format.LARGE_PRINT, local_date(utc_now()))
    other = sign_in(around.coordinator).get(f"/plans/{version.plan_id}/versions/1/print")
    assert "I gave it" not in other.text
