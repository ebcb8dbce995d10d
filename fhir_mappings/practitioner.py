"""Workers, nurses and occupational therapists as Practitioner."""

from collections.abc import Sequence
from datetime import date

from careplan.organisations.domain.worker import Worker
from fhir_mappings.building import Json, concept, identifier, period, resource
from fhir_mappings.codes import REGISTERS, REGULATORS

# An activity that somebody was found competent for, from which day until which.
Qualification = tuple[str, date, date]


def practitioner(worker: Worker, *, competences: Sequence[Qualification] = ()) -> Json:
    """A worker by their registration, with what they were found competent for: never for whom."""
    return resource(
        "Practitioner",
        worker.account_id,
        identifier=[*_registration(worker), identifier("worker", worker.account_id)],
        active=True,
        name=[{"use": "official", "text": worker.name, "family": worker.family_name, "given": [worker.given_name]}],
        qualification=[
            {"code": concept(text=activity), "period": period(starts_on, ends_on)}
            for activity, starts_on, ends_on in competences
        ],
    )


def _registration(worker: Worker) -> list[Json]:
    if worker.regulator is None or not worker.registration_number:
        return []
    issuer = {"display": REGULATORS[worker.regulator]}
    return [{"system": REGISTERS[worker.regulator], "value": worker.registration_number, "assigner": issuer}]
