"""One person's care goes to another provider: asked first, agreed by three, handed over, and nothing else changes."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.delegation import queries as delegations
from careplan.delegation import service as delegation
from careplan.delegation.domain.delegation import State, state_at
from careplan.hours import queries as hours
from careplan.hours import service as hours_service
from careplan.kernel.clock import start_of_day
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.agreement import Channel
from careplan.plans.domain.content import InterimReason, as_json
from careplan.plans.domain.gates import NotReady
from careplan.plans.domain.state import Party
from careplan.plans.in_force import select_in_force
from careplan.transfers import queries, service
from careplan.transfers.domain.transfer import Reason, Stage
from careplan.visits import queries as visits
from tests.factories.delegation import make_competent
from tests.factories.endings import end_care
from tests.factories.organisations import make_worker
from tests.factories.reviews import begin_next

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def progress(move, *, at=None):
    return queries.find_standing(person_id=move.person_id, at=at or move.now).progress


def agreed(move, **said):
    """A transfer to which everybody has agreed."""
    transfer = move.begin(**said)
    move.consult(transfer)
    move.ask(transfer)
    accept(move)
    move.sign(move.send(transfer))
    return transfer


def accept(move):
    """The new provider takes on what it was asked for."""
    new = next(d for d in delegations.list_delegations(person_id=move.person_id) if d.provider_id == move.new.id)
    return delegation.accept_delegation(delegation_id=new.id, actor=move.new_coordinator, now=move.now)


def related(move, organisation, *, at):
    return access.is_related(person_id=move.person_id, kind=Kind.PACKAGE, at=at, organisation_id=organisation.id)


def hand_over(move, transfer, *, now=None):
    return service.hand_over(
        person_id=move.person_id, transfer_id=transfer.id, actor=move.around.social_worker, now=now or move.now
    )


class TestThePlan:
    def test_keeps_its_content_to_the_letter_except_who_gives_the_care(self, move):
        agreed(move)

        old, new = plans.list_versions(plan_id=move.care.version.plan_id, at=move.now)
        before, after = as_json(old.content), as_json(new.content)
        for content in (before, after):
            del content["version"]
        assert after.pop("provider") == {"organisation": str(move.new.id), "name": "Meadow Home Support"}
        assert before.pop("provider")["name"] == "Harbour Care"
        assert after == before

    def test_goes_over_on_the_day_and_not_when_the_last_has_signed(self, move, session):
        agreed(move)
        change = start_of_day(move.today + 10 * DAY)

        for at, provider in ((change - HOUR, "Harbour Care"), (change, "Meadow Home Support")):
            assert plans.find_in_force(person_id=move.person_id, at=at).content.provider.name == provider
        for at, number in ((change - HOUR, 1), (change, 2)):
            assert [r.number for r in session.execute(select_in_force(at=at))] == [number]

    def test_goes_over_late_where_the_last_signs_late(self, move):
        transfer = move.begin(days=1)
        move.consult(transfer)
        move.ask(transfer)
        accept(move)
        version = move.sign(move.send(transfer), now=move.now + 3 * DAY)

        assert version.in_force_from == move.now + 3 * DAY

    def test_is_one_bank_as_before(self, move):
        before = hours.get_bank_view(plan_id=move.care.version.plan_id, today=move.today)
        agreed(move)

        after = hours.get_bank_view(plan_id=move.care.version.plan_id, today=move.today)
        assert (after.granted, after.left) == (before.granted, before.left)
        for days, provider in ((9, move.around.provider), (21, move.new)):
            terms = hours.find_terms(plan_id=move.care.version.plan_id, on=move.today + days * DAY)
            assert terms.provider_id == provider.id
        assert hours_service.check_ledger() == []


class TestAsking:
    def test_the_person_comes_first(self, move):
        transfer = move.begin()

        assert progress(move).stage is Stage.ASK_PERSON
        with pytest.raises(service.AskThePersonFirst):
            move.ask(transfer)

    def test_an_objection_stands_with_what_was_done_about_it(self, move):
        transfer = move.begin()
        move.consult(transfer, objects=True, words="I want Joy.", done_about="Meadow will ask Joy.")

        found = queries.find_standing(person_id=move.person_id, at=move.now)
        assert (found.progress.objects, found.consultation.done_about) == (True, "Meadow will ask Joy.")

    def test_the_last_word_counts_and_the_first_stays(self, move):
        transfer = move.begin()
        move.consult(transfer, objects=True, words="No.", done_about="We talk again.")
        move.consult(transfer, words="All right then.")

        assert not progress(move).objects
        assert [c.said for c in queries.list_consultations(transfer_id=transfer.id)] == ["All right then.", "No."]

    def test_what_was_said_is_never_changed(self, move, session):
        move.consult(move.begin())

        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE transfer_consultation SET said = 'Yes.'"))

    def test_the_new_provider_reads_nothing_before_it_is_asked(self, move):
        transfer = move.begin()
        move.consult(transfer)
        assert not related(move, move.new, at=move.now)

        move.ask(transfer)
        assert related(move, move.new, at=move.now)

    def test_waits_for_another_version_that_is_on_its_way(self, move):
        begin_next(plan_id=move.care.version.plan_id, actor=move.around.social_worker, now=move.now)
        transfer = move.begin()
        move.consult(transfer)

        assert progress(move).missing[0] == "Version 2 is being written. Send it round or give it up first."
        with pytest.raises(plan_service.VersionInTheWay):
            move.ask(transfer)

    def test_only_once_at_a_time(self, move):
        move.begin()

        with pytest.raises(service.AlreadyMoving):
            move.begin()

    def test_somebody_without_a_plan_in_force_has_no_care_to_move(self, move, session):
        session.execute(text("UPDATE support_plan SET ended_at = :at, ended_reason = 'x'"), {"at": move.now - DAY})

        with pytest.raises(plan_service.NothingToMove):
            move.begin()


class TestDelegations:
    def test_are_put_to_the_new_provider_under_the_same_instruction(self, move):
        transfer = move.begin()
        move.consult(transfer)
        move.ask(transfer)

        old, new = delegations.list_delegations(person_id=move.person_id)
        assert (new.provider_id, new.continues, new.delegator_id) == (move.new.id, old.id, move.nurse.account_id)
        assert [i.number for i in new.instructions] == [1]
        assert new.instructions[0].steps == old.instructions[0].steps
        assert (state_at(new, move.now), new.competences) == (State.PROPOSED, ())

    def test_keep_the_plan_from_going_round_until_they_are_accepted(self, move):
        transfer = move.begin()
        move.consult(transfer)
        move.ask(transfer)
        assert (progress(move).stage, progress(move).missing) == (
            Stage.DELEGATIONS, ("Meadow Home Support’s yes to “Checking oxygen”.",),
        )  # fmt: skip
        with pytest.raises(NotReady):
            move.send(transfer)

        accept(move)
        assert progress(move).stage is Stage.SEND_ROUND
        assert move.send(transfer).outstanding == (Party.COUNCIL, Party.PROVIDER, Party.PERSON)

    def test_of_the_provider_before_end_with_the_change(self, move):
        hand_over(move, agreed(move))
        change = start_of_day(move.today + 10 * DAY)

        old = delegations.get_delegation(delegation_id=move.given.id)
        assert [state_at(old, at) for at in (change - HOUR, change)] == [State.ACTIVE, State.EXPIRED]

    def test_need_their_own_workers(self, move):
        transfer = agreed(move)
        hand_over(move, transfer)
        new = delegations.list_delegations(person_id=move.person_id)[-1]
        worker = make_worker(organisation=move.new)

        found = make_competent(new.id, nurse=move.nurse, worker=worker, now=move.now)
        assert state_at(found, move.now) is State.ACTIVE


class TestHandingOver:
    def test_releases_what_the_provider_before_planned_from_the_change_on(self, move, planned):
        transfer = agreed(move)
        before = hours.get_bank_view(plan_id=transfer.plan_id, today=move.today).planned

        found = hand_over(move, transfer)

        assert {d: visits.get_visit(visit_id=v.id).status for d, v in planned.items()} == {
            2: "planned", 9: "planned", 10: "cancelled", 12: "cancelled",
        }  # fmt: skip
        assert set(found.released) == {planned[10].id, planned[12].id}
        assert hours.get_bank_view(plan_id=transfer.plan_id, today=move.today).planned == before - 120
        assert hours_service.check_ledger() == []

    def test_changes_nothing_the_second_time(self, move, planned):
        transfer = agreed(move)
        first = hand_over(move, transfer)

        assert hand_over(move, transfer, now=move.now + HOUR) == first

    def test_waits_until_all_have_agreed(self, move, planned):
        transfer = move.begin()
        with pytest.raises(service.NotAgreedYet):
            hand_over(move, transfer)

    def test_happens_by_itself(self, move, planned):
        agreed(move)

        assert service.settle_due(now=move.now) == 1
        assert service.settle_due(now=move.now) == 0
        assert visits.get_visit(visit_id=planned[10].id).status == "cancelled"

    def test_is_taken_back_where_a_yes_is_taken_back_before_the_change(self, move, planned):
        transfer = agreed(move)
        service.settle_due(now=move.now)
        version = plans.get_version(plan_id=transfer.plan_id, number=2, at=move.now)
        plan_service.take_back_agreement(
            plan_id=transfer.plan_id, agreement_id=version.agreement_of(Party.PERSON).id, reason="I thought again.",
            channel=Channel.ONLINE, actor=move.around.citizen, now=move.now + HOUR,
        )  # fmt: skip

        assert service.settle_due(now=move.now + HOUR) == 1
        assert {visits.get_visit(visit_id=v.id).status for v in planned.values()} == {"planned"}
        later = move.now + 60 * DAY
        assert related(move, move.around.provider, at=later)
        old = delegations.get_delegation(delegation_id=move.given.id)
        assert state_at(old, later) is State.ACTIVE


class TestAccess:
    def test_of_both_overlaps_by_seven_days_and_then_the_first_ends(self, move):
        agreed(move)
        change = start_of_day(move.today + 10 * DAY)
        over = start_of_day(move.today + 17 * DAY)

        for at, both in ((change, True), (over - HOUR, True), (over, False)):
            assert related(move, move.new, at=at)
            assert related(move, move.around.provider, at=at) is both
        assert progress(move, at=over - HOUR).stage is Stage.OVERLAP
        assert progress(move, at=over).stage is Stage.DONE

    def test_of_the_provider_before_is_not_cut_short_by_the_next_version(self, move):
        transfer = agreed(move, days=0)
        hand_over(move, transfer)
        worker, plan_id, later = move.around.social_worker, transfer.plan_id, move.now + DAY

        begin_next(plan_id=plan_id, actor=worker, now=later)
        plan_service.propose_plan(plan_id=plan_id, actor=worker, now=later)

        assert related(move, move.around.provider, at=later + HOUR)


class TestGivingUp:
    def test_leaves_care_where_it_is(self, move):
        transfer = move.begin()
        service.withdraw_transfer(
            person_id=move.person_id, transfer_id=transfer.id, reason="She stays.", actor=move.around.social_worker,
            now=move.now,
        )  # fmt: skip

        assert progress(move).stage is Stage.WITHDRAWN
        assert move.begin(reason=Reason.QUALITY).id != transfer.id

    def test_is_too_late_once_handed_over(self, move):
        transfer = agreed(move)
        hand_over(move, transfer)

        with pytest.raises(service.AlreadyMoving):
            service.withdraw_transfer(
                person_id=move.person_id, transfer_id=transfer.id, reason="No.", actor=move.around.social_worker,
                now=move.now,
            )  # fmt: skip


def test_comes_to_nothing_where_care_ends_meanwhile(move, planned):
    transfer = agreed(move)
    end_care(move.care, now=move.now)

    assert progress(move).stage is Stage.CARE_ENDED
    service.settle_due(now=move.now)
    assert {visits.get_visit(visit_id=v.id).status for v in planned.values()} == {"cancelled"}
    assert plans.get_plan(plan_id=transfer.plan_id, at=move.now).ended.number == 1


class TestAFailingProvider:
    """Care must not stop: an interim version stands as soon as council and new provider have agreed."""

    def test_is_replaced_at_once_by_an_interim_version(self, move, planned):
        transfer = move.begin(days=0, reason=Reason.PROVIDER_FAILURE, told_on=move.today)
        interim = plans.get_plan(plan_id=transfer.plan_id, at=move.now).proposed
        assert interim.content.interim.reason is InterimReason.PROVIDER_FAILURE
        assert interim.outstanding == (Party.COUNCIL, Party.PROVIDER)

        move.sign(interim)
        found = plans.find_in_force(person_id=move.person_id, at=move.now)
        assert (found.number, found.content.provider.name) == (2, "Meadow Home Support")
        assert found.content.hours == move.care.version.content.hours
        assert service.settle_due(now=move.now) == 1
        assert {visits.get_visit(visit_id=v.id).status for v in planned.values()} == {"cancelled"}

    def test_takes_back_what_is_in_the_way(self, move):
        begin_next(plan_id=move.care.version.plan_id, actor=move.around.social_worker, now=move.now)

        transfer = move.begin(days=0, reason=Reason.PROVIDER_FAILURE, told_on=move.today)
        versions = plans.list_versions(plan_id=transfer.plan_id, at=move.now)
        assert [v.state for v in versions] == ["in_force", "withdrawn", "proposed"]

    def test_is_followed_by_the_full_plan_as_it_was(self, move):
        transfer = move.begin(days=0, reason=Reason.PROVIDER_FAILURE, told_on=move.today)
        move.sign(plans.get_plan(plan_id=transfer.plan_id, at=move.now).proposed)
        move.consult(transfer)
        move.ask(transfer)
        accept(move)
        version = move.send(transfer)
        assert version.outstanding == (Party.COUNCIL, Party.PROVIDER, Party.PERSON)

        old, new = as_json(move.care.version.content), as_json(version.content)
        assert {k for k in new if new[k] != old[k]} == {"version", "provider"}
        move.sign(version)
        assert plans.find_in_force(person_id=move.person_id, at=move.now).number == 3
        assert progress(move).stage is Stage.OVERLAP
