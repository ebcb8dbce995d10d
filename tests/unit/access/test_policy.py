"""Deny by default; what is allowed stands in the table and nowhere else."""

import pytest

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import RULES, Action, Kind, Section, kinds_that_allow, role_alone_allows

# News, and the record that one has as a carer, are one's own, whoever one is related to.
ALONE = {Section.NEWS, Section.CARING}
OWN = {Kind.SELF, Kind.AUTHORITY, Kind.CARER}


class TestKindsThatAllow:
    @pytest.mark.parametrize(
        ("role", "section", "action", "kinds"),
        [
            (Role.CITIZEN, Section.PLAN, Action.READ, {Kind.SELF}),
            (Role.CITIZEN, Section.PLAN, Action.WRITE, set()),
            (Role.SOCIAL_WORKER, Section.PLAN, Action.WRITE, {Kind.CASELOAD}),
            (Role.PROVIDER_COORDINATOR, Section.PLAN, Action.WRITE, set()),
            (Role.PROVIDER_COORDINATOR, Section.AGREEMENT, Action.AGREE, {Kind.PACKAGE}),
            (Role.CARE_WORKER, Section.VISITS, Action.RECORD, {Kind.ROUND}),
            (Role.CARE_WORKER, Section.HOURS, Action.READ, set()),
            (Role.NURSE, Section.DELEGATION, Action.WRITE, {Kind.DELEGATION}),
            (Role.REPRESENTATIVE, Section.AGREEMENT, Action.AGREE, {Kind.AUTHORITY}),
            (Role.UNPAID_CARER, Section.AGREEMENT, Action.AGREE, set()),
            (Role.NHS_SYSTEM, Section.RECORD, Action.READ, {Kind.SHARING}),
            (Role.COMMISSIONER, Section.PERSON, Action.READ, set()),
            (Role.AUDITOR, Section.PERSON, Action.READ, set()),
            (Role.ADMIN, Section.PERSON, Action.READ, set()),
        ],
    )
    def test_names_the_relationships_that_open_a_section(self, role, section, action, kinds):
        assert kinds_that_allow(role=role, section=section, action=action) == kinds

    def test_concerns_are_never_read_by_person_representative_or_carer(self):
        for role in (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER):
            assert kinds_that_allow(role=role, section=Section.CONCERN, action=Action.READ) == set()

    def test_the_trail_is_for_those_who_audit(self):
        assert {r.role for r in RULES if r.section is Section.AUDIT} == {Role.AUDITOR, Role.PRIVACY_OFFICER}

    def test_only_the_person_or_who_stands_for_them_agrees_from_their_side(self):
        agreeing = {r.kind for r in RULES if (r.section, r.action) == (Section.AGREEMENT, Action.AGREE)}

        assert agreeing == {Kind.SELF, Kind.AUTHORITY, Kind.CASELOAD, Kind.TEAM, Kind.PACKAGE}

    def test_one_s_own_pages_rest_on_one_s_own_relationships(self):
        for role in (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER):
            assert {r.kind for r in RULES if r.role is role and r.section not in ALONE} <= OWN

    def test_a_carer_s_own_record_is_opened_by_the_council_s_team_alone(self):
        opened = {(r.role, r.kind) for r in RULES if r.section is Section.CARER}

        assert opened == {(Role.SOCIAL_WORKER, Kind.CASELOAD), (Role.TEAM_MANAGER, Kind.TEAM)}


class TestRoleAloneAllows:
    def test_opens_the_trail_to_the_auditor(self):
        assert role_alone_allows(role=Role.AUDITOR, section=Section.AUDIT, action=Action.READ)

    def test_opens_nothing_but_their_news_and_their_record_as_a_carer_to_a_citizen(self):
        allowed = [(s, a) for s in Section for a in Action if role_alone_allows(role=Role.CITIZEN, section=s, action=a)]

        own = (Section.CARING, Action.READ), (Section.CARING, Action.WRITE)
        assert allowed == [*own, (Section.NEWS, Action.READ)]
