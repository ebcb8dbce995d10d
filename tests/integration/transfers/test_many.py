"""Many at once: one list made in one act, begun some at a time, nobody half moved, and those who object on top."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Kind, Section
from careplan.db.scope import set_actor
from careplan.organisations import service as organisations
from careplan.organisations.domain.zone import Scheme
from careplan.organisations.queries import get_organisation
from careplan.people import service as people
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.transfers import queries, service
from careplan.transfers.domain.transfer import Reason, Stage, WrongTransfer
from careplan.transfers.models import TransferRow
from careplan.transfers.service.acting import NewAct
from careplan.transfers.service.asking import Said
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.plans import Around, make_agreed, make_around

DAY = timedelta(days=1)


@pytest.fixture
def town(session, now, commit):
    """Four people of one team with Harbour Care, one of another team with Harbour Care, one with somebody else."""
    first = make_around(now=now - DAY)
    team = get_organisation(organisation_id=first.social_worker.team_id)
    everyone = [first, *(_with(first, team, now) for _ in range(3))]
    elsewhere = _with(first, None, now)
    other = make_around(now=now - DAY)
    for around in (*everyone, elsewhere, other):
        make_agreed(around, now=now - DAY, starts_on=(now - DAY).date())
    manager = make_account(Role.TEAM_MANAGER, team=team)
    commit()
    return Town(everyone, elsewhere, manager, make_organisation(name="Meadow Home Support"), now)


class Town:
    """Who is there, and shorthand for what the team manager does."""

    def __init__(self, everyone, elsewhere, manager, new, now):
        self.everyone, self.elsewhere, self.manager, self.new, self.now = everyone, elsewhere, manager, new, now

    def start(self, **said):
        visible = access.select_visible(actor=self.manager, section=Section.TRANSFER, action=Action.WRITE, now=self.now)
        usual = {
            "from_provider_id": self.everyone[0].provider.id, "to_provider_id": self.new.id,
            "reason": Reason.PROVIDER_FAILURE, "changes_on": self.now.date(),
        }  # fmt: skip
        return service.start_act(said=NewAct(**{**usual, **said}), visible=visible, actor=self.manager, now=self.now)

    def go_on(self, act, **said):
        return service.go_on(act_id=act.id, actor=self.manager, now=self.now, **said)

    def standings(self, act):
        visible = access.select_visible(actor=self.manager, section=Section.TRANSFER, action=Action.READ, now=self.now)
        found = queries.list_transfers_of_act(act_id=act.id, visible=visible)
        return queries.list_standings(transfers=found, at=self.now)


def _with(first, team, now) -> Around:
    """Somebody else with the same provider, in the same team or, without one, in another."""
    worker = make_social_worker(team=team)
    made = make_around(now=now - DAY)
    if team is None:
        return Around(made.person_id, made.social_worker, first.provider, first.coordinator, made.citizen)
    for kind, change in (("caseload", "account_id = :to"), ("team", "organisation_id = :to")):
        access.db.session.execute(
            text(f"UPDATE relationship SET {change} WHERE person_id = :id AND kind = :kind"),
            {"to": worker.account_id if kind == "caseload" else team.id, "id": made.person_id, "kind": kind},
        )
    return Around(made.person_id, worker, first.provider, first.coordinator, made.citizen)


class TestTheList:
    def test_holds_those_of_the_team_with_this_provider(self, town):
        act = town.start()

        assert {s.person.id for s in town.standings(act)} == {a.person_id for a in town.everyone}
        assert {s.progress.stage for s in town.standings(act)} == {Stage.WAITS_ITS_TURN}

    def test_of_a_zone_holds_those_who_live_there(self, town, session):
        council = get_organisation(organisation_id=town.manager.organisation_id)
        zone_id = organisations.register_zone(
            council_id=council.id, name="Larch Hill", scheme=Scheme.LEAD_60, shares=(), postcodes=("NB4",),
            actor=town.manager, now=town.now,
        )  # fmt: skip
        for around, postcode in zip(town.everyone, ("NB4 2QT", "NB42 1AA", "NB7 1AA", "NB4 9ZZ"), strict=True):
            people.add_address(
                person_id=around.person_id, line1="1 High Street", town="Northbridge", postcode=postcode,
                actor=around.social_worker, now=town.now,
            )  # fmt: skip

        act = town.start(zone_id=zone_id, reason=Reason.ZONE_START)

        assert {s.person.id for s in town.standings(act)} == {
            town.everyone[0].person_id, town.everyone[3].person_id,
        }  # fmt: skip

    def test_leaves_out_whose_care_is_moving_already(self, town):
        first = town.start()
        town.go_on(first)

        with pytest.raises(service.NobodyToMove):
            town.start()

    @pytest.mark.parametrize(
        "said", [{"reason": Reason.OTHER}, {"to_provider_id": None}, {"reason": Reason.QUALITY, "told_on": "today"}]
    )
    def test_is_not_made_of_what_cannot_be(self, town, said):
        if "to_provider_id" in said:
            said = {"to_provider_id": town.everyone[0].provider.id}
        if "told_on" in said:
            said = {**said, "told_on": town.now.date()}

        with pytest.raises(WrongTransfer):
            town.start(**said)

    def test_is_the_teams_own_by_the_second_lock_too(self, town, session):
        town.start()
        stranger = make_account(Role.TEAM_MANAGER, team=make_team_elsewhere())
        set_actor(session, account_id=stranger.account_id, team_id=stranger.team_id)

        assert session.scalar(text("SELECT count(*) FROM transfer_act")) == 0
        assert session.scalar(text("SELECT count(*) FROM transfer")) == 0

    def test_takes_as_many_statements_for_four_as_for_one(self, town, session):
        act = town.start()
        found = queries.list_transfers_of_act(
            act_id=act.id,
            visible=access.select_visible(
                actor=town.manager, section=Section.TRANSFER, action=Action.READ, now=town.now
            ),
        )

        assert _statements(session, found) == _statements(session, found[:1])


def make_team_elsewhere():
    worker = make_social_worker()
    return get_organisation(organisation_id=worker.team_id)


def _statements(session, transfers) -> int:
    count = [0]

    def counted(*_):
        count[0] += 1

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", counted)
    queries.list_standings(transfers=transfers, at=transfers[0].started_at)
    event.remove(engine, "before_cursor_execute", counted)
    return count[0]


class TestGoingOn:
    def test_begins_some_at_a_time_and_goes_on_where_it_stopped(self, town):
        act = town.start()

        runs = [town.go_on(act, most=3), town.go_on(act, most=3), town.go_on(act, most=3)]

        assert [(b.begun, b.held_up, b.left) for b in runs] == [(3, 0, 1), (1, 0, 0), (0, 0, 0)]
        assert {s.progress.stage for s in town.standings(act)} == {Stage.ASK_PERSON}

    def test_writes_an_interim_version_for_each_where_the_provider_cannot_go_on(self, town):
        act = town.start(told_on=town.now.date())

        assert town.go_on(act).begun == 4
        for standing in town.standings(act):
            plan = plans.get_plan(plan_id=standing.transfer.plan_id, at=town.now)
            assert plan.proposed.content.provider.organisation == town.new.id
            assert [p.value for p in standing.progress.interim_waits] == ["council", "provider"]

    def test_leaves_nobody_half_begun_and_says_why(self, town, session):
        """One whose plan has ended meanwhile cannot be begun: nothing of theirs is left behind."""
        act = town.start(told_on=town.now.date())
        broken = town.everyone[2]
        plan_id = plans.find_plan_of_person(person_id=broken.person_id)
        plan_service.end_plan(
            plan_id=plan_id, end=plan_service.PlanEnd(town.now - timedelta(minutes=1), "Ended."), now=town.now
        )

        batch = town.go_on(act)

        assert (batch.begun, batch.held_up, batch.left) == (3, 1, 1)
        held = next(s for s in town.standings(act) if s.person.id == broken.person_id)
        assert held.transfer.held_up == "This plan has ended. Begin a new one."
        assert held.progress.stage is Stage.CARE_ENDED
        assert len(plans.get_plan(plan_id=plan_id, at=town.now).versions) == 1
        assert not access.is_related(
            person_id=broken.person_id, kind=Kind.PACKAGE, at=town.now, organisation_id=town.new.id
        )

    def test_begins_who_was_held_up_once_they_can_be(self, town, session):
        act = town.start()
        session.execute(text("UPDATE transfer SET held_up = 'Not yet.'"))

        assert town.go_on(act).begun == 4
        assert session.query(TransferRow).filter(TransferRow.held_up.is_not(None)).count() == 0


def test_those_who_object_stand_out(town):
    act = town.start()
    town.go_on(act)
    unwilling = town.standings(act)[2].transfer
    service.record_consultation(
        person_id=unwilling.person_id, transfer_id=unwilling.id,
        said=Said(town.now.date(), "At home.", "Not again.", objects=True, done_about="We asked who could stay."),
        actor=town.manager, now=town.now,
    )  # fmt: skip

    assert [s.progress.objects for s in town.standings(act)].count(True) == 1
