"""Who answers a suggestion, and how the parties stand to it."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.plans.domain.stance import (
    NobodyAccepted,
    NotAsked,
    Stance,
    StanceGiven,
    Standing,
    check_accepted,
    check_asked,
    check_stance,
    standings_of,
)
from careplan.plans.domain.state import Party

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def given(party: Party, stance: Stance, *, minutes: int = 0) -> StanceGiven:
    return StanceGiven(new_id(), new_id(), party, stance, None, new_id(), "Somebody", NOW + timedelta(minutes=minutes))


def words(by_party: Party | None, *answers: StanceGiven) -> list[str]:
    return [s.standing.value for s in standings_of(by_party=by_party, given=answers)]


class TestCheckAsked:
    @pytest.mark.parametrize(
        ("role", "by_party", "party"),
        [
            (Role.CITIZEN, Party.PROVIDER, Party.PERSON),
            (Role.REPRESENTATIVE, Party.COUNCIL, Party.PERSON),
            (Role.PROVIDER_COORDINATOR, Party.PERSON, Party.PROVIDER),
            (Role.TEAM_MANAGER, Party.PROVIDER, Party.COUNCIL),
            (Role.CITIZEN, None, Party.PERSON),
        ],
    )
    def test_asks_the_parties_that_did_not_suggest_it(self, role, by_party, party):
        assert check_asked(role=role, by_party=by_party) is party

    @pytest.mark.parametrize(
        ("role", "by_party"),
        [
            (Role.CITIZEN, Party.PERSON),
            (Role.REPRESENTATIVE, Party.PERSON),
            (Role.TEAM_MANAGER, Party.COUNCIL),
            (Role.NURSE, Party.PERSON),
            (Role.UNPAID_CARER, Party.PROVIDER),
        ],
    )
    def test_asks_neither_the_side_that_did_nor_who_is_no_party(self, role, by_party):
        with pytest.raises(NotAsked):
            check_asked(role=role, by_party=by_party)


class TestCheckStance:
    def test_takes_a_yes_without_a_reason_and_a_no_with_one(self):
        assert check_stance(stance=Stance.ACCEPTS, reason=" ") is None
        assert check_stance(stance=Stance.DECLINES, reason=" Too much. ") == "Too much."

    def test_refuses_a_no_without_one(self):
        with pytest.raises(Invalid):
            check_stance(stance=Stance.DECLINES, reason=" ")


class TestStandingsOf:
    def test_are_silent_until_somebody_answers(self):
        assert words(Party.PROVIDER) == ["silent", "suggests", "silent"]

    def test_follow_the_latest_answer_of_each_party(self):
        answers = (
            given(Party.PERSON, Stance.DECLINES),
            given(Party.COUNCIL, Stance.ACCEPTS, minutes=1),
            given(Party.PERSON, Stance.ACCEPTS, minutes=2),
        )

        assert words(Party.PROVIDER, *answers) == ["accepts", "suggests", "accepts"]

    def test_of_a_suggestion_by_no_party_are_all_three_asked_for(self):
        assert words(None, given(Party.PERSON, Stance.DECLINES)) == ["silent", "silent", "declines"]


class TestCheckAccepted:
    def test_lets_ones_own_be_taken_once_another_party_accepts(self):
        check_accepted(standings_of(by_party=Party.COUNCIL, given=[given(Party.PERSON, Stance.ACCEPTS)]))

    @pytest.mark.parametrize("answers", [[], [given(Party.PERSON, Stance.DECLINES)]])
    def test_refuses_while_none_does(self, answers):
        with pytest.raises(NobodyAccepted):
            check_accepted(standings_of(by_party=Party.COUNCIL, given=answers))


def test_every_standing_has_its_word():
    assert {s.value for s in Standing} >= {s.value for s in Stance}
