"""Everyone around a person: what each act opens, closes, refuses and keeps."""

from datetime import date, timedelta

import pytest

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import end_of_day, local_date, start_of_day, utc_now
from careplan.kernel.errors import NotFound
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.adjustment import Adjustment
from careplan.people.domain.allergy import AllergiesStand, AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.partnership import AlreadyLeft, AlreadyMember, MemberKind, WrongSeat
from careplan.people.domain.retraction import AlreadyRetracted, ReasonMissing
from careplan.people.domain.sharing import SharingDecision, SharingObjectedTo
from careplan.people.domain.span import EndBeforeStart
from careplan.people.service.circle import AuthorityEnded, AuthorityStands
from careplan.people.service.knowing import AdjustmentEnded
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_contact, make_person


@pytest.fixture
def worker(session):
    return make_social_worker()


@pytest.fixture
def by(worker):
    """On whose record, by whom and when."""
    return {"person_id": make_person(social_worker=worker), "actor": worker, "now": utc_now()}


@pytest.fixture
def today(by) -> date:
    return local_date(by["now"])


def _opens(by, kind, *, at=None, **holder) -> bool:
    return access.is_related(person_id=by["person_id"], kind=kind, at=at or by["now"], **holder)


class TestJoinPartnership:
    @pytest.mark.parametrize(
        ("kind", "role", "opens"),
        [
            (MemberKind.SOCIAL_WORKER, Role.SOCIAL_WORKER, Kind.CASELOAD),
            (MemberKind.NURSE, Role.NURSE, Kind.DELEGATION),
            (MemberKind.OCCUPATIONAL_THERAPIST, Role.OCCUPATIONAL_THERAPIST, Kind.REFERRAL),
        ],
    )
    def test_opens_the_record_to_a_professional_and_leaving_closes_it(self, by, kind, role, opens):
        account = make_account(role)

        member_id = service.join_partnership(kind=kind, account_id=account.account_id, **by)
        assert _opens(by, opens, account_id=account.account_id)

        service.leave_partnership(member_id=member_id, reason="Another team took over", **by)
        assert not _opens(by, opens, account_id=account.account_id)
        (member,) = [m for m in queries.list_partnership(person_id=by["person_id"]) if m.id == member_id]
        assert (member.until, member.end_reason) == (by["now"], "Another team took over")

    def test_opens_it_to_a_provider_and_not_to_a_community_organisation(self, by):
        provider, club = make_organisation(), make_organisation(kind=OrganisationKind.COMMUNITY)

        service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=provider.id, **by)
        service.join_partnership(kind=MemberKind.COMMUNITY, organisation_id=club.id, **by)

        assert _opens(by, Kind.PACKAGE, organisation_id=provider.id)
        assert not access.was_ever_related(organisation_id=club.id, person_id=by["person_id"])

    def test_from_a_later_day_opens_it_then(self, by):
        provider, begins = make_organisation(), by["now"] + timedelta(days=7)

        service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=provider.id, since=begins, **by)

        assert not _opens(by, Kind.PACKAGE, organisation_id=provider.id)
        assert _opens(by, Kind.PACKAGE, organisation_id=provider.id, at=begins)

    def test_refuses_the_same_party_twice(self, by):
        provider = make_organisation()
        service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=provider.id, **by)

        with pytest.raises(AlreadyMember):
            service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=provider.id, **by)

    def test_refuses_an_account_with_another_role_and_an_organisation_of_another_kind(self, by):
        with pytest.raises(WrongSeat):
            service.join_partnership(kind=MemberKind.NURSE, account_id=make_account(Role.CARE_WORKER).account_id, **by)
        trust = make_organisation(kind=OrganisationKind.NHS_TRUST)
        with pytest.raises(WrongSeat):
            service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=trust.id, **by)

    def test_refuses_a_contact_of_somebody_else(self, by, worker):
        stranger = make_contact(person_id=make_person(social_worker=worker), actor=worker)

        with pytest.raises(NotFound):
            service.join_partnership(kind=MemberKind.REPRESENTATIVE, contact_id=stranger, **by)


class TestLeavePartnership:
    def test_takes_a_reason_and_happens_once(self, by):
        member_id = service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=make_organisation().id, **by)

        with pytest.raises(ReasonMissing):
            service.leave_partnership(member_id=member_id, reason=" ", **by)
        service.leave_partnership(member_id=member_id, reason="Gave notice", **by)
        with pytest.raises(AlreadyLeft):
            service.leave_partnership(member_id=member_id, reason="Gave notice", **by)

    def test_of_another_persons_partnership_is_not_found(self, by, worker):
        member_id = service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=make_organisation().id, **by)

        with pytest.raises(NotFound):
            service.leave_partnership(
                member_id=member_id, reason="x", **by | {"person_id": make_person(social_worker=worker)}
            )


class TestRecordAuthority:
    def _attorney(self, by, worker, **said):
        account = make_account(Role.REPRESENTATIVE)
        contact = make_contact(person_id=by["person_id"], actor=worker, account=account)
        usual = {"kind": AuthorityKind.HEALTH_WELFARE_ATTORNEY, "starts_on": date(2020, 1, 1)}
        seen = {"registration_seen_on": date(2024, 1, 1)}
        return account, contact, service.record_authority(contact_id=contact, **usual | seen | said, **by)

    def test_opens_the_record_to_an_attorney_for_health_and_welfare(self, by, worker):
        account, contact, authority_id = self._attorney(by, worker)

        assert _opens(by, Kind.AUTHORITY, account_id=account.account_id)
        (authority,) = queries.list_authorities(person_id=by["person_id"], at=by["now"])
        assert (authority.id, authority.registration_seen_by) == (authority_id, worker.account_id)
        members = queries.list_partnership(person_id=by["person_id"], at=by["now"])
        assert [m.contact_id for m in members if m.kind is MemberKind.REPRESENTATIVE] == [contact]

    @pytest.mark.parametrize(
        "said",
        [
            {"registration_seen_on": None},
            {"kind": AuthorityKind.PROPERTY_ATTORNEY},
            {"kind": AuthorityKind.APPOINTEE},
            {"leaves_out_care": True},
            {"ends_on": date(2021, 1, 1)},
        ],
    )
    def test_opens_nothing_where_it_is_not_about_care_or_nobody_has_seen_the_registration(self, by, worker, said):
        account, _, _ = self._attorney(by, worker, **said)

        assert not _opens(by, Kind.AUTHORITY, account_id=account.account_id)

    def test_opens_it_from_its_first_day_until_its_last_has_passed(self, by, worker, today):
        first, last = today + timedelta(days=2), today + timedelta(days=4)
        account, _, _ = self._attorney(by, worker, starts_on=first, ends_on=last)
        moments = (by["now"], start_of_day(first), end_of_day(last) - timedelta(seconds=1), end_of_day(last))

        opened = [_opens(by, Kind.AUTHORITY, at=at, account_id=account.account_id) for at in moments]

        assert opened == [False, True, True, False]

    def test_seen_later_opens_it_then(self, by, worker, today):
        account, _, authority_id = self._attorney(by, worker, registration_seen_on=None)

        service.see_registration(authority_id=authority_id, seen_on=today, **by)

        assert _opens(by, Kind.AUTHORITY, account_id=account.account_id)

    def test_ended_closes_it_at_once(self, by, worker):
        account, _, authority_id = self._attorney(by, worker)

        service.end_authority(authority_id=authority_id, reason="Revoked by the person", **by)

        assert not _opens(by, Kind.AUTHORITY, account_id=account.account_id)
        assert queries.list_authorities(person_id=by["person_id"], at=by["now"]) == []
        with pytest.raises(AuthorityEnded):
            service.end_authority(authority_id=authority_id, reason="Again", **by)

    def test_standing_keeps_its_holder_from_being_struck_out(self, by, worker):
        _, contact, _ = self._attorney(by, worker)

        with pytest.raises(AuthorityStands):
            service.retract_contact(contact_id=contact, reason="Wrong person", **by)

    def test_of_an_account_that_is_no_representatives_is_refused(self, by, worker):
        contact = make_contact(person_id=by["person_id"], actor=worker, account=make_account(Role.NURSE))

        with pytest.raises(WrongSeat):
            service.record_authority(
                contact_id=contact,
                kind=AuthorityKind.WELFARE_DEPUTY,
                starts_on=date(2020, 1, 1),
                registration_seen_on=date(2024, 1, 1),
                **by,
            )


class TestUnpaidCarer:
    def test_sees_the_record_only_with_the_persons_yes(self, by, worker, today):
        carer = make_account(Role.UNPAID_CARER)
        contact = make_contact(person_id=by["person_id"], actor=worker, account=carer)

        service.add_unpaid_carer(contact_id=contact, starts_on=today, **by)
        assert not _opens(by, Kind.CARER, account_id=carer.account_id)

        service.let_carer_see(contact_id=contact, words="Yes, I want Jean to see it", **by)
        assert _opens(by, Kind.CARER, account_id=carer.account_id)

    def test_who_stops_sees_it_no_more(self, by, worker, today):
        carer = make_account(Role.UNPAID_CARER)
        contact = make_contact(person_id=by["person_id"], actor=worker, account=carer)
        service.add_unpaid_carer(contact_id=contact, starts_on=today, agreed_words="Yes", **by)

        service.end_unpaid_carer(contact_id=contact, ends_on=today, reason="Moved away", **by)

        assert not _opens(by, Kind.CARER, account_id=carer.account_id)
        members = queries.list_partnership(person_id=by["person_id"])
        assert [m.end_reason for m in members if m.kind is MemberKind.UNPAID_CARER] == ["Moved away"]

    def test_without_an_account_is_named_all_the_same(self, by, worker, today):
        contact = make_contact(person_id=by["person_id"], actor=worker)

        service.add_unpaid_carer(contact_id=contact, starts_on=today, agreed_words="Yes", **by)

        (found,) = queries.list_contacts(person_id=by["person_id"])
        assert found.cares_on(today)

    def test_whose_last_day_lies_before_the_first_is_refused(self, by, worker, today):
        contact = make_contact(person_id=by["person_id"], actor=worker)

        with pytest.raises(EndBeforeStart):
            service.add_unpaid_carer(contact_id=contact, starts_on=today, ends_on=today - timedelta(days=1), **by)


class TestContact:
    def test_entered_in_error_stays_with_who_when_and_why(self, by, worker):
        contact = make_contact(person_id=by["person_id"], actor=worker)

        service.retract_contact(contact_id=contact, reason="Another Jean", **by)

        (found,) = queries.list_contacts(person_id=by["person_id"])
        assert (found.retraction.by, found.retraction.reason) == (worker.account_id, "Another Jean")
        with pytest.raises(AlreadyRetracted):
            service.retract_contact(contact_id=contact, reason="Again", **by)

    def test_ends_on_a_day(self, by, worker, today):
        contact = make_contact(person_id=by["person_id"], actor=worker)

        service.end_contact(contact_id=contact, ends_on=today, **by)

        (found,) = queries.list_contacts(person_id=by["person_id"])
        assert [found.holds_on(today + timedelta(days=n)) for n in (0, 1)] == [True, False]


class TestAddress:
    def test_ends_the_day_before_the_next_begins(self, by):
        service.add_address(line1="2 Weir Road", town="Northbridge", starts_on=date(1980, 1, 1), **by)
        service.add_address(line1="14 Larch Close", town="Northbridge", starts_on=date(1987, 4, 1), **by)

        days = (date(1987, 3, 31), date(1987, 4, 1))
        found = [queries.find_address(person_id=by["person_id"], on=day).line1 for day in days]
        assert found == ["2 Weir Road", "14 Larch Close"]

    def test_is_not_known_before_the_first(self, by):
        service.add_address(line1="2 Weir Road", town="Northbridge", starts_on=date(1980, 1, 1), **by)

        assert queries.find_address(person_id=by["person_id"], on=date(1979, 12, 31)) is None


class TestAllergy:
    def test_none_known_is_recorded_again_only_once_the_allergy_is_struck_out(self, by):
        allergy_id = service.record_allergy(status=AllergyStatus.PRESENT, substance="Latex", **by)
        with pytest.raises(AllergiesStand):
            service.record_allergy(status=AllergyStatus.NONE_KNOWN, **by)

        service.retract_allergy(allergy_id=allergy_id, reason="Wrong person", **by)
        service.record_allergy(status=AllergyStatus.NONE_KNOWN, **by)

        record = queries.get_allergies(person_id=by["person_id"])
        assert (record.status, [a.substance for a in record.retracted]) == (AllergyStatus.NONE_KNOWN, ["Latex"])


class TestAdjustment:
    def _one(self, by) -> Adjustment:
        (found,) = queries.list_adjustments(person_id=by["person_id"])
        return found

    def test_ends_with_a_reason_and_once(self, by, today):
        adjustment_id = service.record_adjustment(words="Large print", **by)

        with pytest.raises(ReasonMissing):
            service.end_adjustment(adjustment_id=adjustment_id, ends_on=today, reason="", **by)
        service.end_adjustment(adjustment_id=adjustment_id, ends_on=today, reason="New glasses", **by)

        assert (self._one(by).ends_on, self._one(by).end_reason) == (today, "New glasses")
        with pytest.raises(AdjustmentEnded):
            service.end_adjustment(adjustment_id=adjustment_id, ends_on=today, reason="New glasses", **by)

    def test_entered_in_error_stays(self, by):
        adjustment_id = service.record_adjustment(words="Large print", **by)

        service.retract_adjustment(adjustment_id=adjustment_id, reason="Another person", **by)

        assert self._one(by).retraction.reason == "Another person"
        assert queries.list_adjustments(person_id=by["person_id"], on=local_date(by["now"])) == []


class TestSharing:
    def test_opens_to_a_trust_once_and_to_nobody_else(self, by):
        trust = make_organisation(kind=OrganisationKind.NHS_TRUST)
        for _ in range(2):
            service.open_sharing(organisation_id=trust.id, **by)

        kinds = [r.kind for r in access.list_relationships(person_id=by["person_id"])]
        assert kinds.count(Kind.SHARING) == 1
        with pytest.raises(WrongSeat):
            service.open_sharing(organisation_id=make_organisation().id, **by)

    def test_stays_shut_while_the_person_objects(self, by):
        service.choose_sharing(decision=SharingDecision.OBJECTS, **by)

        with pytest.raises(SharingObjectedTo):
            service.open_sharing(organisation_id=make_organisation(kind=OrganisationKind.NHS_TRUST).id, **by)


class TestNobody:
    @pytest.mark.parametrize(
        "act",
        [
            lambda by: service.add_address(line1="x", town="y", **by),
            lambda by: service.record_allergy(status=AllergyStatus.NOT_ASKED, **by),
            lambda by: service.choose_sharing(decision=SharingDecision.OBJECTS, **by),
        ],
    )
    def test_is_not_found(self, by, act):
        with pytest.raises(NotFound):
            act(by | {"person_id": by["actor"].account_id})
