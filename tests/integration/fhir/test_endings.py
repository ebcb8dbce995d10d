"""The shared record says that care has ended, and takes it back where that was a mistake."""

import pytest
import time_machine

from careplan.db.scope import see_everything
from careplan.endings import service
from careplan.endings.domain.ending import Ending, EndingKind, NewEnding
from careplan.kernel.clock import end_of_day, local_date, utc_now
from tests.factories.fhir import system_for
from tests.integration.fhir.conftest import keep


def end(shared, session, kind: EndingKind, **said) -> Ending:
    see_everything(session, as_="test")
    now = utc_now()
    usual = {"kind": kind, "ends_at": now, "told_by": "Her daughter", "moved_to": "The Limes"}
    found = service.record_ending(
        person_id=shared.person_id, said=NewEnding(**{**usual, **said}), actor=shared.around.social_worker, now=now
    )
    keep(session)
    return found


def told(system, shared) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for entry in system.get(f"Patient/{shared.person_id}/$everything?_count=500").json["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


@pytest.mark.parametrize("kind", [EndingKind.DIED, EndingKind.CARE_HOME])
def test_the_episode_is_finished_and_the_plan_completed(system, shared, session, kind):
    end(shared, session, kind)

    found = told(system, shared)
    today = local_date(utc_now()).isoformat()
    (episode,) = found["EpisodeOfCare"]
    assert (episode["status"], episode["period"]["end"]) == ("finished", today)
    assert {p["status"] for p in found["CarePlan"]} == {"completed"}
    assert {g["lifecycleStatus"] for g in found["Goal"]} == {"completed"}
    assert {s["status"] for s in found["ServiceRequest"]} == {"completed"}
    assert "deceasedDateTime" not in found["Patient"][0] or kind is EndingKind.DIED
    assert found["Patient"][0].get("deceasedDateTime") == (today if kind is EndingKind.DIED else None)
    assert [t for t in found.get("Task", []) if t["status"] == "requested"] == []


def test_it_is_as_before_once_the_ending_is_taken_back(system, shared, session):
    ending = end(shared, session, EndingKind.DIED)
    told(system, shared)
    see_everything(session, as_="test")
    service.retract_ending(
        person_id=shared.person_id, ending_id=ending.id, reason="Another Margaret.",
        actor=shared.around.social_worker, now=utc_now(),
    )  # fmt: skip
    keep(session)

    found = told(system, shared)
    assert [e["status"] for e in found["EpisodeOfCare"]] == ["active"]
    assert "active" in {p["status"] for p in found["CarePlan"]}
    assert "deceasedDateTime" not in found["Patient"][0]


def test_a_trust_reads_nothing_from_the_next_day_on(system, shared, session):
    ending = end(shared, session, EndingKind.MOVED_AWAY)
    assert system.get(f"Patient/{shared.person_id}").status_code == 200

    with time_machine.travel(end_of_day(local_date(ending.recorded_at)), tick=False):
        later = system_for(system.browser)
        assert later.get(f"Patient/{shared.person_id}").status_code == 404
