"""Three different people, each for their own party, on one exact content."""

import hashlib
import json

import pytest
import rfc8785

from careplan.access.domain.actor import Role
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.people.domain.authority import AuthorityKind
from careplan.plans import queries, service
from careplan.plans.domain.agreement import (
    AlreadyAgreed,
    CannotDecide,
    Capacity,
    Channel,
    DecidesForThemselves,
    NotAParty,
    NotOpenToAgreement,
    SignedAlready,
    StaleHash,
    WitnessIsParty,
    WitnessMissing,
)
from careplan.plans.domain.content import PlanKind, as_json
from careplan.plans.domain.state import Party, VersionState
from tests.factories.organisations import make_account, make_worker
from tests.factories.plans import (
    agree,
    agree_all,
    find_lacking,
    make_agreed,
    make_proposed,
    make_representative,
    signature,
)
from tests.factories.reviews import begin_next


def sign(version, actor, party, capacity, **said):
    return service.agree_plan(
        plan_id=version.plan_id,
        number=version.number,
        signature=signature(version, party, capacity, **said),
        actor=actor,
        now=utc_now(),
    )


def on_paper(version, around, **said):
    usual = {
        "capacity": Capacity.SELF,
        "channel": Channel.PAPER,
        "witness_name": "Jo Field",
        "agreed_on": local_date(utc_now()),
    }
    return sign(version, around.social_worker, Party.PERSON, **{**usual, **said})


class TestAgreePlan:
    def test_puts_the_version_in_force_when_the_third_party_signs(self, around):
        version = make_proposed(around)
        for party, state in zip(Party, ("proposed", "proposed", "in_force"), strict=True):
            version = agree(version, around, party)
            assert version.state.value == state

    def test_fixes_the_first_day_of_the_service(self, around):
        agreed = make_agreed(around)
        plan = queries.get_plan(plan_id=agreed.plan_id, at=utc_now())

        assert plan.service_starts_on == agreed.content.starts_on

    def test_opens_the_bank_with_what_the_plan_grants(self, around):
        agreed = make_agreed(around)
        view = hours.get_bank_view(plan_id=agreed.plan_id, today=local_date(utc_now()))

        assert (view.granted, [w.granted for w in view.weeks]) == (3_600, [1200, 600, 1200, 600])

    def test_stores_the_hash_that_an_independent_reckoning_gives(self, around):
        agreed = make_agreed(around)
        independent = hashlib.sha256(rfc8785.dumps(json.loads(json.dumps(as_json(agreed.content))))).hexdigest()

        assert agreed.content_hash == independent
        assert {a.content_hash for a in agreed.agreements} == {independent}

    def test_keeps_the_words_that_were_shown(self, around):
        version = agree(make_proposed(around), around, Party.PERSON)

        assert version.agreement_of(Party.PERSON).statement == "I have read this plan and I agree to it."

    def test_answers_the_same_signature_sent_again_as_before(self, around):
        version = make_proposed(around)
        once = new_id()
        for _ in range(2):
            version = sign(version, around.social_worker, Party.COUNCIL, Capacity.SOCIAL_WORKER, id=once)

        assert len(version.agreements) == 1

    def test_refuses_an_id_that_was_used_for_another_signature(self, around):
        version = make_proposed(around)
        once = new_id()
        sign(version, around.social_worker, Party.COUNCIL, Capacity.SOCIAL_WORKER, id=once)
        with pytest.raises(service.IdUsed):
            sign(version, around.citizen, Party.PERSON, Capacity.SELF, id=once)

    def test_refuses_a_hash_that_is_not_the_versions(self, around):
        version = make_proposed(around)
        with pytest.raises(StaleHash) as refused:
            sign(version, around.citizen, Party.PERSON, Capacity.SELF, content_hash="0" * 64)

        assert refused.value.facts["content_hash"] == version.content_hash

    def test_refuses_a_party_that_has_agreed(self, around):
        version = agree(make_proposed(around), around, Party.PERSON)
        with pytest.raises(AlreadyAgreed):
            agree(version, around, Party.PERSON)

    @pytest.mark.parametrize(
        ("capacity", "party"),
        [
            (Capacity.SOCIAL_WORKER, Party.COUNCIL),
            (Capacity.PROVIDER, Party.PROVIDER),
            (Capacity.SELF, Party.PERSON),
            (Capacity.REPRESENTATIVE, Party.PERSON),
        ],
    )
    def test_refuses_a_fourth_account_in_every_capacity(self, around, capacity, party):
        version = make_proposed(around)
        fourth = make_account(Role.OCCUPATIONAL_THERAPIST)
        with pytest.raises(NotAParty):
            sign(version, fourth, party, capacity)

    def test_refuses_a_party_signing_for_another(self, around):
        version = make_proposed(around)
        for actor, party, capacity in (
            (around.social_worker, Party.PERSON, Capacity.SELF),
            (around.social_worker, Party.PROVIDER, Capacity.PROVIDER),
            (around.coordinator, Party.COUNCIL, Capacity.SOCIAL_WORKER),
            (around.citizen, Party.PROVIDER, Capacity.PROVIDER),
        ):
            with pytest.raises(NotAParty):
                sign(version, actor, party, capacity)

    def test_refuses_a_worker_of_the_provider_who_may_not_commit_it(self, around):
        version = make_proposed(around)
        worker = make_worker(organisation=around.provider)
        with pytest.raises(NotAParty):
            sign(version, worker, Party.PROVIDER, Capacity.PROVIDER)

    def test_refuses_an_account_that_signed_for_another_party(self, around):
        version = make_proposed(around)
        representative = make_representative(around)
        find_lacking(version, around)
        sign(version, representative, Party.PERSON, Capacity.REPRESENTATIVE)
        _make_committing(representative, around)
        with pytest.raises(SignedAlready):
            sign(version, representative, Party.PROVIDER, Capacity.PROVIDER)

    def test_is_not_open_for_a_draft(self, around):
        agreed = make_agreed(around)
        draft = begin_next(plan_id=agreed.plan_id, actor=around.social_worker)
        with pytest.raises(NotOpenToAgreement):
            sign(draft, around.citizen, Party.PERSON, Capacity.SELF, content_hash=agreed.content_hash)

    def test_says_of_a_version_agreed_already_that_nothing_more_is_needed(self, around):
        agreed = make_agreed(around)
        with pytest.raises(AlreadyAgreed, match="Nothing more is needed"):
            sign(agreed, around.citizen, Party.PERSON, Capacity.SELF)


class TestRepresentative:
    def test_signs_with_authority_registration_and_a_finding(self, around):
        version = make_proposed(around)
        representative = make_representative(around)
        find_lacking(version, around)
        signed = sign(version, representative, Party.PERSON, Capacity.REPRESENTATIVE).agreement_of(Party.PERSON)

        assert (signed.signer_name, signed.capacity) == ("Jean Hall", Capacity.REPRESENTATIVE)
        assert signed.finding_id is not None
        assert signed.authority_id is not None

    @pytest.mark.parametrize(
        ("authority", "finding", "reason"),
        [
            ({"kind": AuthorityKind.PROPERTY_ATTORNEY}, True, "wrong_kind"),
            ({"seen": False}, True, "registration_not_seen"),
            ({}, None, "no_finding"),
            ({}, False, "has_capacity"),
        ],
    )
    def test_is_refused(self, around, authority, finding, reason):
        version = make_proposed(around)
        representative = make_representative(around, **authority)
        if finding is not None:
            find_lacking(version, around, lacks_capacity=finding)
        with pytest.raises(service.NoRightToSign) as refused:
            sign(version, representative, Party.PERSON, Capacity.REPRESENTATIVE)

        assert refused.value.facts["reason"] == reason

    def test_needs_a_finding_for_this_version_and_not_for_the_one_before(self, around):
        first = make_proposed(around)
        representative = make_representative(around)
        find_lacking(first, around)
        service.start_draft(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        second = service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        with pytest.raises(service.NoRightToSign):
            sign(second, representative, Party.PERSON, Capacity.REPRESENTATIVE)

    def test_signs_on_paper_too(self, around):
        version = make_proposed(around)
        make_representative(around)
        find_lacking(version, around)
        signed = on_paper(version, around, capacity=Capacity.REPRESENTATIVE).agreement_of(Party.PERSON)

        assert (signed.signer_name, signed.channel) == ("Jean Hall", Channel.PAPER)


class TestOnPaperOrByTelephone:
    @pytest.mark.parametrize("channel", [Channel.PAPER, Channel.TELEPHONE])
    def test_counts_with_a_witness(self, around, channel):
        signed = on_paper(make_proposed(around), around, channel=channel).agreement_of(Party.PERSON)

        assert (signed.signer_name, signed.witness_name, signed.channel) == ("Margaret Ellis", "Jo Field", channel)
        assert signed.recorded_by == around.social_worker.account_id

    @pytest.mark.parametrize("name", [None, "", "  "])
    def test_needs_a_witness(self, around, name):
        with pytest.raises(WitnessMissing):
            on_paper(make_proposed(around), around, witness_name=name)

    def test_needs_a_witness_who_is_neither_recorder_nor_party(self, around):
        version = agree(make_proposed(around), around, Party.PROVIDER)
        for name in (around.social_worker.name, "margaret  ELLIS", "Priya Shah"):
            with pytest.raises(WitnessIsParty):
                on_paper(version, around, witness_name=name)
        for account in (around.social_worker, around.coordinator):
            with pytest.raises(WitnessIsParty):
                on_paper(version, around, witness_id=account.account_id)

    def test_is_recorded_by_the_persons_own_social_worker_only(self, around):
        version = make_proposed(around)
        with pytest.raises(NotAParty):
            sign(
                version, around.coordinator, Party.PERSON, Capacity.SELF, channel=Channel.PAPER, witness_name="Jo Field"
            )


class TestWhereThePersonCannotDecide:
    def test_their_own_signature_does_not_count(self, around):
        version = make_proposed(around)
        find_lacking(version, around)
        with pytest.raises(CannotDecide):
            sign(version, around.citizen, Party.PERSON, Capacity.SELF)

    def test_a_best_interests_decision_stands_and_is_no_agreement(self, around):
        version = make_proposed(around)
        find_lacking(version, around)
        decided = decide(version, around)

        assert Party.PERSON in decided.settled
        assert decided.agreement_of(Party.PERSON) is None
        assert agree_all(decided, around).state is VersionState.IN_FORCE

    def test_no_decision_without_a_finding(self, around):
        with pytest.raises(DecidesForThemselves):
            decide(make_proposed(around), around)

    def test_no_decision_for_somebody_who_can_decide(self, around):
        version = make_proposed(around)
        find_lacking(version, around, lacks_capacity=False)
        with pytest.raises(DecidesForThemselves):
            decide(version, around)

    def test_no_decision_where_an_attorney_decides(self, around):
        version = make_proposed(around)
        make_representative(around)
        find_lacking(version, around)
        with pytest.raises(service.RepresentativeDecides):
            decide(version, around)

    def test_a_property_attorney_does_not_stand_in_the_way(self, around):
        version = make_proposed(around)
        make_representative(around, kind=AuthorityKind.PROPERTY_ATTORNEY)
        find_lacking(version, around)

        assert decide(version, around).best_interests is not None

    def test_a_person_is_not_found_to_lack_capacity_without_evidence(self, around):
        version = make_proposed(around)
        bare = service.Finding(True, "Doubt", "Help", {}, "", "", local_date(utc_now()))
        with pytest.raises(service.FindingIncomplete) as refused:
            service.record_finding(
                plan_id=version.plan_id, number=1, finding=bare, actor=around.social_worker, now=utc_now()
            )

        assert {p.field for p in refused.value.problems} == {"understanding", "impairment", "causal_link"}


class TestInterimPlan:
    def test_is_in_force_with_the_provider_and_the_social_worker_and_opens_the_bank(self, around):
        version = make_proposed(around, kind=PlanKind.INTERIM)
        agree(version, around, Party.PROVIDER)
        version = agree(version, around, Party.COUNCIL)
        view = hours.get_bank_view(plan_id=version.plan_id, today=local_date(utc_now()))

        assert (version.state, view.granted) == (VersionState.IN_FORCE, 3_600)


def decide(version, around):
    return service.record_best_interests(
        plan_id=version.plan_id,
        number=version.number,
        content_hash=version.content_hash,
        decision=service.Decision(
            decision="The plan as proposed.",
            wishes="She has always wanted to stay at home.",
            consulted="Jean Hall, her sister, and the provider.",
            less_restrictive="Fewer visits were tried in May.",
            advocate="None is needed: Jean supports her.",
            decided_on=local_date(utc_now()),
        ),
        actor=around.social_worker,
        now=utc_now(),
    )


def _make_committing(account, around):
    """The same human being also gets a provider's part, which no form of ours would do."""
    from careplan.access.models import Account
    from careplan.db import db
    from careplan.organisations import service as organisations

    db.session.get_one(Account, account.account_id).organisation_id = around.provider.id
    organisations.register_worker(
        account_id=account.account_id, given_name="Jean", family_name="Hall", job_title="Owner", can_commit=True,
        actor=around.social_worker, now=utc_now(),
    )  # fmt: skip
