"""The pages of transfers: one person's step by step, and a team manager's list."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careplan.access.domain.actor import Role
from careplan.access.models import AuditEvent
from careplan.organisations.queries import get_organisation
from careplan.transfers import queries
from tests.factories.organisations import make_account
from tests.integration.transfers.test_one import accept, agreed
from tests.integration.visits.conftest import look_again
from tests.pages import submit

DAY = timedelta(days=1)


def day(field, value):
    return {f"{field}-day": str(value.day), f"{field}-month": str(value.month), f"{field}-year": str(value.year)}


@pytest.fixture
def address(move):
    return f"/people/{move.person_id}/transfer"


@pytest.fixture
def manager(move, commit):
    team = get_organisation(organisation_id=move.around.social_worker.team_id)
    found = make_account(Role.TEAM_MANAGER, team=team)
    commit()
    return found


def typed(move, **said):
    usual = {"to_provider": str(move.new.id), "reason": "zone_start", "why": "", **day("changes_on", move.today + DAY)}
    return {**usual, **said}


class TestOnePerson:
    def test_is_moved_step_by_step(self, move, address, sign_in, session):
        browser = sign_in(move.around.social_worker)
        assert submit(browser, f"{address}/new", typed(move)).location == address
        assert "Ask Margaret what they think of it." in browser.get(address).text

        said = {"how": "At home", "words": "If Joy can come.", **day("asked_on", move.today)}
        assert submit(browser, f"{address}/consultation", said).location == address
        assert "Ask Meadow Home Support" in browser.get(address).text
        submit(browser, address, to=f"{address}/provider")
        assert "yes to “Checking oxygen”" in browser.get(address).text
        look_again(session)
        accept(move)
        session.commit()
        submit(browser, address, to=f"{address}/round")
        assert "The council to agree to version 2." in browser.get(address).text
        shown = browser.get(f"/people/{move.person_id}").text
        assert "Care moves to Meadow Home Support on" in shown
        assert "Waits for agreement" in shown

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"to_provider": ""}, "Choose the new provider"),
            ({"reason": "other"}, "Say why the care moves."),
            ({"changes_on-year": "2020"}, "This day has passed."),
            ({"changes_on-month": "13"}, "Type a real date"),
            ({"reason": ""}, "Choose why"),
        ],
    )
    def test_says_what_to_mend_and_keeps_what_was_typed(self, move, address, sign_in, session, said, words):
        fields = typed(
            move, **{"why": "Too far away.", **({"why": ""} if said.get("reason") == "other" else {}), **said}
        )

        answer = submit(sign_in(move.around.social_worker), f"{address}/new", fields)

        assert (answer.status_code, words in answer.text) == (422, True)
        assert fields["why"] in answer.text
        look_again(session)
        assert queries.find_transfer(person_id=move.person_id) is None

    def test_an_objection_without_an_answer_is_sent_back(self, move, address, sign_in, commit):
        move.begin()
        commit()
        said = {"how": "At home", "words": "I want Joy.", "objects": "y", **day("asked_on", move.today)}

        answer = submit(sign_in(move.around.social_worker), f"{address}/consultation", said)

        assert answer.status_code == 422
        assert "They object. Say what you did, or will do, about it." in answer.text
        assert "I want Joy." in answer.text

    def test_a_step_out_of_turn_says_why_not(self, move, address, sign_in, commit):
        move.begin()
        commit()
        browser = sign_in(move.around.social_worker)

        assert submit(browser, address, to=f"{address}/provider").location == address
        assert "Ask the person first what they think of it." in browser.get(address).text

    def test_both_providers_write_notes_for_each_other(self, move, address, sign_in, commit):
        agreed(move)
        commit()
        submit(
            sign_in(move.around.coordinator), address, {"words": "She likes her tea at four."}, to=f"{address}/notes"
        )
        new = sign_in(move.new_coordinator)
        submit(new, address, {"words": "Who has the spare key?"}, to=f"{address}/notes")

        shown = new.get(address).text
        assert "If Joy can come." not in shown, "what the person said is between them and the council"
        assert "She likes her tea at four." in shown
        assert "Who has the spare key?" in shown
        assert submit(new, address, {"words": " "}, to=f"{address}/notes").status_code == 422

    def test_is_no_page_of_the_persons_and_their_family(self, move, address, sign_in, commit):
        move.begin()
        commit()

        for actor in (move.around.citizen, move.care.joy, move.nurse, move.new_coordinator):
            assert sign_in(actor).get(address).status_code == 404, actor.role

    def test_tells_the_person_from_which_day_before_they_agree(self, move, address, sign_in, commit):
        transfer = move.begin()
        move.consult(transfer)
        move.ask(transfer)
        accept(move)
        move.send(transfer)
        commit()

        assert "It counts from" in sign_in(move.around.citizen).get("/me/plan/agree").text

    def test_is_given_up_with_a_reason(self, move, address, sign_in, commit):
        move.begin()
        commit()
        browser = sign_in(move.around.social_worker)

        assert submit(browser, f"{address}/withdrawal", {"reason": ""}).status_code == 422
        assert submit(browser, f"{address}/withdrawal", {"reason": "She stays."}).location == address
        assert "She stays." in browser.get(address).text


class TestMany:
    def fields(self, move, **said):
        return typed(move, from_provider=str(move.around.provider.id), zone="", **said)

    def test_stand_in_one_list_that_a_team_manager_makes(self, move, manager, sign_in, session):
        browser = sign_in(manager)

        answer = submit(browser, "/commissioning/transfers/new", self.fields(move))

        shown = browser.get(answer.location).text
        assert "Margaret Ellis" in shown
        assert "0 of 1 agreed" in shown
        assert "Ask Margaret what they think of it." in shown
        assert "Harbour Care to Meadow Home Support" in browser.get("/commissioning/transfers").text
        look_again(session)
        looks = session.scalars(select(AuditEvent.subjects).where(AuditEvent.section == "transfer")).all()
        assert [move.person_id] in looks

    def test_who_object_stand_on_top(self, move, manager, sign_in, session):
        browser = sign_in(manager)
        answer = submit(browser, "/commissioning/transfers/new", self.fields(move))
        look_again(session)
        transfer = queries.find_transfer(person_id=move.person_id)
        move.consult(transfer, objects=True, words="Not again.", done_about="We asked who could stay.")
        session.commit()

        shown = browser.get(answer.location).text
        assert shown.index("They object") < shown.index("Everyone else")
        assert "We asked who could stay." in shown

    def test_says_what_to_mend(self, move, manager, sign_in):
        fields = self.fields(move, to_provider=str(move.around.provider.id), why="Too few staff.")

        answer = submit(sign_in(manager), "/commissioning/transfers/new", fields)

        assert answer.status_code == 422
        assert "This provider gives the care already." in answer.text
        assert "Too few staff." in answer.text

    def test_says_that_there_is_nobody(self, move, manager, sign_in):
        fields = self.fields(move) | {"from_provider": str(move.new.id), "to_provider": str(move.around.provider.id)}

        answer = submit(sign_in(manager), "/commissioning/transfers/new", fields)

        assert "This provider gives care to nobody of your team there." in answer.text

    def test_is_no_page_of_a_commissioner_or_of_another_team(self, move, manager, sign_in, session, commit):
        browser = sign_in(manager)
        address = submit(browser, "/commissioning/transfers/new", self.fields(move)).location
        look_again(session)
        commissioner = make_account(Role.COMMISSIONER)
        other = make_account(Role.TEAM_MANAGER)
        commit()

        assert sign_in(commissioner).get(address).status_code == 403
        assert sign_in(other).get(address).status_code == 404
