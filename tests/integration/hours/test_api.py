"""The JSON of hours: the figures, the ledger, and asking for contingency."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from tests.factories.hours import Story, make_terms
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_person
from tests.pages import send_json


class Cast:
    """A person whose service began a week ago, and those around them; each signs in."""

    def __init__(self, sign_in, commit):
        provider = make_organisation()
        worker = make_social_worker()
        self.person = make_person(social_worker=worker)
        start = local_date(utc_now()) - timedelta(days=7)
        terms = replace(
            make_terms(person_id=self.person), provider_id=provider.id, service_starts_on=start, counts_from=start
        )
        self.story = Story(terms, now=utc_now()).open()
        coordinator = make_account(Role.PROVIDER_COORDINATOR, organisation=provider)
        assessor = make_account(Role.TRUSTED_ASSESSOR, organisation=provider)
        citizen, nurse, stranger = make_account(Role.CITIZEN), make_account(Role.NURSE), make_social_worker()
        self._relate(Kind.PACKAGE, organisation_id=provider.id)
        self._relate(Kind.SELF, account_id=citizen.account_id)
        self._relate(Kind.DELEGATION, account_id=nurse.account_id)
        self.visit = new_id()
        self.story.plan(3600, visit=self.visit, on=start)
        self.story.deliver(3650, visit=self.visit, on=start)
        commit()
        self.actors = {
            "social_worker": worker, "coordinator": coordinator, "assessor": assessor, "citizen": citizen,
            "nurse": nurse, "stranger": stranger,
        }  # fmt: skip
        self.sign_in = sign_in

    def _relate(self, kind, **holder):
        access.relate(
            person_id=self.person, kind=kind, since=utc_now(), source_type="test", source_id=new_id(), **holder
        )

    def browser(self, name):
        return self.sign_in(self.actors[name])

    def url(self, rest):
        return f"/api/v1/people/{self.person}/{rest}"

    def ask(self, name, **said):
        body = {
            "id": str(new_id()), "circumstance": "chest_infection", "exceptional": "She could not stand",
            "minutes": 30, "service": "personal_care",
        }  # fmt: skip
        return send_json(self.browser(name), self.url("contingency-draws"), body | said)


@pytest.fixture
def cast(session, sign_in, commit):
    return Cast(sign_in, commit)


class TestBank:
    @pytest.mark.parametrize("name", ["social_worker", "coordinator", "assessor", "citizen"])
    def test_everybody_sees_the_same_figures(self, cast, name):
        bank = cast.browser(name).get(cast.url("bank")).json

        assert bank["period"]["number"] == 0
        assert bank["period"]["state"] == "open"
        figures = ("granted", "delivered", "left", "unfunded", "planned", "carried_in", "expiring")
        assert [bank[f] for f in figures] == [3600, 3650, 0, 50, 0, 0, 0]
        assert [w["granted"] for w in bank["weeks"]] == [1200, 600, 1200, 600]
        assert (bank["contingency"]["granted"], bank["contingency"]["left"]) == (240, 240)
        assert [c["slug"] for c in bank["contingency"]["circumstances"]] == ["chest_infection", "carer_away"]

    @pytest.mark.parametrize("name", ["nurse", "stranger"])
    def test_to_others_it_does_not_exist(self, cast, name):
        assert cast.browser(name).get(cast.url("bank")).status_code == 404

    def test_signed_out_nothing_is_said(self, cast, client):
        assert client.get(cast.url("bank")).status_code == 401

    def test_a_period_by_number(self, cast):
        bank = cast.browser("citizen").get(cast.url("bank?period=1")).json

        assert (bank["period"]["number"], bank["period"]["state"], bank["left"]) == (1, "upcoming", 3600)

    @pytest.mark.parametrize(("asked", "status"), [("99", 404), ("-1", 422), ("soon", 422), ("1e3", 422)])
    def test_a_period_that_is_not_there(self, cast, asked, status):
        assert cast.browser("citizen").get(cast.url(f"bank?period={asked}")).status_code == status


class TestEntries:
    def test_page_by_page_they_are_the_whole_ledger(self, cast):
        browser, rows, following = cast.browser("social_worker"), [], ""
        while following is not None:
            answer = browser.get(cast.url(f"bank/entries?limit=3&after={following}")).json
            rows += answer["items"]
            following = answer["next"]

        granted = sum(r["minutes"] for r in rows if (r["kind"], r["to"], r["period"]) == ("allocate", "bank", 0))
        assert granted == 3600
        assert [(r["kind"], r["minutes"], r["visit"]) for r in rows[-2:]] == [
            ("draw", 3600, str(cast.visit)),
            ("draw_unfunded", 50, str(cast.visit)),
        ]
        assert len({r["id"] for r in rows}) == len(rows)

    def test_a_made_up_cursor_is_refused(self, cast):
        answer = cast.browser("citizen").get(cast.url("bank/entries?after=abc"))

        assert (answer.status_code, answer.json["code"]) == (400, "bad_cursor")


class TestContingencyDraws:
    def test_a_social_worker_is_answered_201_and_the_same_again(self, cast):
        draw = str(new_id())
        first, second = (cast.ask("social_worker", id=draw, minutes=200) for _ in range(2))

        assert (first.status_code, first.json["state"], first.json["left"]) == (201, "approved", 40)
        assert (second.status_code, second.json) == (201, first.json)

    def test_the_provider_is_answered_201_up_to_its_limit_and_202_above(self, cast):
        assert [cast.ask("coordinator", minutes=m).status_code for m in (60, 61)] == [201, 202]

    def test_an_assessor_only_asks(self, cast):
        answer = cast.ask("assessor", minutes=10)

        assert (answer.status_code, answer.json["state"]) == (202, "waiting")

    def test_pays_for_a_visit_that_outran_the_bank(self, cast):
        cast.ask("social_worker", minutes=50, visit=str(cast.visit))

        bank = cast.browser("citizen").get(cast.url("bank")).json
        assert (bank["unfunded"], bank["contingency"]["left"], bank["delivered"]) == (0, 190, 3650)

    @pytest.mark.parametrize(
        ("said", "code", "accepted"),
        [
            ({"circumstance": "shopping", "service": "no", "exceptional": ""}, "not_assessed",
             ["chest_infection", "carer_away"]),
            ({"service": "cleaning", "exceptional": "", "minutes": 999}, "service_not_assessed", ["personal_care"]),
            ({"exceptional": "  ", "minutes": 999}, "not_exceptional", None),
            ({"exceptional": None}, "not_exceptional", None),
            ({"minutes": 241}, "exceeds_contingency", 240),
            ({"minutes": 10**12}, "exceeds_contingency", 240),
        ],
    )  # fmt: skip
    def test_a_refusal_says_what_would_be_accepted(self, cast, said, code, accepted):
        answer = cast.ask("social_worker", **said)

        assert (answer.status_code, answer.json["code"]) == (422, code)
        assert answer.content_type == "application/problem+json"
        found = answer.json["accepted"]
        if accepted is not None:
            assert ([i["slug"] for i in found] if isinstance(found, list) else found) == accepted
        assert answer.json["errors"][0]["message"]

    def test_the_same_id_with_another_body_is_409(self, cast):
        draw = str(new_id())
        cast.ask("social_worker", id=draw)
        answer = cast.ask("social_worker", id=draw, minutes=31)

        assert (answer.status_code, answer.json["code"]) == (409, "id_used_before")

    def test_an_id_used_for_somebody_else_is_409_and_says_no_more(self, cast, sign_in, commit):
        draw, other = str(new_id()), Cast(sign_in, commit)
        cast.ask("social_worker", id=draw)

        assert other.ask("social_worker", id=draw).status_code == 409

    @pytest.mark.parametrize(
        "said",
        [
            {"minutes": 0}, {"minutes": -5}, {"minutes": 30.5}, {"minutes": "30"}, {"minutes": True}, {"id": "x"},
            {"visit": "x"}, {"circumstance": None}, {"service": 7}, {"colour": "red"}, {"exceptional": "x" * 4001},
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_names_its_field(self, cast, said):
        answer = cast.ask("social_worker", **said)

        assert (answer.status_code, answer.json["code"]) == (422, "invalid")
        assert [e["field"] for e in answer.json["errors"]] == list(said)

    def test_malformed_json_is_400(self, cast):
        answer = cast.browser("social_worker").post(
            cast.url("contingency-draws"),
            data="{",
            headers={"Content-Type": "application/json", "X-Requested-With": "tests"},
        )

        assert answer.status_code == 400

    @pytest.mark.parametrize("name", ["citizen", "nurse", "stranger"])
    def test_others_cannot_ask(self, cast, name):
        assert cast.ask(name).status_code == 404
        assert cast.browser("social_worker").get(cast.url("bank")).json["contingency"]["left"] == 240

    def test_the_history_shows_what_became_of_each(self, cast):
        cast.ask("social_worker", minutes=20)
        cast.ask("assessor", minutes=10)
        items = cast.browser("citizen").get(cast.url("contingency-draws")).json["items"]

        assert [(i["minutes"], i["state"], i["circumstance"]["words"]) for i in items] == [
            (10, "waiting", "A chest infection"),
            (20, "approved", "A chest infection"),
        ]
