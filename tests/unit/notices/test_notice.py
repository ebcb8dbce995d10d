"""Who stands for whom, and what a notice may say."""

import pytest

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind, Section
from careplan.kernel.errors import Invalid
from careplan.notices.domain.notice import (
    LONGEST,
    OFFICES,
    SECTIONS,
    TIES,
    Audience,
    NoticeKind,
    check_words,
    kinds_open_to,
    offices_of,
    ties_of,
)


class TestAudience:
    def test_is_reached_by_a_tie_or_by_an_office(self):
        assert set(TIES) | set(OFFICES) == set(Audience)
        assert not set(TIES) & set(OFFICES)

    def test_of_several_is_the_sum_of_each(self):
        assert ties_of([Audience.COUNCIL, Audience.PROVIDER]) == {
            (Role.SOCIAL_WORKER, Kind.CASELOAD),
            (Role.PROVIDER_COORDINATOR, Kind.PACKAGE),
        }
        assert offices_of([Audience.COUNCIL]) == frozenset()
        assert offices_of([Audience.SAFEGUARDING_LEAD]) == {Role.SAFEGUARDING_LEAD}


class TestKindsOpenTo:
    def test_every_kind_speaks_of_a_part_of_the_record(self):
        assert set(SECTIONS) == set(NoticeKind)

    @pytest.mark.parametrize(
        ("role", "kind", "notice", "is_open"),
        [
            (Role.SOCIAL_WORKER, Kind.CASELOAD, NoticeKind.SUGGESTION, True),
            (Role.CITIZEN, Kind.SELF, NoticeKind.HOURS, True),
            (Role.UNPAID_CARER, Kind.CARER, NoticeKind.HOURS, False),
            (Role.CARE_WORKER, Kind.ROUND, NoticeKind.VISIT, True),
            (Role.CARE_WORKER, Kind.ROUND, NoticeKind.HOURS, False),
        ],
    )
    def test_follow_the_policy(self, role, kind, notice, is_open):
        assert (notice in kinds_open_to(role)[kind]) is is_open

    def test_are_none_for_a_role_without_relationships(self):
        assert kinds_open_to(Role.AUDITOR) == {}

    def test_a_plan_that_is_read_opens_news_of_the_plan(self):
        assert SECTIONS[NoticeKind.SENT_ROUND] is Section.PLAN


class TestCheckWords:
    def test_takes_the_space_off(self):
        assert check_words(words="  Priya wrote.  ", address="/plans/1") == "Priya wrote."

    @pytest.mark.parametrize(
        ("words", "address"),
        [(" ", "/news"), ("x" * (LONGEST + 1), "/news"), ("Hello.", "news"), ("Hello.", "//evil"), ("Hello.", "/\\e")],
    )
    def test_refuses_silence_a_novel_and_another_site(self, words, address):
        with pytest.raises(Invalid):
            check_words(words=words, address=address)
