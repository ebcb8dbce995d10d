"""Names, dates, addresses, telephones, allergies and members: rules as worked examples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.phone import WrongPhone, checked_phone, spoken_phone
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people.domain.about_me import AboutMe, AboutMoved, AboutSections, check_latest, sections_from
from careplan.people.domain.address import Address, WrongPostcode, checked_postcode
from careplan.people.domain.adjustment import Adjustment, may_read_words
from careplan.people.domain.allergy import (
    AllergiesStand,
    Allergy,
    AllergyStatus,
    SubstanceMissing,
    allergies_of,
    check_statement,
)
from careplan.people.domain.contact import CarerSpell, Contact, Relation
from careplan.people.domain.details import PersonDetails, changes_between, checked_details
from careplan.people.domain.name import fold, folded_name
from careplan.people.domain.partnership import (
    SEATS,
    Holder,
    Member,
    MemberKind,
    WrongSeat,
    check_holder,
    check_organisation,
    check_role,
)
from careplan.people.domain.person import (
    Person,
    WrongBirthDate,
    WrongDateOfDeath,
    check_birth_date,
    check_date_of_death,
)
from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import EndBeforeStart, check_span

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MARGARET = PersonDetails(given_name="Margaret", family_name="Ellis")


class TestName:
    @pytest.mark.parametrize(
        ("written", "folded"),
        [
            ("O’Brien", "obrien"), ("O'Brien", "obrien"), ("Smith-Jones", "smith jones"), ("Zoë", "zoe"),
            ("Łukasz", "lukasz"), ("GROß", "gross"), ("Søren", "soren"), ("St. John", "st john"),
            ("  Van   Dam ", "van dam"),
        ],
    )  # fmt: skip
    def test_folds_what_a_reader_takes_for_the_same(self, written, folded):
        assert fold(written) == folded

    def test_sorts_by_family_name_and_is_found_by_the_name_they_like(self):
        assert folded_name(family="Ellis", given="Margaret", preferred="Peggy") == "ellis margaret peggy"


class TestDates:
    @pytest.mark.parametrize("born", [None, TODAY, date(1900, 1, 1), date(1942, 3, 9)])
    def test_may_be_unknown_or_any_day_since_1900(self, born):
        check_birth_date(born=born, today=TODAY)

    @pytest.mark.parametrize("born", [TODAY + timedelta(days=1), date(1899, 12, 31)])
    def test_of_birth_outside_a_lifetime_are_refused(self, born):
        with pytest.raises(WrongBirthDate, match="Check the year"):
            check_birth_date(born=born, today=TODAY)

    @pytest.mark.parametrize(
        ("died", "said"), [(TODAY + timedelta(days=1), "future"), (date(1942, 3, 8), "before the date of birth")]
    )
    def test_of_death_lie_in_the_past_and_after_birth(self, died, said):
        with pytest.raises(WrongDateOfDeath, match=said):
            check_date_of_death(died=died, born=date(1942, 3, 9), today=TODAY)

    def test_that_end_before_they_start_are_refused(self):
        check_span(starts_on=TODAY, ends_on=TODAY)
        check_span(starts_on=None, ends_on=TODAY)
        with pytest.raises(EndBeforeStart, match="Check both dates"):
            check_span(starts_on=TODAY, ends_on=TODAY - timedelta(days=1))

    @pytest.mark.parametrize(
        ("born", "died", "on", "age"),
        [
            (date(1942, 3, 9), None, date(2026, 3, 8), 83),
            (date(1942, 3, 9), None, date(2026, 3, 9), 84),
            (date(1944, 2, 29), None, date(2026, 2, 28), 81),
            (date(1944, 2, 29), None, date(2026, 3, 1), 82),
            (date(1942, 3, 9), date(2020, 1, 1), date(2026, 3, 9), 77),
            (None, None, date(2026, 3, 9), None),
        ],
    )
    def test_make_an_age_that_stops_with_death(self, born, died, on, age):
        person = Person(new_id(), "Margaret", "Ellis", NOW, new_id(), birth_date=born, died_on=died)

        assert person.age_on(on) == age


class TestDetails:
    def test_are_tidied(self):
        typed = replace(
            MARGARET, given_name="  Mary   Jane ", preferred_name=" ", nhs_number="943 476 5919", phone="01632 960001"
        )

        kept = checked_details(typed, today=TODAY)

        assert (kept.given_name, kept.preferred_name) == ("Mary Jane", None)
        assert (kept.nhs_number, kept.phone) == ("9434765919", "+441632960001")

    def test_with_several_faults_say_all_of_them(self):
        typed = replace(MARGARET, given_name="", email="margaret", language="not a language", nhs_number="1")

        with pytest.raises(Invalid) as refused:
            checked_details(typed, today=TODAY)

        assert {p.field for p in refused.value.problems} == {"given_name", "email", "language", "nhs_number"}

    def test_traced_means_nothing_without_a_number(self):
        assert not checked_details(replace(MARGARET, nhs_number_traced=True), today=TODAY).nhs_number_traced

    def test_that_changed_are_named_with_both_values(self):
        after = replace(MARGARET, interpreter_needed=False, birth_date=date(1942, 3, 9))

        assert changes_between(MARGARET, after) == {
            "interpreter_needed": (None, "False"),
            "birth_date": (None, "1942-03-09"),
        }


class TestReaching:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("01632 960001", "+441632960001"), ("+353 1 234 5678", "+35312345678"), (" ", None), (None, None)],
    )  # fmt: skip
    def test_telephones_are_kept_in_one_form(self, typed, kept):
        assert checked_phone(typed) == kept

    @pytest.mark.parametrize("typed", ["ring me", "123", "0" * 30, "+"])
    def test_a_number_nobody_can_ring_is_refused_with_an_example(self, typed):
        with pytest.raises(WrongPhone, match="01632 960001"):
            checked_phone(typed)

    def test_telephones_are_said_as_people_write_them(self):
        assert spoken_phone("+441632960001") == "01632 960001"
        assert spoken_phone("+35312345678").startswith("+353")

    @pytest.mark.parametrize(("typed", "kept"), [("nb42qt", "NB4 2QT"), (" sw1a  1aa ", "SW1A 1AA"), ("", None)])
    def test_postcodes_are_kept_in_one_form(self, typed, kept):
        assert checked_postcode(typed) == kept

    @pytest.mark.parametrize("typed", ["NB4", "LARCH", "12345", "NB4 2Q"])
    def test_half_a_postcode_is_refused(self, typed):
        with pytest.raises(WrongPostcode, match="full postcode"):
            checked_postcode(typed)

    def test_an_address_reads_as_on_an_envelope(self):
        address = Address(new_id(), new_id(), "14 Larch Close", "Northbridge", postcode="NB4 2QT")

        assert address.lines == ("14 Larch Close", "Northbridge", "NB4 2QT")


class TestAllergies:
    def test_nobody_asked_is_not_none_known(self):
        assert allergies_of([]).status is AllergyStatus.NOT_ASKED
        assert allergies_of([_allergy(AllergyStatus.NOT_ASKED)]).status is AllergyStatus.NOT_ASKED
        assert allergies_of([_allergy(AllergyStatus.NONE_KNOWN)]).status is AllergyStatus.NONE_KNOWN

    def test_one_that_stands_outweighs_none_known(self):
        record = allergies_of([_allergy(AllergyStatus.PRESENT, "Latex"), _allergy(AllergyStatus.NONE_KNOWN, hours=1)])

        assert (record.status, [a.substance for a in record.present]) == (AllergyStatus.PRESENT, ["Latex"])

    def test_one_entered_in_error_counts_no_more_and_is_still_there(self):
        wrong = replace(_allergy(AllergyStatus.PRESENT, "Latex"), retraction=Retraction(NOW, new_id(), "Wrong person"))

        record = allergies_of([wrong])

        assert (record.status, record.retracted) == (AllergyStatus.NOT_ASKED, (wrong,))

    def test_the_latest_answer_counts(self):
        answers = [_allergy(AllergyStatus.NONE_KNOWN), _allergy(AllergyStatus.NOT_ASKED, hours=1)]

        assert allergies_of(answers).status is AllergyStatus.NOT_ASKED

    def test_none_known_cannot_be_said_over_one_that_stands(self):
        standing = allergies_of([_allergy(AllergyStatus.PRESENT, "Latex")])

        with pytest.raises(AllergiesStand, match="Latex"):
            check_statement(status=AllergyStatus.NONE_KNOWN, substance=None, standing=standing)

    @pytest.mark.parametrize(
        ("status", "substance"), [(AllergyStatus.PRESENT, None), (AllergyStatus.NONE_KNOWN, "Latex")]
    )
    def test_a_substance_goes_with_an_allergy_and_with_nothing_else(self, status, substance):
        with pytest.raises(SubstanceMissing):
            check_statement(status=status, substance=substance, standing=allergies_of([]))


class TestCarer:
    def test_cares_between_its_days_and_never_when_entered_in_error(self):
        contact = Contact(new_id(), new_id(), "Jean", Relation.SISTER, carer=CarerSpell(date(2026, 1, 1), TODAY))

        assert contact.cares_on(TODAY)
        assert not contact.cares_on(TODAY + timedelta(days=1))
        assert not replace(contact, retraction=Retraction(NOW, new_id(), "x")).cares_on(TODAY)
        assert not replace(contact, carer=None).cares_on(TODAY)


class TestAdjustment:
    def test_holds_from_its_first_to_its_last_day(self):
        adjustment = Adjustment(new_id(), new_id(), "Large print", TODAY, NOW, new_id(), ends_on=TODAY)

        assert [adjustment.holds_on(TODAY + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, False]

    def test_words_are_for_those_who_act_on_them(self):
        readers = {role for role in Role if may_read_words(role)}

        assert {Role.CITIZEN, Role.CARE_WORKER, Role.NURSE} <= readers
        assert not readers & {Role.UNPAID_CARER, Role.COMMISSIONER, Role.FINANCE_OFFICER, Role.AUDITOR}


class TestAboutMe:
    def test_keeps_lines_and_trims_ends(self):
        assert (
            sections_from({"most_important": " My garden\nJean ", "nonsense": "x"}).most_important == "My garden\nJean"
        )

    def test_written_from_an_older_version_is_refused_with_both_texts(self):
        latest = AboutMe(new_id(), new_id(), AboutSections(please_do="Knock"), NOW, new_id())
        check_latest(latest=latest, based_on=latest.id, sections=AboutSections())

        with pytest.raises(AboutMoved) as refused:
            check_latest(latest=latest, based_on=None, sections=AboutSections(please_do="Ring"))

        assert (refused.value.facts["theirs"]["please_do"], refused.value.facts["yours"]["please_do"]) == (
            "Knock",
            "Ring",
        )


class TestMember:
    def test_belongs_from_its_first_instant_until_before_its_last(self):
        member = Member(new_id(), new_id(), MemberKind.NURSE, since=NOW, until=NOW + timedelta(hours=1))

        assert [member.belongs_at(NOW + timedelta(minutes=m)) for m in (-1, 0, 59, 60)] == [False, True, True, False]

    @pytest.mark.parametrize("kind", MemberKind)
    @pytest.mark.parametrize("named", [*Holder, None])
    def test_is_named_by_the_right_sort_of_party(self, kind, named):
        if named is SEATS[kind].holder:
            assert check_holder(kind=kind, named=named) is SEATS[kind]
        else:
            with pytest.raises(WrongSeat):
                check_holder(kind=kind, named=named)

    def test_has_the_role_that_the_seat_needs(self):
        check_role(kind=MemberKind.NURSE, role=Role.NURSE)
        with pytest.raises(WrongSeat, match="care worker, not to a nurse"):
            check_role(kind=MemberKind.NURSE, role=Role.CARE_WORKER)

    def test_is_of_the_kind_of_organisation_that_the_seat_needs(self):
        check_organisation(kind=MemberKind.PROVIDER, organisation=OrganisationKind.PROVIDER)
        with pytest.raises(WrongSeat):
            check_organisation(kind=MemberKind.PROVIDER, organisation=OrganisationKind.NHS_TRUST)


def _allergy(status, substance=None, hours=0):
    return Allergy(new_id(), new_id(), status, NOW + timedelta(hours=hours), new_id(), substance=substance)
