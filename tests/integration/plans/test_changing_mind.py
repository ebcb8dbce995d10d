"""A party takes its yes back until the version counts; and the council goes on without the yes of who can decide."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.db import db
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, NotFound
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.agreement import (
    Advocate,
    AdvocateSigns,
    AlreadyAgreed,
    CannotDecide,
    Capacity,
    Channel,
    NotAParty,
    StaleHash,
)
from careplan.plans.domain.answers import PersonsPart
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.not_agreed import NotAgreedIncomplete
from careplan.plans.domain.state import Party, VersionState
from careplan.plans.domain.taking_back import CountsAlready, TakenBackAlready
from careplan.plans.in_force import select_in_force
from careplan.plans.standing import list_standings
from tests.factories.plans import (
    agree,
    agree_all,
    find_lacking,
    go_without_yes,
    make_agreed,
    make_proposed,
    make_representative,
    signature,
)
from tests.factories.reviews import begin_next

SOON = timedelta(days=9)


def take_back(version, party, actor, *, reason="I have thought again.", channel=Channel.ONLINE):
    return service.take_back_agreement(
        plan_id=version.plan_id,
        agreement_id=version.agreement_of(party).id,
        reason=reason,
        channel=channel,
        actor=actor,
        now=utc_now(),
    )


def on_paper(version, around):
    return service.agree_plan(
        plan_id=version.plan_id,
        number=version.number,
        signature=signature(
            version, Party.PERSON, Capacity.SELF, channel=Channel.PAPER, witness_name="Jo Field",
            agreed_on=local_date(utc_now()),
        ),
        actor=around.social_worker,
        now=utc_now(),
    )  # fmt: skip


def states(version):
    """What the pure function, the one in SQL and the one for lists say of a plan."""
    now = utc_now()
    plan = queries.get_plan(plan_id=version.plan_id, at=now)
    in_sql = [r.number for r in db.session.execute(select_in_force(at=now))]
    standing = list_standings(person_ids=[version.person_id], at=now)[version.person_id]
    return plan.in_force.number if plan.in_force else None, next(iter(in_sql), None), standing.in_force


class TestTakeBackAgreement:
    @pytest.mark.parametrize("party", Party)
    def test_opens_the_version_to_that_party_again(self, around, party):
        version = agree(make_proposed(around), around, party)
        open_again = take_back(version, party, _actor(around, party))

        assert party in open_again.outstanding
        assert open_again.state is VersionState.PROPOSED
        assert agree(open_again, around, party).agreement_of(party) is not None

    def test_keeps_it_to_be_read_with_the_reason(self, around):
        version = agree(make_proposed(around), around, Party.PROVIDER)
        open_again = take_back(version, Party.PROVIDER, around.coordinator, reason="We have no one on Sundays.")
        (gone,) = open_again.taken_back

        assert (gone.signer_name, gone.taken_back.reason) == (around.coordinator.name, "We have no one on Sundays.")
        assert open_again.agreements == ()

    def test_needs_a_reason(self, around):
        version = agree(make_proposed(around), around, Party.PERSON)
        with pytest.raises(Invalid):
            take_back(version, Party.PERSON, around.citizen, reason=" ")

    def test_is_refused_twice(self, around):
        version = agree(make_proposed(around), around, Party.PERSON)
        take_back(version, Party.PERSON, around.citizen)
        with pytest.raises(TakenBackAlready):
            take_back(version, Party.PERSON, around.citizen)

    @pytest.mark.parametrize("party", Party)
    def test_is_a_request_for_a_change_once_the_version_counts(self, around, party):
        agreed = make_agreed(around)
        with pytest.raises(CountsAlready, match="Ask for a change"):
            take_back(agreed, party, _actor(around, party))

    def test_is_the_parties_own(self, around):
        version = agree(agree(make_proposed(around), around, Party.PROVIDER), around, Party.PERSON)
        for party, actor in (
            (Party.PROVIDER, around.citizen), (Party.PROVIDER, around.social_worker),
            (Party.PERSON, around.coordinator), (Party.PERSON, around.social_worker),
        ):  # fmt: skip
            with pytest.raises(NotAParty):
                take_back(version, party, actor)

    def test_of_another_plan_is_not_found(self, around):
        version = make_proposed(around)
        with pytest.raises(NotFound):
            service.take_back_agreement(
                plan_id=version.plan_id, agreement_id=new_id(), reason="No.", channel=Channel.ONLINE,
                actor=around.citizen, now=utc_now(),
            )  # fmt: skip

    def test_of_a_person_who_signed_a_paper_and_says_no_by_telephone_is_written_down(self, around):
        version = on_paper(make_proposed(around), around)
        said = {"reason": "She rang: it is too many strangers.", "channel": Channel.TELEPHONE}
        with pytest.raises(NotAParty):
            take_back(version, Party.PERSON, around.coordinator, **said)
        open_again = take_back(version, Party.PERSON, around.social_worker, **said)
        (gone,) = open_again.taken_back

        assert (gone.taken_back.channel, gone.taken_back.by_name) == (Channel.TELEPHONE, around.social_worker.name)
        assert agree_all(open_again, around).state is VersionState.IN_FORCE

    def test_of_a_person_who_signed_a_paper_can_be_their_own_act(self, around):
        version = on_paper(make_proposed(around), around)

        assert Party.PERSON in take_back(version, Party.PERSON, around.citizen).outstanding

    def test_of_a_representative_is_the_representatives(self, around):
        version = make_proposed(around)
        representative = make_representative(around)
        find_lacking(version, around)
        version = service.agree_plan(
            plan_id=version.plan_id, number=1, signature=signature(version, Party.PERSON, Capacity.REPRESENTATIVE),
            actor=representative, now=utc_now(),
        )  # fmt: skip
        with pytest.raises(NotAParty):
            take_back(version, Party.PERSON, around.citizen)

        assert take_back(version, Party.PERSON, representative).agreements == ()

    def test_the_same_signature_is_not_sent_again(self, around):
        version, sent = make_proposed(around), new_id()
        give = {"plan_id": version.plan_id, "number": 1, "actor": around.citizen}
        yes = signature(version, Party.PERSON, Capacity.SELF, id=sent)
        version = service.agree_plan(**give, signature=yes, now=utc_now())
        take_back(version, Party.PERSON, around.citizen)
        with pytest.raises(service.IdUsed):
            service.agree_plan(**give, signature=yes, now=utc_now())


class TestTakenBackBeforeTheFirstDay:
    @pytest.fixture
    def agreed(self, around):
        return make_agreed(around, starts_on=local_date(utc_now()) + SOON)

    def test_closes_the_bank_that_the_last_yes_opened(self, around, agreed):
        plan_id, today = agreed.plan_id, local_date(utc_now())
        assert hours.find_bank_view(plan_id=plan_id, today=today).granted == 3_600
        open_again = take_back(agreed, Party.PERSON, around.citizen)

        assert (agreed.state, open_again.state) == (VersionState.AGREED, VersionState.PROPOSED)
        assert hours.list_terms(plan_id=plan_id) == []
        for number in (0, 1):
            (bank,) = hours.list_banks(plan_id=plan_id, number=number)
            assert set(hours.granted_by_week(bank_id=bank.id).values()) == {0}
            assert hours.contingency_granted(bank_id=bank.id) == 0
            assert set(hours.balances(bank_id=bank.id).values()) == {0}

    def test_and_given_again_opens_it_again(self, around, agreed):
        for _ in range(2):
            agreed = agree(take_back(agreed, Party.PERSON, around.citizen), around, Party.PERSON)
        view = hours.get_bank_view(plan_id=agreed.plan_id, today=local_date(utc_now()))

        assert agreed.state is VersionState.AGREED
        assert (view.granted, view.contingency.granted) == (3_600, 240)
        assert [w.granted for w in view.weeks] == [1200, 600, 1200, 600]

    def test_leaves_what_counts_as_it_was(self, around):
        first = make_agreed(around)
        before = hours.get_bank_view(plan_id=first.plan_id, today=local_date(utc_now()))
        second = make_next(around, first, weeks=[300, 300, 300, 300], starts_on=local_date(utc_now()) + SOON)
        agreed = agree_all(second, around)
        assert hours.get_bank_view(plan_id=first.plan_id, today=local_date(utc_now())).granted != before.granted
        take_back(agreed, Party.PROVIDER, around.coordinator)
        after = hours.get_bank_view(plan_id=first.plan_id, today=local_date(utc_now()))

        assert (after.granted, [w.granted for w in after.weeks]) == (before.granted, [w.granted for w in before.weeks])
        assert states(first) == (1, 1, 1)


class TestGoWithoutYes:
    @pytest.mark.parametrize("said", [{}, {"cause": "not_reached", "words": ""}])
    def test_puts_the_version_in_force_as_not_agreed(self, around, said):
        version = go_without_yes(make_proposed(around), around, **said)
        assert version.state is VersionState.PROPOSED
        version = agree_all(version, around)

        assert version.state is VersionState.IN_FORCE
        assert version.persons_part is PersonsPart.NOT_AGREED
        assert version.agreement_of(Party.PERSON) is None
        assert states(version) == (1, 1, 1)
        assert hours.get_bank_view(plan_id=version.plan_id, today=local_date(utc_now())).granted == 3_600

    def test_the_council_and_the_provider_still_have_to_agree(self, around):
        version = go_without_yes(make_proposed(around), around)

        assert set(version.outstanding) == {Party.COUNCIL, Party.PROVIDER}
        assert states(version) == (None, None, None)

    def test_needs_everything_that_it_takes(self, around):
        with pytest.raises(NotAgreedIncomplete):
            go_without_yes(make_proposed(around), around, steps=(), words="")

    def test_is_not_for_somebody_who_cannot_decide(self, around):
        version = make_proposed(around)
        find_lacking(version, around)
        with pytest.raises(CannotDecide, match="best-interests"):
            go_without_yes(version, around)

    def test_is_for_somebody_found_able_to_decide(self, around):
        version = make_proposed(around)
        find_lacking(version, around, lacks_capacity=False)

        assert go_without_yes(version, around).not_agreed is not None

    def test_is_not_for_somebody_who_agreed(self, around):
        with pytest.raises(AlreadyAgreed):
            go_without_yes(agree(make_proposed(around), around, Party.PERSON), around)

    def test_is_bound_to_the_content(self, around):
        with pytest.raises(StaleHash):
            go_without_yes(make_proposed(around), around, content_hash="0" * 64)

    def test_is_not_needed_for_an_interim_plan(self, around):
        with pytest.raises(service.YesNotNeeded):
            go_without_yes(make_proposed(around, kind=PlanKind.INTERIM), around)

    def test_is_written_by_the_persons_own_social_worker(self, around):
        with pytest.raises(NotAParty):
            go_without_yes(make_proposed(around), around, actor=around.coordinator)

    def test_stands_until_the_plan_is_sent_round_again(self, around):
        version = go_without_yes(make_proposed(around), around)
        with pytest.raises(AlreadyAgreed, match="send the plan round again"):
            agree(version, around, Party.PERSON)

    @pytest.mark.parametrize("statement", ["UPDATE plan_not_agreed SET words = ''", "DELETE FROM plan_not_agreed"])
    def test_stays_as_it_was_written(self, around, session, statement):
        go_without_yes(make_proposed(around), around)
        with pytest.raises(DBAPIError):
            session.execute(text(statement))


class TestAdvocate:
    def test_supports_and_is_kept_with_the_agreement(self, around):
        helped = Advocate("Rosa Lind", "Northbridge Advocacy")
        version = self.sign(make_proposed(around), around, helped)

        assert version.agreement_of(Party.PERSON).advocate == helped
        assert version.agreement_of(Party.PERSON).signer_name == "Margaret Ellis"

    @pytest.mark.parametrize("name", ["Margaret Ellis", "margaret  ellis"])
    def test_never_signs(self, around, name):
        with pytest.raises(AdvocateSigns):
            self.sign(make_proposed(around), around, Advocate(name, "Northbridge Advocacy"))

    def test_is_none_of_the_parties(self, around):
        version = agree(make_proposed(around), around, Party.PROVIDER)
        with pytest.raises(AdvocateSigns):
            self.sign(version, around, Advocate(around.coordinator.name, "Harbour Care"))

    def sign(self, version, around, advocate):
        yes = signature(version, Party.PERSON, Capacity.SELF, advocate=advocate)
        return service.agree_plan(plan_id=version.plan_id, number=1, signature=yes, actor=around.citizen, now=utc_now())


def test_an_agreement_is_taken_back_once_and_nothing_else_of_it_changes(around, session):
    version = agree(make_proposed(around), around, Party.PERSON)
    take_back(version, Party.PERSON, around.citizen)
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE plan_agreement SET withdrawn_reason = 'Another'"))


def make_next(around, first, *, weeks, starts_on):
    """The next version, with other hours from another day, sent round."""
    draft = begin_next(plan_id=first.plan_id, actor=around.social_worker)
    grants = [{"id": str(first.content.hours.grants[0].id), "funder": "council", "weeks": weeks}]
    changes = {"hours": {"grants": grants}, "starts_on": starts_on.isoformat()}
    by = {"actor": around.social_worker, "now": utc_now()}
    service.save_draft(plan_id=first.plan_id, changes=changes, revision=draft.revision, **by)
    return service.propose_plan(plan_id=first.plan_id, **by)


def _actor(around, party):
    return {
        Party.COUNCIL: around.social_worker, Party.PROVIDER: around.coordinator, Party.PERSON: around.citizen,
    }[party]  # fmt: skip
