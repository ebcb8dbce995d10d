"""An assessment is written part by part, finished once, and stays; corrections stand beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.assessments import queries, service
from careplan.assessments.domain.advocacy import Ability, Circumstances
from careplan.assessments.domain.assessment import CarersTooSoon, NotWhole
from careplan.assessments.domain.content import Answer, Carers, How, Part
from careplan.assessments.domain.eligibility import DeterminationDisagrees, Kind, NoAssessment
from careplan.assessments.domain.giving import Format, Paper, Recipient
from careplan.assessments.domain.outcome import CareActOutcome
from careplan.assessments.domain.storing import part_of, tag_of
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, NotFound, Stale
from careplan.notices import queries as notices
from careplan.notices.domain.notice import NoticeKind
from careplan.people import service as people
from tests.factories.assessments import (
    found,
    make_advocacy,
    make_assessment,
    make_determination,
    whole_content,
    write_parts,
)
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.people import make_person


@pytest.fixture
def by(person_id, worker):
    return {"person_id": person_id, "actor": worker, "now": utc_now()}


def tag(draft, part):
    return tag_of(part_of(draft.content, part))


class TestWriting:
    def test_keeps_what_was_written_though_much_is_missing(self, by, person_id):
        draft = service.start_assessment(**by)
        how = How(own_words="My garden comes first.")

        service.save_part(part=Part.HOW, value=how, tag=tag(draft, Part.HOW), **by)

        assert queries.find_draft(person_id=person_id).content.how == how

    def test_refuses_a_second_draft(self, by):
        service.start_assessment(**by)

        with pytest.raises(service.DraftExists):
            service.start_assessment(**by)

    def test_refuses_a_save_over_a_later_one_of_the_same_part_with_both_texts(self, by):
        draft = service.start_assessment(**by)
        read = tag(draft, Part.HOW)
        service.save_part(part=Part.HOW, value=How(own_words="My garden."), tag=read, **by)

        with pytest.raises(Stale) as refused:
            service.save_part(part=Part.HOW, value=How(own_words="My sister."), tag=read, **by)
        assert refused.value.facts["current"]["own_words"] == "My garden."
        assert refused.value.facts["yours"]["own_words"] == "My sister."

    def test_lets_two_write_different_parts(self, by, person_id):
        draft = service.start_assessment(**by)
        content = whole_content()
        service.save_part(part=Part.HOW, value=content.how, tag=tag(draft, Part.HOW), **by)
        service.save_part(part=Part.NEEDS, value=content.needs, tag=tag(draft, Part.NEEDS), **by)

        kept = queries.find_draft(person_id=person_id).content
        assert (kept.how, kept.needs) == (content.how, content.needs)

    def test_asks_about_carers_only_when_the_limbs_are_known(self, by):
        draft = service.start_assessment(**by)

        with pytest.raises(CarersTooSoon):
            service.save_part(part=Part.CARERS, value=Carers(Answer.NO), tag=tag(draft, Part.CARERS), **by)

    def test_has_nothing_to_save_into_before_it_began(self, by):
        with pytest.raises(service.NoDraft):
            service.save_part(part=Part.HOW, value=How(), tag="", **by)


class TestFinishing:
    def test_names_what_is_missing(self, by):
        service.start_assessment(**by)

        with pytest.raises(NotWhole) as refused:
            service.finish_assessment(**by)
        assert {p.field for p in refused.value.problems} == {*Part, "advocacy"}

    def test_wants_the_duty_to_an_advocate_met_from_the_start(self, by, person_id, worker):
        service.start_assessment(**by)
        write_parts(whole_content(), **by)

        with pytest.raises(NotWhole) as refused:
            service.finish_assessment(**by)
        assert [p.field for p in refused.value.problems] == ["advocacy"]
        make_advocacy(person_id=person_id, actor=worker)
        assert service.finish_assessment(**by).finished_at is not None

    @pytest.mark.parametrize(
        ("act", "because"),
        [
            ("UPDATE assessment SET content = '{}'", "a finished assessment is refused"),
            ("DELETE FROM assessment", "permission denied"),
        ],
    )
    def test_lets_nothing_be_changed_afterwards(self, by, person_id, worker, session, act, because):
        make_assessment(person_id=person_id, actor=worker)

        with pytest.raises(ProgrammingError, match=because):
            session.execute(text(act))


class TestCorrecting:
    def test_stands_beside_what_it_corrects(self, by, person_id, worker):
        wrong = make_assessment(person_id=person_id, actor=worker)
        later = by | {"now": by["now"] + timedelta(hours=1)}
        service.correct_assessment(assessment_id=wrong.id, because="The hip was years ago.", **later)
        how = replace(wrong.content.how, present="Jean, and her GP")
        service.save_part(part=Part.HOW, value=how, tag=tag_of(wrong.content.how), **later)
        service.finish_assessment(**later)

        right, kept = queries.list_finished(person_id=person_id)
        assert (right.corrects, right.corrects_because, right.content.how) == (wrong.id, "The hip was years ago.", how)
        assert kept == wrong
        assert queries.find_assessment(person_id=person_id) == right

    def test_is_done_once(self, by, person_id, worker):
        wrong = make_assessment(person_id=person_id, actor=worker)
        service.correct_assessment(assessment_id=wrong.id, because="Wrong day.", **by)
        service.finish_assessment(**by)

        with pytest.raises(service.CorrectedAlready):
            service.correct_assessment(assessment_id=wrong.id, because="Again.", **by)

    def test_gives_a_reason_and_corrects_only_what_is_finished_and_theirs(self, by, person_id, worker):
        wrong = make_assessment(person_id=person_id, actor=worker)
        with pytest.raises(Invalid):
            service.correct_assessment(assessment_id=wrong.id, because=" ", **by)
        stranger = make_person(social_worker=make_social_worker())
        with pytest.raises(NotFound):
            service.correct_assessment(assessment_id=wrong.id, because="x", **by | {"person_id": stranger})
        draft = service.start_assessment(**by)
        with pytest.raises(service.NoDraft):
            service.correct_assessment(assessment_id=draft.id, because="x", **by)


class TestDetermining:
    def test_agrees_with_the_assessment_that_was_finished_last(self, by, person_id, worker):
        with pytest.raises(NoAssessment):
            make_determination(person_id=person_id, actor=worker)
        one = found(CareActOutcome.NUTRITION)
        assessment = make_assessment(person_id=person_id, actor=worker, content=whole_content(outcomes=one))
        with pytest.raises(DeterminationDisagrees):
            make_determination(person_id=person_id, actor=worker)

        decided = make_determination(person_id=person_id, actor=worker, kind=Kind.DISCRETIONARY)

        assert decided.assessment_id == assessment.id
        assert queries.find_determination(person_id=person_id) == decided

    def test_can_come_before_any_assessment_where_the_need_is_urgent(self, person_id, worker):
        decided = make_determination(person_id=person_id, actor=worker, kind=Kind.URGENT)

        assert (decided.assessment_id, decided.kind) == (None, Kind.URGENT)

    def test_is_of_a_day_that_has_come(self, by):
        tomorrow = local_date(by["now"]) + timedelta(days=1)

        with pytest.raises(Invalid):
            service.determine(kind=Kind.URGENT, reasons="Tonight.", decided_on=tomorrow, **by)

    @pytest.mark.parametrize("table", ["determination", "advocacy_finding"])
    def test_stays_as_it_was_said(self, person_id, worker, session, table):
        make_assessment(person_id=person_id, actor=worker)
        make_determination(person_id=person_id, actor=worker)

        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(f"DELETE FROM {table}"))


class TestGiving:
    def test_keeps_what_was_given_to_whom_how_when_and_by_whom(self, by, person_id, worker):
        assessment = make_assessment(person_id=person_id, actor=worker)
        today = local_date(by["now"])

        service.record_given(
            paper=Paper.ASSESSMENT, paper_id=assessment.id, recipient=Recipient.REPRESENTATIVE, name="Helen Ellis-Ward",
            format=Format.LANGUAGE, language="pl", given_on=today, **by,
        )  # fmt: skip

        given = queries.list_given(person_id=person_id)[0]
        assert (given.paper, given.paper_id, given.recipient) == (
            Paper.ASSESSMENT, assessment.id, Recipient.REPRESENTATIVE,
        )  # fmt: skip
        assert (given.name, given.format, given.language) == ("Helen Ellis-Ward", Format.LANGUAGE, "pl")
        assert (given.given_on, given.given_by) == (today, worker.account_id)
        assert queries.list_given(person_id=person_id, papers=frozenset({Paper.PLAN_VERSION})) == []

    def test_keeps_a_language_only_where_it_is_another(self, by, person_id, worker):
        assessment = make_assessment(person_id=person_id, actor=worker)

        given = service.record_given(
            paper=Paper.ASSESSMENT, paper_id=assessment.id, recipient=Recipient.PERSON, format=Format.LARGE_PRINT,
            language="pl", given_on=local_date(by["now"]), **by,
        )  # fmt: skip

        assert given.language is None


class TestTelling:
    def test_the_person_of_what_is_finished_and_decided(self, person_id, worker):
        citizen = make_account(Role.CITIZEN, name="Margaret Ellis")
        people.link_citizen_account(person_id=person_id, account_id=citizen.account_id, actor=worker, now=utc_now())
        make_assessment(person_id=person_id, actor=worker)
        make_determination(person_id=person_id, actor=worker)

        told = notices.list_notices(actor=citizen, now=utc_now())

        assert {(n.kind, n.address) for n in told} == {(NoticeKind.ASSESSMENT, "/me/assessment")}
        assert len(told) == 2

    def test_the_council_of_an_advocate_who_is_due_until_one_is_named(self, session, person_id, worker):
        manager = access.open_account(
            issuer="test", subject="manager", name="Ruth Adeyemi", role=Role.TEAM_MANAGER, now=utc_now(),
            organisation_id=worker.organisation_id, team_id=worker.team_id,
        )  # fmt: skip
        due = Circumstances({Ability.RETAINING: Answer.YES})
        make_advocacy(person_id=person_id, actor=worker, circumstances=due, advocate="Dilys Price")
        assert notices.list_notices(actor=manager, now=utc_now()) == []

        make_advocacy(person_id=person_id, actor=worker, circumstances=due)

        (told,) = notices.list_notices(actor=manager, now=utc_now())
        assert told.address == f"/people/{person_id}/assessment/advocacy"


class TestNotes:
    def test_are_kept_for_the_council(self, by, person_id):
        service.add_note(words=" Her neighbour says that she shouts at night. ", **by)

        assert [n.words for n in queries.list_notes(person_id=person_id)] == [
            "Her neighbour says that she shouts at night."
        ]

    def test_say_something(self, by):
        with pytest.raises(Invalid):
            service.add_note(words=" ", **by)
