"""ODS codes, teams and registrations: rules as worked examples."""

from dataclasses import replace

import pytest

from careplan.kernel.ids import new_id
from careplan.organisations.domain.organisation import (
    NotAnOdsCode,
    Organisation,
    OrganisationKind,
    TeamWithoutWhole,
    check_place,
    checked_ods_code,
)
from careplan.organisations.domain.worker import NotARegistration, Regulator, checked_registration

COUNCIL = Organisation(new_id(), OrganisationKind.COUNCIL, "Northbridge Council")


@pytest.mark.parametrize(
    ("typed", "kept"), [("rnb", "RNB"), (" Y99 901", "Y99901"), ("E09000099", "E09000099"), ("", None), (None, None)]
)
def test_an_ods_code_is_kept_in_capitals_without_spaces(typed, kept):
    assert checked_ods_code(typed) == kept


@pytest.mark.parametrize("typed", ["R", "RNB-01", "Y99901Y99901", "RNÉ"])
def test_what_is_no_ods_code_is_refused_with_examples(typed):
    with pytest.raises(NotAnOdsCode, match="such as RNB"):
        checked_ods_code(typed)


class TestPlace:
    def test_a_team_is_part_of_an_organisation_and_nothing_else_is(self):
        check_place(kind=OrganisationKind.TEAM, part_of=COUNCIL)
        check_place(kind=OrganisationKind.PROVIDER, part_of=None)

    @pytest.mark.parametrize(
        ("kind", "part_of"),
        [
            (OrganisationKind.TEAM, None),
            (OrganisationKind.TEAM, replace(COUNCIL, kind=OrganisationKind.TEAM)),
            (OrganisationKind.PROVIDER, COUNCIL),
        ],
    )
    def test_anything_else_is_refused(self, kind, part_of):
        with pytest.raises(TeamWithoutWhole):
            check_place(kind=kind, part_of=part_of)


class TestRegistration:
    @pytest.mark.parametrize(
        ("regulator", "typed", "kept"),
        [
            (Regulator.NMC, "18a 1234e", "18A1234E"),
            (Regulator.HCPC, "OT12345", "OT12345"),
            (Regulator.SWE, "sw12345", "SW12345"),
            (None, "", None),
        ],
    )
    def test_is_kept_in_capitals(self, regulator, typed, kept):
        assert checked_registration(regulator=regulator, number=typed) == kept

    @pytest.mark.parametrize(
        ("regulator", "typed"),
        [(Regulator.NMC, "OT12345"), (Regulator.HCPC, "12345"), (Regulator.SWE, ""), (None, "18A1234E")],
    )
    def test_that_does_not_fit_its_regulator_is_refused(self, regulator, typed):
        with pytest.raises(NotARegistration):
            checked_registration(regulator=regulator, number=typed)
