"""What is done day by day, said in one line each: to staff by name, to the person as 'you'."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from careplan.access.domain.policy import Section
from careplan.community.domain.referral import Event
from careplan.equipment.domain.item import ItemEvent
from careplan.equipment.domain.referral import ReferralEvent
from careplan.record.domain.moment import Known, Moment
from careplan.record.domain.telling import TOLD, lines, readable
from careplan.record.domain.telling_care import BY_SLICE
from tests.unit.record import test_telling

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAM, MARGARET, OUTCOME, FUROSEMIDE = uuid4(), uuid4(), uuid4(), uuid4()
DAY, GARDEN = "2026-11-20", "“I walk to the garden.”"
CHOIR, ITEM, PEAK = {"asked": "Larch Hill choir", "why": None}, {"name": "Bath lift"}, {"activity": "Peak flow"}
STEP = {"on": DAY, "why": None}
WRITTEN = "Sam Okafor wrote down for 20 November 2026 that"
UNABLE = "“Peak flow” was done without authority"


def line_of(what, facts, *, reader=SAM, by=SAM):
    known = Known(
        reader_id=uuid4() if reader == SAM else reader, is_own=reader == MARGARET, person="Margaret",
        names={SAM: "Sam Okafor", MARGARET: "Margaret Ellis"}, outcomes={OUTCOME: "I walk to the garden."},
        medicines={FUROSEMIDE: "Furosemide"},
    )  # fmt: skip
    (line,) = lines([Moment(what, AT, "k", by, facts)], known)
    return f"{line.who} {line.words}".strip(), line.note


def verdict(result="achieved", voice="professional", *, agreed=False, written_down=False):
    return {
        "outcome": str(OUTCOME), "voice": voice, "result": result, "words": "", "agreed": agreed,
        "written_down": written_down,
    }  # fmt: skip


def barrier(kind=None, words="", outcome=OUTCOME):
    return {"outcome": str(outcome), "kind": kind, "words": words}


CASES = [
    ("medicine_alert", {"words": "Furosemide was due at 08:00."}, "The care provider was told of a medicine",
     "Furosemide was due at 08:00."),
    ("medicine_alert_answered", {"words": "Rang 111."}, "Sam Okafor said what was done about a medicine", "Rang 111."),
    ("delegation_reviewed", {**PEAK, "decision": "continue", "why": "Steady."},
     "Sam Okafor looked at “Peak flow” again: it goes on as it is", "Steady."),
    ("delegation_reviewed", {**PEAK, "decision": "change", "why": "New meter."},
     "Sam Okafor looked at “Peak flow” again: it goes on, and how it is done is to change", "New meter."),
    ("delegation_reviewed", {**PEAK, "decision": "stop", "why": "Well."},
     "Sam Okafor looked at “Peak flow” again: it stops", "Well."),
    ("reading_escalated", {**PEAK, "words": "180 l/min"}, "A reading of “Peak flow” was not as it should be",
     "180 l/min"),
    ("reading_answered", {**PEAK, "words": "Rang the nurse."},
     "Sam Okafor said what was done about a reading of “Peak flow”", "Rang the nurse."),
    ("incident_raised", PEAK, UNABLE, None),
    ("incident_raised", {"activity": None},
     "A health activity was done without authority", None),
    ("incident_moved", {**PEAK, "event": "provider_closes"}, f"Sam Okafor closed the matter for the provider: {UNABLE}",
     None),
    ("incident_moved", {**PEAK, "event": "delegator_closes"},
     f"Sam Okafor closed the matter for whoever handed the activity over: {UNABLE}", None),
    ("incident_moved", {**PEAK, "event": "reopened"}, f"Sam Okafor opened the matter again: {UNABLE}", None),
    ("therapist_asked", {"why": "Steps."}, "Sam Okafor asked an occupational therapist to help Margaret", "Steps."),
    ("therapist_moved", {"event": "accepted", "why": "", "visit_on": None},
     "Sam Okafor agreed to help Margaret as occupational therapist", None),
    ("therapist_moved", {"event": "visit_planned", "why": "Tuesday", "visit_on": DAY},
     "Sam Okafor planned to come as occupational therapist on 20 November 2026", "Tuesday"),
    ("equipment_ordered", {**ITEM, "why": "To bathe."}, "Sam Okafor ordered “Bath lift”", "To bathe."),
    ("equipment_moved", {**ITEM, **STEP, "event": "delivered"}, f"{WRITTEN} “Bath lift” was delivered", None),
    ("equipment_moved", {**ITEM, **STEP, "event": "not_used", "why": "Too high."},
     f"{WRITTEN} “Bath lift” is not used", "Too high."),
    ("community_asked", {**CHOIR, "why": "I sing again."}, "Sam Okafor asked Larch Hill choir to help",
     "I sing again."),
    ("community_moved", {**CHOIR, **STEP, "event": "waiting"},
     f"{WRITTEN} Larch Hill choir put Margaret on a waiting list", None),
    ("community_moved", {**CHOIR, **STEP, "event": "withdrawn", "why": "Too far."},
     f"{WRITTEN} Margaret does not want it any more: help from Larch Hill choir", "Too far."),
    ("barrier_said", barrier("pain", "My knee."), f"Sam Okafor said what gets in the way of {GARDEN}",
     "Pain: My knee."),
    ("barrier_said", barrier(words="The step.", outcome=uuid4()),
     "Sam Okafor said what gets in the way of an outcome", "The step."),
    ("barrier_gone", barrier("pain"), f"Sam Okafor said that something no longer gets in the way of {GARDEN}", "Pain"),
    ("verdict_given", verdict("not_yet"), f"Sam Okafor said that {GARDEN} is not reached yet", None),
    ("verdict_given", verdict(agreed=True), f"Sam Okafor said that {GARDEN} is reached. This is agreed", None),
    ("verdict_given", verdict("maintained", "representative"),
     f"Sam Okafor said for Margaret that {GARDEN} is kept up", None),
    ("verdict_given", verdict("achieved", "person", written_down=True),
     f"Sam Okafor wrote down that Margaret said that {GARDEN} is reached", None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "facts", "words", "note"), CASES)
def test_says_what_happened(what, facts, words, note):
    assert line_of(what, facts) == (words, note)


def test_makes_one_line_of_a_day_of_medicines_and_names_what_was_not_taken():
    def dose(hour, result, reason=None, medicine=FUROSEMIDE):
        return {
            "medicine": str(medicine), "at": f"2026-11-21T{hour}:00:00+00:00", "result": result, "reason": reason,
        }  # fmt: skip

    well = {"doses": [dose("08", "given"), dose("12", "given"), dose("18", "taken")]}
    ill = {"doses": [dose("08", "given"), dose("12", "declined"), dose("18", "omitted", "Asleep", uuid4())]}

    assert line_of("doses", well) == ("Medicines: 2 given, 1 taken by themselves", None)
    assert line_of("doses", ill) == (
        "Medicines: 1 given, 1 declined, 1 left out",
        "12:00 Furosemide, declined; 18:00 a medicine that is not on the record, left out: Asleep",
    )


@pytest.mark.parametrize(
    ("what", "facts", "words"),
    [
        ("therapist_asked", {"why": "Steps."}, "Sam Okafor asked an occupational therapist to help you"),
        ("community_moved", {**CHOIR, **STEP, "event": "attended"}, f"{WRITTEN} you went to Larch Hill choir"),
        ("community_moved", {**CHOIR, **STEP, "event": "withdrawn"},
         f"{WRITTEN} you do not want it any more: help from Larch Hill choir"),
        ("verdict_given", verdict("achieved", "person", written_down=True),
         f"Sam Okafor wrote down that you said that {GARDEN} is reached"),
    ],
)  # fmt: skip
def test_says_you_to_the_person(what, facts, words):
    assert line_of(what, facts, reader=MARGARET)[0] == words
    own = line_of("verdict_given", verdict(voice="person", agreed=True), reader=MARGARET, by=MARGARET)[0]
    assert own == f"You said that {GARDEN} is reached. This is agreed"


def test_has_words_for_every_event_there_is():
    for event in ReferralEvent:
        line_of("therapist_moved", {"event": event.value, "why": "", "visit_on": None})
    for step in ItemEvent:
        line_of("equipment_moved", {**ITEM, **STEP, "event": step.value})
    for moved in Event:
        line_of("community_moved", {**CHOIR, **STEP, "event": moved.value})


def test_every_kind_of_line_has_its_example():
    (examples,) = test_telling.test_says_what_happened.pytestmark
    shown = {case[0] for case in (*examples.args[1], *CASES)} | {"visits", "doses"}

    assert shown == set(TOLD)


@pytest.mark.parametrize(("_about", "sections", "_words", "names"), BY_SLICE)
def test_is_hidden_from_whoever_may_not_see_its_section(_about, sections, _words, names):
    told = set(names.split())

    assert told <= readable(sections)
    assert not told & readable(frozenset(Section) - sections)
