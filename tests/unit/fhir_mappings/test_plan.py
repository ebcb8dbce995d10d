"""The plan: what of it leaves, and how."""

import base64
import json
from dataclasses import replace

import pytest

from careplan.community.domain.referral import Event, Referral, Step
from careplan.outcomes.domain.barrier import Barrier
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.domain.result import Result, Verdict
from careplan.plans.domain.state import VersionState
from careplan.record.domain.record import CommunitySection, PlanSection, Record
from fhir_mappings import (
    care_plan,
    condition,
    episode_of_care,
    goal,
    mapping,
    provenance,
    service_request,
    task,
)
from fhir_mappings.context import Context
from fhir_mappings.service_request import contingency_id
from tests.unit.fhir_mappings import story

RECORD = story.RECORD


def told(kind, record: Record = RECORD) -> list[dict]:
    return list(kind.resources(Context(record)))


def with_versions(*versions) -> Record:
    return replace(RECORD, plan=PlanSection(replace(story.PLAN, versions=versions)))


class TestCarePlan:
    def test_tells_the_version_in_force_and_the_one_before(self):
        first, second, emergency = told(care_plan)

        assert (first["status"], second["status"]) == ("revoked", "active")
        assert second["replaces"] == [{"reference": f"CarePlan/{story.FIRST.id}", "display": first["title"]}]
        assert emergency["partOf"][0]["reference"] == f"CarePlan/{story.SECOND.id}"
        assert first["period"]["end"] < second["period"]["start"]

    def test_is_a_personalised_care_and_support_plan(self):
        second = told(care_plan)[1]

        codes = [c["coding"][0]["code"] for c in second["category"]]
        assert codes[:2] == ["734163000", "2181441000000107"]
        assert second["intent"] == "plan"

    def test_holds_none_of_the_elements_that_the_regional_profile_forbids(self):
        for plan in told(care_plan):
            assert {"supportingInfo", "contributor"}.isdisjoint(plan)
            assert all(set(activity) == {"reference"} for activity in plan.get("activity", []))

    @pytest.mark.parametrize("state", [VersionState.PROPOSED, VersionState.AGREED, VersionState.WITHDRAWN])
    def test_is_none_before_it_is_in_force(self, state):
        record = with_versions(replace(story.SECOND, state=state))

        made_of_plans = {"CarePlan", "Goal", "Condition", "Provenance", "EpisodeOfCare"}
        assert made_of_plans.isdisjoint(r["resourceType"] for r in mapping.resources_of(record))

    def test_leaves_out_a_version_that_was_replaced_before_its_day(self):
        never = replace(story.FIRST, content=replace(story.FIRST.content, starts_on=story.START))

        plans = told(care_plan, with_versions(never, story.SECOND))

        assert [p["id"] for p in plans if "partOf" not in p] == [str(story.SECOND.id)]
        assert "replaces" not in plans[0]

    def test_no_word_of_a_draft_or_of_a_workers_note_leaves(self):
        everything = json.dumps(mapping.resources_of(RECORD), default=str)

        assert story.SECRET not in everything
        assert "shouted" not in everything


class TestGoal:
    def test_tells_the_persons_words_and_five_levels(self):
        found = told(goal)[0]

        assert found["description"] == {"text": "I want to cook my own tea again."}
        assert found["expressedBy"]["reference"] == f"Patient/{story.PERSON.id}"
        codes = [e["extension"][0]["valueCoding"]["code"] for e in found["extension"]]
        assert codes == ["LA34479-8", "LA34480-6", "LA34481-4", "LA34483-0", "LA34484-8"]
        assert found["extension"][4]["extension"][1] == {"url": "progressText", "valueString": "No tea"}

    def test_aims_at_the_middle_level_by_its_date(self):
        target = told(goal)[0]["target"][0]

        assert target["measure"]["coding"][0]["code"] == "107332-9"
        assert target["detailCodeableConcept"]["coding"][0]["code"] == "LA34481-4"
        assert target["dueDate"] == "2027-02-01"

    def test_never_calls_itself_achieved(self):
        assert told(goal)[0]["achievementStatus"]["coding"][0]["code"] == "in-progress"

    @pytest.mark.parametrize(
        ("own", "other", "code"),
        [
            (Result.ACHIEVED, Result.ACHIEVED, "achieved"),
            (Result.MAINTAINED, Result.MAINTAINED, "sustaining"),
            (Result.NOT_YET, Result.ACHIEVED, "in-progress"),
            (None, Result.ACHIEVED, "in-progress"),
        ],
    )
    def test_is_achieved_only_as_both_agreed_while_it_goes_on(self, own, other, code):
        said = [(Voice.PERSON, own), (Voice.PROFESSIONAL, other)]
        verdicts = tuple(
            Verdict(
                story.made(voice.value), story.PERSON.id, story.OUTCOME.id, voice, result, "", story.made("x"), "Sam",
                story.NOW,
            )
            for voice, result in said if result
        )  # fmt: skip
        found = told(goal, replace(RECORD, outcomes=replace(RECORD.outcomes, verdicts=verdicts)))[0]

        assert found["achievementStatus"]["coding"][0]["code"] == code
        assert found["lifecycleStatus"] == "active"

    def test_notes_what_is_in_the_way_where_it_may_leave(self):
        said = [(Voice.PERSON, "The bench is wet."), (Voice.UNPAID_CARER, "She shouted."), (Voice.PERSON, "Gone.")]
        barriers = tuple(
            Barrier(
                story.made(words), story.PERSON.id, story.OUTCOME.id, voice, story.made("x"), None, words, story.NOW,
                story.NOW if words == "Gone." else None,
            )
            for voice, words in said
        )  # fmt: skip
        found = told(goal, replace(RECORD, outcomes=replace(RECORD.outcomes, barriers=barriers)))[0]

        (note,) = found["note"]
        assert note["text"] == "In the way: The bench is wet."
        assert note["authorReference"]["display"] == "Margaret Ellis"

    def test_lives_on_as_cancelled_when_the_plan_drops_it(self):
        without = replace(story.SECOND, content=replace(story.CONTENT, outcomes=()))

        found = told(goal, with_versions(story.FIRST, without))

        assert [g["lifecycleStatus"] for g in found] == ["cancelled"]
        assert "achievementStatus" not in found[0]

    def test_has_the_same_id_in_every_version(self):
        only_first = with_versions(replace(story.FIRST, state=VersionState.IN_FORCE))

        assert told(goal)[0]["id"] == told(goal, only_first)[0]["id"]


class TestCondition:
    def test_tells_each_need_by_the_care_act_and_which_still_stands(self):
        old, standing = told(condition)

        assert old["category"][0]["coding"][1]["code"] == "habitable_home"
        assert [c["clinicalStatus"]["coding"][0]["code"] for c in (old, standing)] == ["inactive", "active"]


class TestServiceRequest:
    def by_kind(self, kind: str, record: Record = RECORD) -> list[dict]:
        return [r for r in told(service_request, record) if r["category"][0]["coding"][0]["code"] == kind]

    def test_tells_who_does_each_action(self):
        provider, person, carer = self.by_kind("action")

        assert provider["performer"][0]["display"] == "Harbour Care"
        assert person["performer"][0]["display"] == "Margaret Ellis"
        assert carer["performer"][0]["display"] == "Helen Ellis"
        assert provider["occurrenceTiming"]["code"]["text"] == "Tuesdays and Fridays at 17:00"

    def test_tells_sixty_hours_in_four_weeks_and_who_pays(self):
        grant = self.by_kind("hours")[0]

        assert str(grant["quantityQuantity"]["value"]) == "60"
        assert grant["quantityQuantity"]["code"] == "h"
        repeat = grant["occurrenceTiming"]["repeat"]
        assert (repeat["frequency"], repeat["period"], repeat["periodUnit"]) == (1, 4, "wk")
        assert grant["category"][1]["coding"][0]["code"] == "council"
        assert [d["text"] for d in grant["orderDetail"]][:2] == ["Week 1: 20 hours", "Week 2: 10 hours"]

    def test_tells_contingency_by_its_circumstances(self):
        contingency = self.by_kind("contingency")[0]

        assert contingency["id"] == contingency_id(story.SECOND)
        assert contingency["asNeededCodeableConcept"]["coding"][0]["code"] == "carer_ill"
        assert str(contingency["quantityQuantity"]["value"]) == "4"

    def test_tells_a_delegation_as_the_nurses_order(self):
        order = self.by_kind("delegation")[0]

        assert (order["intent"], order["status"]) == ("order", "active")
        assert order["requester"]["reference"] == f"PractitionerRole/{story.NURSE.account_id}"
        assert [d["text"] for d in order["orderDetail"]] == ["Wash hands", "Measure"]


class TestTask:
    def test_tells_how_far_a_delegation_has_come(self):
        delegation, _ = told(task)

        assert (delegation["status"], delegation["code"]["coding"][0]["code"]) == ("in-progress", "fulfill")
        assert delegation["focus"]["reference"] == f"ServiceRequest/{story.DELEGATION.id}"
        assert delegation["owner"]["display"] == "Harbour Care"
        assert delegation["restriction"]["period"]["end"] == "2027-05-01T22:59:59Z"
        assert delegation["output"][1]["valueCodeableConcept"]["coding"][0]["code"] == "done"

    def test_tells_of_the_review(self):
        _, review = told(task)

        assert (review["intent"], review["status"]) == ("plan", "requested")
        assert review["owner"]["display"] == "Priya Nair"
        assert review["restriction"]["period"]["end"] == "2026-12-21T23:59:59Z"


class TestEpisodeOfCare:
    def test_tells_the_package(self):
        package = told(episode_of_care)[0]

        assert (package["status"], package["period"]) == ("active", {"start": "2026-11-02"})
        assert package["managingOrganization"]["display"] == "Harbour Care"


class TestProvenance:
    def test_carries_the_hash_of_what_was_signed(self):
        signed = [p for p in told(provenance) if p["target"][0]["reference"] == f"CarePlan/{story.SECOND.id}"]

        hashes = {base64.b64decode(p["signature"][0]["data"]).hex() for p in signed}
        assert (len(signed), hashes) == (3, {story.SECOND.content_hash})

    def test_names_who_signed_for_whom(self):
        council, provider, person = [p["agent"][0] for p in told(provenance)][-3:]

        assert (council["who"]["display"], council["onBehalfOf"]["display"]) == ("Priya Nair", "Northbridge Council")
        assert (provider["who"]["display"], provider["onBehalfOf"]["display"]) == ("Tom Hale", "Harbour Care")
        assert person["who"]["reference"] == f"Patient/{story.PERSON.id}"
        assert "onBehalfOf" not in person

    def test_of_going_on_without_the_persons_yes_claims_no_agreement_of_anybody(self):
        council, provider, _ = story.SECOND.agreements
        record = with_versions(replace(story.SECOND, agreements=(council, provider), not_agreed=story.NOT_AGREED))
        found = told(provenance, record)
        (without,) = [p for p in found if p["id"] == str(story.NOT_AGREED.id)]

        assert len(found) == 3
        assert without["activity"]["text"] == "Not agreed by the person"
        assert "signature" not in without
        assert without["agent"][0]["who"]["display"] == "Priya Nair"
        assert f"Patient/{story.PERSON.id}" not in json.dumps(without["agent"])

    def test_of_a_yes_that_was_taken_back_is_none(self):
        council, provider, person = story.SECOND.agreements
        record = with_versions(replace(story.SECOND, agreements=(council, provider), taken_back=(person,)))

        assert str(person.id) not in {p["id"] for p in told(provenance, record)}


class TestCommunityReferral:
    def told(self, *steps):
        """The request and the task of a referral after these events."""
        happened = tuple(
            Step(story.made(e.value), e, story.START, "She leads the altos.", "Priya", story.NOW) for e in steps
        )
        asked = Referral(
            story.made("referral"), story.PERSON.id, story.PLAN.id, story.CONTENT.actions[0].id, "Sing with me.", None,
            "Larch Hill choir", "secretyes", story.START, story.made("x"), "Priya", story.NOW, happened,
        )  # fmt: skip
        record = replace(RECORD, community=CommunitySection((asked,)))
        request = next(r for r in told(service_request, record) if r["id"] == str(asked.id))
        return request, next(t for t in told(task, record) if t["focus"]["reference"] == f"ServiceRequest/{asked.id}")

    @pytest.mark.parametrize(
        ("steps", "request_status", "task_status"),
        [
            ((), "active", "requested"),
            ((Event.WAITING,), "active", "on-hold"),
            ((Event.ACCEPTED,), "active", "accepted"),
            ((Event.ACCEPTED, Event.STARTED), "active", "in-progress"),
            ((Event.DECLINED,), "revoked", "rejected"),
            ((Event.WITHDRAWN,), "revoked", "cancelled"),
            ((Event.STARTED, Event.ENDED), "completed", "completed"),
        ],
    )
    def test_follows_their_answer_and_what_came_of_it(self, steps, request_status, task_status):
        request, fulfilled = self.told(*steps)

        assert (request["status"], fulfilled["status"]) == (request_status, task_status)

    def test_rests_on_the_action_and_tells_what_came_of_it_but_not_how_the_person_said_yes(self):
        request, fulfilled = self.told(Event.ENDED)

        assert request["basedOn"][0]["display"] == "Cook tea together"
        assert request["performerType"]["text"] == "Larch Hill choir"
        assert fulfilled["output"][0]["valueString"] == "She leads the altos."
        assert "secretyes" not in json.dumps([request, fulfilled])
