"""How far a transfer has come follows from what happened, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careplan.kernel.ids import new_id
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party, VersionFacts
from careplan.transfers.domain.act import tally
from careplan.transfers.domain.transfer import (
    Around,
    Consultation,
    Progress,
    Reason,
    Stage,
    Transfer,
    Withdrawal,
    WrongConsultation,
    WrongTransfer,
    changes_at,
    check_consultation,
    check_new,
    in_the_way,
    progress_of,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
OLD, NEW = new_id(), new_id()
ALL = dict.fromkeys(Party, NOON - DAY)
TWO = {Party.COUNCIL: NOON - DAY, Party.PROVIDER: NOON - DAY}


def a_transfer(**said) -> Transfer:
    usual = {
        "id": new_id(), "person_id": new_id(), "plan_id": new_id(), "from_provider_id": OLD, "to_provider_id": NEW,
        "reason": Reason.ZONE_START, "why": "", "changes_on": TODAY, "base_number": 1, "started_at": NOON - 9 * DAY,
        "started_by": new_id(), "begun_at": NOON - 9 * DAY,
    }  # fmt: skip
    return Transfer(**{**usual, **said})


def said(**different) -> Consultation:
    usual = {
        "id": new_id(), "transfer_id": new_id(), "asked_on": TODAY, "how": "at home", "said": "Fine by me.",
        "objects": False, "done_about": None, "recorded_at": NOON, "recorded_by": new_id(),
    }  # fmt: skip
    return Consultation(**{**usual, **different})


def version(number=2, provider=NEW, **different) -> VersionFacts:
    usual = {"starts_on": date(2026, 1, 1), "proposed_at": NOON - 2 * DAY, "settled": ALL}
    return VersionFacts(number=number, provider=provider, **{**usual, **different})


BASE = version(1, OLD)


def stage(transfer=None, *versions, at=NOON, **around) -> Progress:
    known = Around("Margaret", "Meadow", (BASE, *versions), **around)
    return progress_of(transfer or a_transfer(), known, at=at)


class TestProgress:
    @pytest.mark.parametrize(
        ("transfer", "versions", "around", "expected", "missing"),
        [
            (a_transfer(begun_at=None), (), {}, Stage.WAITS_ITS_TURN, ()),
            (a_transfer(begun_at=None, held_up="No."), (), {}, Stage.WAITS_ITS_TURN, ("No.",)),
            (a_transfer(), (), {}, Stage.ASK_PERSON, ("Ask Margaret what they think of it.",)),
            (
                a_transfer(), (), {"consultation": said(), "in_the_way": "Settle version 2."}, Stage.ASK_PROVIDER,
                ("Settle version 2.", "Ask Meadow whether they can."),
            ),
            (
                a_transfer(asked_at=NOON), (version(proposed_at=None, settled={}),),
                {"consultation": said(), "unaccepted": ("Peak flow",)}, Stage.DELEGATIONS,
                ("Meadow’s yes to “Peak flow”.",),
            ),
            (
                a_transfer(asked_at=NOON), (version(proposed_at=None, settled={}),), {"consultation": said()},
                Stage.SEND_ROUND, ("Send version 2 round.",),
            ),
            (
                a_transfer(asked_at=NOON), (version(settled=TWO),), {"consultation": said()}, Stage.SIGN,
                ("Margaret to agree to version 2.",),
            ),
            (
                a_transfer(asked_at=NOON), (version(counts_from=TODAY + 5 * DAY),), {"consultation": said()},
                Stage.AGREED, (),
            ),
            (a_transfer(), (version(counts_from=TODAY - 6 * DAY, settled=dict.fromkeys(Party, NOON - 9 * DAY)),),
             {}, Stage.OVERLAP, ()),
            (a_transfer(), (version(counts_from=TODAY - 7 * DAY, settled=dict.fromkeys(Party, NOON - 9 * DAY)),),
             {}, Stage.DONE, ()),
            (a_transfer(withdrawal=Withdrawal(NOON, new_id(), "No.")), (), {}, Stage.WITHDRAWN, ()),
        ],
    )  # fmt: skip
    def test_is_told_from_facts(self, transfer, versions, around, expected, missing):
        found = stage(transfer, *versions, **around)

        assert (found.stage, found.missing) == (expected, missing)

    def test_says_that_the_person_objects(self):
        assert stage(consultation=said(objects=True, done_about="We visited twice.")).objects

    def test_comes_to_nothing_where_care_has_ended(self):
        assert stage(consultation=said(), care_ended=True).stage is Stage.CARE_ENDED

    def test_counts_no_version_that_was_taken_back_or_is_of_the_provider_before(self):
        taken_back, old = version(withdrawn_at=NOON), version(3, OLD, settled={})

        assert stage(None, taken_back, old, consultation=said()).stage is Stage.ASK_PROVIDER

    def test_is_not_begun_anew_by_what_is_written_after_it(self):
        agreed = version(counts_from=TODAY - 20 * DAY, settled=dict.fromkeys(Party, NOON - 30 * DAY))

        assert stage(None, agreed, version(3, proposed_at=None, settled={})).stage is Stage.DONE


class TestInterim:
    """Where the provider cannot go on, care begins before everybody has agreed."""

    INTERIM = version(2, kind=PlanKind.INTERIM, settled={})

    def test_waits_for_council_and_provider_alone(self):
        found = stage(a_transfer(told_on=TODAY), self.INTERIM)

        assert found.stage is Stage.ASK_PERSON
        assert found.interim_waits == (Party.COUNCIL, Party.PROVIDER)
        assert found.missing[:2] == (
            "The council to agree to the interim version 2.", "Meadow to agree to the interim version 2.",
        )  # fmt: skip

    def test_stands_while_the_full_plan_is_still_on_its_way(self):
        found = stage(a_transfer(told_on=TODAY), version(2, kind=PlanKind.INTERIM, settled=TWO), consultation=said())

        assert (found.stage, found.interim_since) == (Stage.ASK_PROVIDER, NOON - DAY)

    def test_is_when_the_care_changes_hands(self):
        transfer = a_transfer(told_on=TODAY)
        versions = (BASE, version(2, kind=PlanKind.INTERIM, settled=TWO), version(3, settled={}))

        assert changes_at(transfer, versions) == NOON - DAY

    def test_an_interim_plan_of_somebody_who_had_one_anyway_is_moved_as_it_is(self):
        moved = version(2, kind=PlanKind.INTERIM, settled=TWO, counts_from=TODAY + DAY)

        assert stage(a_transfer(), moved).stage is Stage.AGREED


class TestInTheWay:
    @pytest.mark.parametrize(
        ("other", "words"),
        [
            (version(2, OLD, proposed_at=None, settled={}), "Version 2 is being written."),
            (version(2, OLD, settled=TWO), "Version 2 waits for agreement."),
            (version(2, OLD, withdrawn_at=NOON, settled={}), None),
            (version(2, OLD), None),
            (version(2, NEW, settled={}), None),
        ],
    )
    def test_is_another_version_that_is_not_settled(self, other, words):
        found = in_the_way(a_transfer(), (BASE, other))

        assert (found or "").startswith(words or "")
        assert (found is None) is (words is None)


USUAL = {
    "from_provider": OLD, "to_provider": NEW, "reason": Reason.ZONE_START, "why": "", "changes_on": TODAY,
    "told_on": None, "today": TODAY,
}  # fmt: skip


class TestChecks:
    def test_take_a_whole_transfer(self):
        check_new(**USUAL)
        check_new(**{**USUAL, "reason": Reason.PROVIDER_FAILURE, "told_on": TODAY})

    @pytest.mark.parametrize(
        ("different", "field"),
        [
            ({"to_provider": OLD}, "to_provider"),
            ({"changes_on": TODAY - DAY}, "changes_on"),
            ({"changes_on": TODAY + 183 * DAY}, "changes_on"),
            ({"reason": Reason.OTHER}, "why"),
            ({"reason": Reason.PROVIDER_FAILURE, "told_on": TODAY + DAY}, "told_on"),
            ({"told_on": TODAY}, "told_on"),
        ],
    )
    def test_say_which_part_of_a_transfer_to_mend(self, different, field):
        with pytest.raises(WrongTransfer) as refused:
            check_new(**{**USUAL, **different})

        assert [p.field for p in refused.value.problems] == [field]

    @pytest.mark.parametrize(
        ("different", "fields"),
        [
            ({}, []),
            ({"objects": True}, ["done_about"]),
            ({"objects": True, "done_about": "We asked for Joy to go on."}, []),
            ({"how": "", "said": " "}, ["how", "said"]),
            ({"asked_on": TODAY + DAY}, ["asked_on"]),
        ],
    )
    def test_want_an_answer_to_an_objection(self, different, fields):
        usual = {"asked_on": TODAY, "how": "at home", "said": "Fine.", "objects": False, "done_about": ""}
        if not fields:
            check_consultation(**{**usual, **different}, today=TODAY)
            return
        with pytest.raises(WrongConsultation) as refused:
            check_consultation(**{**usual, **different}, today=TODAY)
        assert [p.field for p in refused.value.problems] == fields


def test_a_tally_counts_who_has_come_how_far():
    stages = (Stage.WAITS_ITS_TURN, Stage.ASK_PERSON, Stage.SIGN, Stage.AGREED, Stage.DONE, Stage.WITHDRAWN)
    found = tally([*(Progress(s) for s in stages), Progress(Stage.SIGN, objects=True)])

    assert (found.people, found.not_begun, found.settled, found.objecting, found.given_up) == (7, 1, 2, 1, 1)
    assert found.going_on == 3
