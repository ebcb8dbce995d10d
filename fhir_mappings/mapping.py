"""A whole record as resources, and the directory that its resources refer to."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from careplan.organisations.domain.organisation import Organisation
from careplan.organisations.domain.worker import Worker
from careplan.record.domain.record import DirectorySection, Record
from fhir_mappings import (
    allergy_intolerance,
    care_plan,
    care_team,
    condition,
    consent,
    device_request,
    encounter,
    episode_of_care,
    goal,
    medication,
    observation,
    patient,
    procedure,
    provenance,
    related_person,
    service_request,
    task,
)
from fhir_mappings.building import Json
from fhir_mappings.context import Context
from fhir_mappings.organization import organization
from fhir_mappings.practitioner import Qualification, practitioner
from fhir_mappings.practitioner_role import practitioner_role

KINDS = (
    patient, related_person, allergy_intolerance, care_team, condition, goal, care_plan, service_request, task,
    episode_of_care, encounter, procedure, observation, medication, device_request, provenance, consent,
)  # fmt: skip


def resources_of(record: Record) -> list[Json]:
    """Everything of a person's record that leaves."""
    context = Context(record)
    return [found for kind in KINDS for found in kind.resources(context)]


def shared_by(directory: DirectorySection) -> Iterator[tuple[str, str]]:
    """Type and id of the resources of nobody's in particular that a record's resources may refer to."""
    for organisation_id in directory.organisations:
        yield "Organization", str(organisation_id)
    for account_id in directory.workers:
        yield "Practitioner", str(account_id)
        yield "PractitionerRole", str(account_id)


def organisation_resources(organisations: Mapping[UUID, Organisation], ids: Sequence[UUID]) -> list[Json]:
    """Those organisations among `organisations` whose ids are named."""
    return [
        organization(o, whole=organisations.get(o.part_of_id) if o.part_of_id else None)
        for i in ids
        if (o := organisations.get(i)) is not None
    ]


def worker_resources(
    worker: Worker, *, organisation: Organisation | None, competences: Sequence[Qualification] = ()
) -> list[Json]:
    """A worker and what they do."""
    return [practitioner(worker, competences=competences), practitioner_role(worker, organisation=organisation)]
