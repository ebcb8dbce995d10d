"""What the NHS reads of a transfer: the plan replaced, the episode with the new provider, the activity handed on."""

from careplan.kernel.clock import start_of_day
from careplan.record import service as record
from fhir_mappings.mapping import resources_of
from tests.integration.transfers.conftest import DAY
from tests.integration.transfers.test_one import agreed, hand_over


def told(move, *, at):
    found: dict[str, list[dict]] = {}
    for resource in resources_of(record.assemble(person_id=move.person_id, at=at)):
        found.setdefault(resource["resourceType"], []).append(resource)
    return found


def test_follows_on_the_day_of_the_change(move, session):
    hand_over(move, agreed(move))
    change = start_of_day(move.today + 10 * DAY)

    before, after = told(move, at=change - DAY), told(move, at=change)
    for found, firm in ((before, move.around.provider), (after, move.new)):
        (episode,) = found["EpisodeOfCare"]
        assert (episode["status"], episode["managingOrganization"]["display"]) == ("active", firm.name)
    plans = {p["identifier"][1]["value"].split("/")[1]: p for p in after["CarePlan"] if len(p["identifier"]) > 1}
    assert {number: p["status"] for number, p in plans.items()} == {"1": "revoked", "2": "active"}
    assert plans["2"]["replaces"][0]["reference"] == f"CarePlan/{plans['1']['id']}"


def test_tells_of_the_activity_by_the_delegation_that_stands(move, session):
    hand_over(move, agreed(move))
    change = start_of_day(move.today + 10 * DAY)

    after = told(move, at=change)
    orders = {
        r["performer"][0]["display"]: r
        for r in after["ServiceRequest"]
        if r["code"]["text"] == "Checking oxygen" and r.get("performer")
    }
    assert orders["Harbour Care"]["status"] == "completed"
    assert orders["Meadow Home Support"]["status"] == "active"
    plan = next(p for p in after["CarePlan"] if p["status"] == "active" and p.get("activity"))
    activities = {a["reference"]["reference"] for a in plan["activity"]}
    assert f"ServiceRequest/{orders['Meadow Home Support']['id']}" in activities
    assert f"ServiceRequest/{orders['Harbour Care']['id']}" not in activities
