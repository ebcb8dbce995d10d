"""The pages of an assessment, from beginning to end, by those who may and in spite of those who may not."""

from datetime import date

import pytest

from careplan.access.domain.actor import Role
from careplan.assessments import queries, service
from careplan.assessments.domain.content import Answer, Method, Part
from careplan.assessments.domain.eligibility import Kind
from careplan.assessments.domain.outcome import Achievable, CareActOutcome, Meaning
from careplan.assessments.domain.standing import Standing
from careplan.kernel.clock import local_date, utc_now
from careplan.plans import service as plans
from careplan.plans.domain.content import PlanKind
from tests.factories.assessments import make_advocacy, make_assessment, make_determination, make_eligible
from tests.factories.organisations import make_account
from tests.factories.plans import full_sections, make_around, make_draft, make_proposed
from tests.pages import submit

TODAY = local_date(utc_now())
REACHABLE = {f"{o.value}_achievable": "achievable" for o in CareActOutcome}
TWO = {
    f"{o}_{box}": value
    for o in ("nutrition", "home_used_safely")
    for box, value in (
        ("achievable", "not_achievable"), ("meanings", ["without_assistance", "endangers"]), ("words", "I may fall."),
    )
}  # fmt: skip
CAN = {a: "no" for a in ("understanding", "retaining", "weighing", "communicating")}


def day(name: str, on: date = TODAY) -> dict[str, int]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


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
def begun(worker, base):
    assert submit(worker, base).status_code == 303
    return base


def save(browser, address, fields):
    """Sends a part's form with the mark of the text that stands."""
    page = browser.get(address)
    tag = page.text.split('name="tag" value="')[1].split('"')[0]
    return submit(browser, address, {**fields, "tag": tag})


class TestWriting:
    def test_goes_from_nothing_to_a_determination(self, worker, begun, around, session):
        how = {"method": "face_to_face", "present": "Jean", "own_words": "My garden."}
        needs = {"impairment": "yes", "impairment_words": "A broken hip.", **REACHABLE, **TWO}
        impact = {"significant": "yes", "areas": ["control", "health"], "words": "She no longer goes out."}
        for part, fields in (
            ("how", {**how, **day("assessed_on")}), ("needs", needs), ("impact", impact),
            ("carers", {"has_carer": "no"}),
            ("other", {"discretionary": "no", "preventive": "yes", "preventive_words": "Balance class."}),
        ):  # fmt: skip
            assert save(worker, f"{begun}/{part}", fields).status_code == 303, part
        assert submit(worker, f"{begun}/advocacy", {**CAN, **day("found_on")}).status_code == 303
        assert submit(worker, f"{begun}/check").location.endswith("/determination")
        decided = {"kind": "eligible", "reasons": "Two outcomes are out of reach.", **day("decided_on")}
        assert submit(worker, f"{begun}/determination", decided).status_code == 303

        standing = queries.get_standing(person_id=around.person_id)
        content = standing.assessment.content
        assert (content.how.assessed_on, content.how.method) == (TODAY, Method.FACE_TO_FACE)
        found = {o.outcome: o for o in content.needs.outcomes}
        assert found[CareActOutcome.NUTRITION].meanings == (Meaning.WITHOUT_ASSISTANCE, Meaning.ENDANGERS)
        assert found[CareActOutcome.TOILET_NEEDS].achievable is Achievable.YES
        assert standing.determination.kind is Kind.ELIGIBLE
        assert "Two outcomes are out of reach." in worker.get(begun).text

    def test_saves_what_there_is_though_much_is_missing(self, worker, begun, around):
        assert save(worker, f"{begun}/how", {"own_words": "My garden."}).status_code == 303

        page = worker.get(begun).text
        assert "The day on which you assessed." in page
        assert "My garden." in worker.get(f"{begun}/how").text

    def test_keeps_what_was_typed_and_says_what_to_mend(self, worker, begun):
        bad = {"assessed_on-day": 31, "assessed_on-month": 2, "assessed_on-year": 2026, "own_words": "My garden."}

        answer = save(worker, f"{begun}/how", bad)

        assert answer.status_code == 422
        assert "Type a real date" in answer.text
        assert "My garden." in answer.text

    def test_shows_both_texts_where_somebody_saved_meanwhile_and_loses_none(self, worker, begun, around, session):
        stale = worker.get(f"{begun}/how").text.split('name="tag" value="')[1].split('"')[0]
        save(worker, f"{begun}/how", {"own_words": "My sister on Sundays."})

        answer = submit(worker, f"{begun}/how", {"own_words": "My garden.", "tag": stale})

        assert answer.status_code == 422
        assert "My sister on Sundays." in answer.text
        assert "My garden." in answer.text
        tag = answer.text.split('name="tag" value="')[1].split('"')[0]
        assert submit(worker, f"{begun}/how", {"own_words": "Both.", "tag": tag}).status_code == 303

    def test_opens_the_carers_page_only_when_the_limbs_are_known(self, worker, begun):
        answer = worker.get(f"{begun}/carers")

        assert answer.status_code == 303
        assert "as if nobody helped" in worker.get(begun).text

    def test_asks_of_each_need_whether_a_carer_meets_it(self, worker, begun, around):
        save(worker, f"{begun}/needs", {"impairment": "yes", "impairment_words": "A hip.", **REACHABLE, **TWO})
        save(worker, f"{begun}/impact", {"significant": "no"})
        said = {"has_carer": "yes", "who": "Jean", "nutrition_willing": "yes", "nutrition_stop": "Nobody cooks."}

        assert save(worker, f"{begun}/carers", {**said, "home_used_safely_willing": "no"}).status_code == 303

        carers = queries.find_draft(person_id=around.person_id).content.carers
        part = carers.part_of(CareActOutcome.NUTRITION)
        assert (part.willing_and_able, part.if_they_stop) == (Answer.YES, "Nobody cooks.")
        assert carers.part_of(CareActOutcome.HOME_USED_SAFELY).willing_and_able is Answer.NO

    def test_says_before_the_end_what_is_missing_and_where(self, worker, begun, base):
        answer = submit(worker, f"{begun}/check")

        assert answer.status_code == 422
        for place in (*(p.value for p in Part), "advocacy"):
            assert f'href="{base}/{place}"' in answer.text

    def test_leads_back_where_nothing_is_written(self, worker, base):
        for place in ("how", "check"):
            assert worker.get(f"{base}/{place}").status_code == 303

    def test_goes_on_with_the_one_that_is_being_written(self, worker, begun):
        assert submit(worker, begun, to=begun).status_code == 303
        assert "Go on with that one." in worker.get(begun).text


class TestDeciding:
    def test_refuses_a_determination_that_disagrees_with_the_limbs(self, worker, base, around, session):
        make_assessment(person_id=around.person_id, actor=around.social_worker)
        session.commit()

        answer = submit(
            worker, f"{base}/determination", {"kind": "not_eligible", "reasons": "No.", **day("decided_on")}
        )

        assert answer.status_code == 422
        assert "The three limbs say: eligible." in answer.text
        assert "No." in answer.text

    def test_says_that_a_paid_carer_does_not_take_the_advocate_away(self, worker, base):
        paid = {"supporter_name": "Joy from Harbour Care", "supporter_paid": "yes", "supporter_wanted": "yes"}

        submit(worker, f"{base}/advocacy", {**CAN, "retaining": "yes", "evidence": "x", **paid, **day("found_on")})

        assert "An advocate is due" in worker.get(base).text

    def test_wants_evidence_of_a_difficulty(self, worker, base):
        answer = submit(worker, f"{base}/advocacy", {**CAN, "retaining": "yes", **day("found_on")})

        assert answer.status_code == 422
        assert "Say what you saw or heard." in answer.text


class TestCorrecting:
    def test_leaves_what_was_finished_to_be_read(self, worker, base, around, session):
        wrong = make_assessment(person_id=around.person_id, actor=around.social_worker)
        session.commit()

        submit(worker, f"{base}/{wrong.id}/correct", {"because": "The hip was years ago."})
        save(worker, f"{base}/how", {**day("assessed_on"), "method": "phone", "own_words": "My sister."})
        submit(worker, f"{base}/check")

        page = worker.get(f"{base}/{wrong.id}").text
        assert "Corrected" in page
        assert "The hip was years ago." in page
        assert "My garden comes first." in page
        assert "My sister." in worker.get(f"{base}/{queries.find_assessment(person_id=around.person_id).id}").text

    def test_keeps_the_reason_wanting(self, worker, base, around, session):
        wrong = make_assessment(person_id=around.person_id, actor=around.social_worker)
        session.commit()

        assert submit(worker, f"{base}/{wrong.id}/correct", {"because": ""}).status_code == 422


class TestReading:
    @pytest.fixture
    def told(self, around, session):
        """An assessment, a determination, an advocate, and a note that is nobody's business but the council's."""
        by = {"person_id": around.person_id, "actor": around.social_worker}
        make_advocacy(advocate="Dilys Price", **by)
        make_assessment(**by)
        make_determination(**by)
        service.add_note(words="Her neighbour shouts at night.", now=utc_now(), **by)
        session.commit()
        return around

    def test_the_person_reads_what_was_found_decided_and_why(self, told, sign_in):
        page = sign_in(told.citizen).get("/me/assessment").text

        for words in (
            "You can have care and support from us.", "Two outcomes are out of reach.", "My garden comes first.",
            "I am unsteady on the garden steps.", "Dilys Price",
        ):  # fmt: skip
            assert words in page

    def test_nobody_but_the_council_reads_notes_about_others(self, told, sign_in, session):
        make_proposed(told)
        session.commit()
        assert "shouts at night" in sign_in(told.social_worker).get(f"/people/{told.person_id}/assessment/notes").text
        for reader in (told.citizen, told.coordinator):
            browser = sign_in(reader)
            assert browser.get(f"/people/{told.person_id}/assessment/notes").status_code == 404
            for address in (
                "/me",
                "/me/assessment",
                f"/people/{told.person_id}",
                f"/people/{told.person_id}/assessment",
            ):
                assert "shouts at night" not in browser.get(address).text

    def test_a_provider_reads_the_decision_and_the_needs_and_no_more(self, told, sign_in, session):
        make_proposed(told)
        session.commit()
        browser = sign_in(told.coordinator)
        page = browser.get(f"/people/{told.person_id}/determination").text

        assert "Eligible for care and support" in page
        assert "I am unsteady on the garden steps." in page
        for kept in ("My garden comes first.", "Two outcomes are out of reach.", "Dilys Price", "A broken hip"):
            assert kept not in page
        assert browser.get(f"/people/{told.person_id}/assessment").status_code == 404
        assert f"/people/{told.person_id}/determination" in browser.get(f"/people/{told.person_id}").text

    def test_the_page_of_a_person_leads_to_it(self, told, worker):
        assert f'href="/people/{told.person_id}/assessment"' in worker.get(f"/people/{told.person_id}").text

    def test_the_person_reads_that_nothing_was_assessed_yet(self, around, sign_in):
        assert "Nobody has finished an assessment yet." in sign_in(around.citizen).get("/me/assessment").text

    def test_somebody_elses_assessment_is_not_there(self, told, worker, base, session):
        stranger = make_around()
        other = make_assessment(person_id=stranger.person_id, actor=stranger.social_worker)
        session.commit()

        assert worker.get(f"{base}/{other.id}").status_code == 404
        assert worker.get(f"/people/{stranger.person_id}/assessment").status_code == 404
        assert worker.get(f"/people/{stranger.person_id}/assessment/{other.id}").status_code == 404


class TestGiving:
    @pytest.fixture
    def address(self, around):
        return f"/people/{around.person_id}/given"

    def test_of_an_assessment_shows_where_it_belongs(self, worker, address, around, session, sign_in, base):
        assessment = make_assessment(person_id=around.person_id, actor=around.social_worker)
        session.commit()
        said = {"paper": f"assessment:{assessment.id}", "recipient": "person", "format": "large_print"}

        assert submit(worker, address, {**said, **day("given_on")}).status_code == 303

        assert "In large print, to Margaret" in worker.get(base).text
        for own in ("/me", "/me/assessment"):
            assert "In large print, to you" in sign_in(around.citizen).get(own).text

    def test_of_a_plan_version_shows_with_its_agreements(self, worker, address, around, session):
        version = make_proposed(around)
        session.commit()
        agreements = f"/plans/{version.plan_id}/agreements"
        assert f"{address}?paper=plan_version:{version.id}" in worker.get(agreements).text
        said = {
            "paper": f"plan_version:{version.id}",
            "recipient": "representative",
            "name": "Helen",
            "format": "language",
        }

        assert submit(worker, address, {**said, "language": "pl", **day("given_on")}).status_code == 303

        assert "In Polish, to Helen" in worker.get(agreements).text

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"recipient": "family"}, "Say who got it."),
            ({"format": "language"}, "Say in which language."),
            ({"paper": "assessment:x"}, "Choose one of these"),
            ({"given_on-year": TODAY.year + 1}, "This day has not come yet."),
        ],
    )
    def test_says_what_to_mend(self, worker, address, around, session, said, told):
        assessment = make_assessment(person_id=around.person_id, actor=around.social_worker)
        session.commit()
        usual = {"paper": f"assessment:{assessment.id}", "recipient": "person", "format": "paper", **day("given_on")}

        answer = submit(worker, address, usual | said)

        assert answer.status_code == 422
        assert told in answer.text


class TestPlan:
    def test_is_not_sent_round_without_a_determination_and_help_to_take_part(self, worker, around, session):
        draft = plans.create_plan(
            person_id=around.person_id, kind=PlanKind.FULL, actor=around.social_worker, now=utc_now()
        )
        plans.save_draft(
            plan_id=draft.plan_id, changes=full_sections(around), revision=1, actor=around.social_worker, now=utc_now()
        )
        session.commit()
        check, person = f"/plans/{draft.plan_id}/check", f"/people/{around.person_id}"

        answer = submit(worker, check)

        assert answer.status_code == 422
        assert f'href="{person}/assessment"' in answer.text
        assert f'href="{person}/assessment/advocacy"' in answer.text
        assert f'href="{person}/assessment"' in worker.get(f"/plans/{draft.plan_id}").text
        make_eligible(person_id=around.person_id, actor=around.social_worker)
        session.commit()
        assert f'href="{person}/assessment' not in worker.get(check).text

    def test_for_now_needs_neither(self, around):
        assert make_proposed(around, kind=PlanKind.INTERIM).proposed_at is not None
        assert queries.get_standing(person_id=around.person_id) == Standing()

    def test_starts_its_needs_from_the_assessment(self, worker, around, session):
        draft = make_draft(around, needs=[], outcomes=[], actions=[])
        session.commit()
        needs = f"/plans/{draft.plan_id}/needs"
        assert "The assessment found 2 needs" in worker.get(needs).text

        assert submit(worker, needs, to=f"{needs}/from-assessment").status_code == 303

        page = worker.get(needs).text
        assert "I am unsteady on the garden steps." in page
        assert "The assessment found" not in page


def test_an_account_without_a_record_has_no_assessment(sign_in, session):
    stranger = make_account(Role.CITIZEN)
    session.commit()

    assert sign_in(stranger).get("/me/assessment").status_code == 404
