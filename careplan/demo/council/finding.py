"""The ids of the demo's people, plans, visits and organisations, for scripts."""

from datetime import datetime
from uuid import UUID

from careplan.demo.council.cast import HOUSES
from careplan.demo.story.margaret import MARGARET
from careplan.demo.story.meadow import MEADOW_BANK
from careplan.demo.story.neighbours import LARCH_HILL
from careplan.demo.story.partings import GOODBYES, WILLOWS
from careplan.organisations.queries import find_by_ods_code
from careplan.people.queries import find_person_by_nhs_number
from careplan.plans.queries import find_plan_of_person
from careplan.visits.queries import list_next_visits, list_past_visits

SHORT = {"harbour_care": "provider", "meadow_support": "other_provider"}


def ids(*, now: datetime) -> dict[str, dict[str, str]]:
    """What scripts ask for: people, plans, visits and groups by id, organisations by ODS code."""
    people = _people()
    plans = {key: plan_id for key, person in people.items() if (plan_id := find_plan_of_person(person_id=person))}
    organisations = {SHORT.get(h.key, h.key): h.ods_code for h in HOUSES if h.ods_code}
    trust = find_by_ods_code(ods_code=organisations["trust"])
    return {
        "people": _text(people),
        "plans": _text(plans),
        "visits": _text(_visits(people["main"], now)) if "main" in people else {},
        "groups": {"main": str(trust.id)} if trust else {},
        "organisations": organisations,
    }


def _people() -> dict[str, UUID]:
    found = {}
    for character in (MARGARET, *LARCH_HILL, *MEADOW_BANK, *GOODBYES, *WILLOWS):
        person = find_person_by_nhs_number(nhs_number=character.nhs_number) if character.nhs_number else None
        if person is not None:
            found[character.key] = person.id
    return found


def _visits(person_id: UUID, now: datetime) -> dict[str, UUID]:
    coming = list_next_visits(person_id=person_id, now=now, limit=1)
    gone = list_past_visits(person_id=person_id, now=now, limit=1)
    return {name: found[0].id for name, found in (("next", coming), ("last", gone)) if found}


def _text(found: dict[str, UUID]) -> dict[str, str]:
    return {key: str(value) for key, value in found.items()}
