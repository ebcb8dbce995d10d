"""Entering organisations and those who work for them."""

import pytest

from careplan.access.domain.actor import SYSTEM, Role
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.organisations import queries, service
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.organisations.domain.worker import Regulator
from careplan.organisations.service import OdsCodeTaken
from tests.factories.organisations import make_account, make_organisation, make_team, make_worker

BY = {"actor": SYSTEM, "now": utc_now()}


class TestRegisterOrganisation:
    def test_is_found_by_its_ods_code_however_it_was_typed(self, session):
        organisation_id = service.register_organisation(
            kind=OrganisationKind.NHS_TRUST, name="  Northbridge   Trust ", ods_code="rnb", phone="01632 960100", **BY
        )

        found = queries.find_by_ods_code(ods_code="RNB")
        assert (found.id, found.name, found.phone) == (organisation_id, "Northbridge Trust", "+441632960100")

    def test_refuses_a_code_that_another_has_and_says_who(self, session):
        service.register_organisation(kind=OrganisationKind.PROVIDER, name="Harbour Care", ods_code="AH901", **BY)

        with pytest.raises(OdsCodeTaken, match="Harbour Care"):
            service.register_organisation(kind=OrganisationKind.PROVIDER, name="Meadow", ods_code="ah901", **BY)

    def test_refuses_a_team_of_nothing_that_exists(self, session):
        with pytest.raises(NotFound):
            service.register_organisation(kind=OrganisationKind.TEAM, name="East", part_of_id=new_id(), **BY)

    def test_several_may_have_no_code(self, session):
        team = make_team()

        assert queries.get_organisation(organisation_id=team.id).part_of_id == team.part_of_id


class TestRegisterWorker:
    def test_a_nurse_has_a_regulator_and_a_number(self, session):
        trust = make_organisation(kind=OrganisationKind.NHS_TRUST)
        nurse = make_account(Role.NURSE, organisation=trust)
        service.register_worker(
            account_id=nurse.account_id,
            given_name="Grace",
            family_name="Thornton",
            job_title="Community nurse",
            regulator=Regulator.NMC,
            registration_number="18a1234e",
            **BY,
        )

        found = queries.get_worker(account_id=nurse.account_id)
        assert (found.name, found.registration_number, found.organisation_id) == (
            "Grace Thornton", "18A1234E", trust.id,
        )  # fmt: skip

    def test_only_those_who_may_commit_it_sign_for_an_organisation(self, session):
        provider, other = make_organisation(), make_organisation()
        signs = make_worker(Role.PROVIDER_COORDINATOR, organisation=provider, can_commit=True)
        works = make_worker(organisation=provider)

        def may(actor, organisation):
            return queries.may_commit(account_id=actor.account_id, organisation_id=organisation.id)

        assert (may(signs, provider), may(signs, other), may(works, provider)) == (True, False, False)

    def test_those_of_an_organisation_are_listed_together(self, session):
        provider = make_organisation()
        workers = {make_worker(organisation=provider).account_id for _ in range(2)}
        make_worker(organisation=make_organisation())

        assert {w.account_id for w in queries.list_workers(organisation_id=provider.id)} == workers

    def test_an_account_that_does_not_exist_is_refused(self, session):
        with pytest.raises(NotFound):
            service.register_worker(account_id=new_id(), given_name="A", family_name="B", job_title="C", **BY)
