"""Care as it was given: visits, ratings, readings, hours."""

from dataclasses import replace
from decimal import Decimal

import pytest

from careplan.delegation.domain.occasion import OccasionResult
from careplan.hours.domain.view import PeriodState
from careplan.outcomes.domain.rating import RatingKind
from careplan.record.domain.record import DelegationSection, HoursSection, OutcomesSection, Record
from fhir_mappings import device_request, encounter, medication, observation, procedure
from fhir_mappings.context import Context
from fhir_mappings.service_request import contingency_id
from tests.unit.fhir_mappings import story

RECORD = story.RECORD


def told(kind, record: Record = RECORD) -> dict[str, dict]:
    return {r["id"]: r for r in kind.resources(Context(record))}


class TestEncounter:
    @pytest.mark.parametrize(
        ("visit", "status", "came_of"),
        [
            ("visit-planned", "planned", None),
            ("visit-done", "finished", "completed"),
            ("visit-no-reply", "cancelled", "no_reply"),
            ("visit-off", "cancelled", "cancelled_by_person"),
        ],
    )
    def test_tells_what_came_of_a_visit(self, visit, status, came_of):
        found = told(encounter)[str(story.made(visit))]

        assert found["status"] == status
        assert [t["coding"][0]["code"] for t in found.get("type", [])] == ([came_of] if came_of else [])
        assert found["class"]["code"] == "HH"

    def test_tells_how_long_it_was_and_who_came(self):
        found = told(encounter)[str(story.made("visit-done"))]

        assert found["length"] == {"value": 55, "unit": "min", "system": "http://unitsofmeasure.org", "code": "min"}
        assert found["participant"][0]["individual"]["display"] == "Ania Kowal"
        assert found["period"] == {"start": "2026-11-20T10:00:00Z", "end": "2026-11-20T10:55:00Z"}

    def test_tells_what_paid_for_it(self):
        found = told(encounter)[str(story.made("visit-done"))]

        assert found["basedOn"][0]["display"] == "60 hours in four weeks"
        assert found["basedOn"][1]["reference"] == f"ServiceRequest/{contingency_id(story.SECOND)}"


class TestRating:
    @pytest.mark.parametrize(
        ("rating", "code", "level", "performer"),
        [
            ("r0", "112296-9", "LA34483-0", "Margaret Ellis"),
            ("r1", "107334-5", "LA34481-4", "Margaret Ellis"),
            ("r3", "107331-1", "LA34484-8", "Helen Ellis"),
            ("r4", "107333-7", "LA34479-8", "Ania Kowal"),
        ],
    )
    def test_tells_each_voice_by_its_own_code(self, rating, code, level, performer):
        found = told(observation)[str(story.made(rating))]

        assert found["code"]["coding"][0]["code"] == code
        assert found["valueCodeableConcept"]["coding"][0]["code"] == level
        assert found["performer"][0]["display"] == performer
        assert found["focus"][0]["display"] == story.OUTCOME.words

    def test_tells_where_the_plan_says_that_each_outcome_began(self):
        found = [o for o in told(observation).values() if o["identifier"][0]["system"].endswith("/baseline")]

        assert [(o["code"]["coding"][0]["code"], o["focus"][0]["display"]) for o in found] == [
            ("112296-9", story.OUTCOME.words)
        ]
        assert found[0]["valueCodeableConcept"]["coding"][0]["code"] == "LA34483-0"

    def test_keeps_a_note_of_progress_apart_from_a_review(self):
        found = told(observation)

        kinds = [found[str(story.made(r))]["category"][1]["coding"][0]["code"] for r in ("r1", "r4")]
        assert kinds == ["review", "note"]
        assert found[str(story.made("r4"))]["encounter"]["reference"] == f"Encounter/{story.made('visit-done')}"

    def test_what_its_rater_took_back_is_in_error_and_the_other_corrected(self):
        found = told(observation)

        assert found[str(story.made("r2"))]["status"] == "entered-in-error"
        assert found[str(story.made("r4"))]["status"] == "corrected"

    def test_of_an_outcome_that_never_left_names_no_goal(self):
        stray = replace(story.RATINGS[0], outcome_id=story.made("elsewhere"), kind=RatingKind.NOTE)

        found = told(observation, replace(RECORD, outcomes=OutcomesSection((stray,))))

        assert "focus" not in found[str(stray.id)]


class TestReading:
    def test_keeps_the_digits_that_were_typed(self):
        found = next(o for o in told(observation).values() if "valueQuantity" in o)

        assert str(found["valueQuantity"]["value"]) == "7.40"
        assert found["valueQuantity"]["code"] == "mmol/L"
        assert found["interpretation"][0]["coding"][0]["code"] == "N"
        assert found["referenceRange"][0]["low"] == {"value": Decimal("5.0"), "unit": "mmol/L"}
        assert found["basedOn"][0]["reference"] == f"ServiceRequest/{story.DELEGATION.id}"


class TestStatement:
    def statement(self, record: Record = RECORD) -> dict:
        return next(o for o in told(observation, record).values() if "component" in o)

    def test_tells_what_became_of_the_hours(self):
        found = self.statement()

        values = {c["code"]["coding"][0]["code"]: str(c["valueQuantity"]["value"]) for c in found["component"]}
        assert values == {
            "granted": "60", "planned": "1", "used": "27.5833", "carried": "0", "left": "32.6667", "unfunded": "0.25",
        }  # fmt: skip
        assert found["effectivePeriod"] == {"start": "2026-11-02", "end": "2026-11-29"}

    @pytest.mark.parametrize(
        ("state", "status"),
        [(PeriodState.CURRENT, "preliminary"), (PeriodState.ENDED, "preliminary"), (PeriodState.CLOSED, "final")],
    )
    def test_is_final_only_when_the_period_is_closed(self, state, status):
        record = replace(RECORD, hours=HoursSection((replace(story.BANK, state=state),)))

        assert self.statement(record)["status"] == status


class TestDoing:
    def test_is_a_procedure_that_its_readings_are_part_of(self):
        (done,) = told(procedure).values()
        reading = next(o for o in told(observation).values() if "valueQuantity" in o)

        assert done["status"] == "completed"
        assert done["basedOn"][0]["reference"] == f"ServiceRequest/{story.DELEGATION.id}"
        assert reading["partOf"][0]["reference"] == f"Procedure/{done['id']}"

    def test_that_was_declined_says_why(self):
        declined = replace(story.OCCASION, result=OccasionResult.DECLINED, reason="Too tired", readings=())
        record = replace(RECORD, delegation=DelegationSection((story.DELEGATION,), (declined,)))

        (found,) = told(procedure, record).values()

        assert (found["status"], found["statusReason"]["text"]) == ("not-done", "Too tired")


class TestMedicine:
    def test_is_stated_with_its_times_its_limits_and_whether_it_goes_on(self):
        found = told(medication)
        tablet, painkiller = found[str(story.TABLET.id)], found[str(story.PAINKILLER.id)]

        assert (tablet["status"], painkiller["status"]) == ("active", "stopped")
        assert tablet["dosage"][0]["timing"]["repeat"]["timeOfDay"] == ["08:00:00"]
        assert painkiller["dosage"][0]["maxDosePerPeriod"]["numerator"]["value"] == 4

    def test_is_told_each_time_with_why_not(self):
        found = told(medication)
        taken, omitted, unknown = (found[str(d.id)] for d in story.DOSES)

        assert taken["status"] == "completed"
        assert taken["performer"][0]["actor"]["reference"] == f"Patient/{RECORD.person_id}"
        assert (omitted["status"], omitted["statusReason"][0]["text"]) == ("not-done", "She was asleep")
        assert "supportingInformation" not in unknown


def test_what_is_in_the_home_is_a_request_with_its_state_and_its_effect():
    (found,) = told(device_request).values()

    assert (found["status"], "meta" in found) == ("completed", False)
    assert "14 hours less" in found["note"][-1]["text"]
