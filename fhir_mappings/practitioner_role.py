"""What a worker does for which organisation, as PractitionerRole."""

from careplan.organisations.domain.organisation import Organisation
from careplan.organisations.domain.worker import Worker
from fhir_mappings.building import Json, concept, identifier, reference, resource


def practitioner_role(worker: Worker, *, organisation: Organisation | None) -> Json:
    """One role: a worker's account belongs to one organisation."""
    phones = [n for n in (worker.phone, worker.out_of_hours_phone) if n]
    return resource(
        "PractitionerRole",
        worker.account_id,
        identifier=[identifier("worker-role", worker.account_id)],
        active=True,
        practitioner=reference("Practitioner", worker.account_id, worker.name),
        organization=reference("Organization", organisation.id, organisation.name) if organisation else None,
        code=[concept(text=worker.job_title)],
        telecom=[{"system": "phone", "value": number, "use": "work"} for number in dict.fromkeys(phones)],
    )
