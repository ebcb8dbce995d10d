"""Medicines as they are prescribed, as MedicationStatement, and each occasion of one, as MedicationAdministration."""

from collections.abc import Iterator

from careplan.kernel.clock import local_date
from careplan.medicines.domain.dose import Dose, DoseResult
from careplan.people.domain.known import standing
from careplan.people.domain.medicine import Medicine, MedicineDetails
from fhir_mappings.building import (
    SNOMED,
    UCUM,
    Json,
    coding,
    concept,
    identifier,
    known,
    moment,
    notes,
    period,
    reference,
    resource,
)
from fhir_mappings.codes import DOSES
from fhir_mappings.context import Context
from fhir_mappings.encounter import visit_reference

BY_THEMSELVES = frozenset({DoseResult.TAKEN, DoseResult.REMINDED})


def resources(context: Context) -> Iterator[Json]:
    """Every medicine, stopped and corrected ones too, and every occasion of one."""
    section = context.record.medicines
    counting = {m.id for m in standing(section.medicines)}
    for medicine in section.medicines:
        yield _statement(context, medicine, counts=medicine.id in counting)
    known_medicines = {m.id: m for m in section.medicines}
    replaced = {d.corrects for d in section.doses if d.corrects}
    for dose in section.doses:
        yield _administration(context, dose, known_medicines.get(dose.medicine_id), is_replaced=dose.id in replaced)


def _statement(context: Context, medicine: Medicine, *, counts: bool) -> Json:
    said, today = medicine.details, local_date(context.at)
    over = said.stops_on is not None and said.stops_on < today
    return resource(
        "MedicationStatement",
        medicine.id,
        identifier=[identifier("medicine", medicine.id)],
        status="entered-in-error" if not counts else ("stopped" if medicine.stop_reason else "completed") if over
        else "active",
        statusReason=[concept(text=medicine.stop_reason)] if medicine.stop_reason else None,
        medicationCodeableConcept=_what(said),
        subject=context.patient(),
        effectivePeriod=period(said.starts_on, said.stops_on),
        dateAsserted=moment(medicine.recorded_at),
        informationSource=context.practitioner(medicine.recorded_by),
        reasonCode=[concept(text=said.reason)] if said.reason else None,
        note=notes(
            f"Copied from {said.source}.",
            "Checked by a second person." if medicine.is_checked else "Not checked by a second person yet.",
            f"{said.support.words.capitalize()}.",
        ),
        dosage=[_dosage(said)],
    )  # fmt: skip


def _dosage(said: MedicineDetails) -> Json:
    times = [f"{t:%H:%M}:00" for t in said.clock]
    return known(
        text=", ".join(part for part in (said.dose, said.route.words, said.times) if part),
        timing={"repeat": {"timeOfDay": times}} if times else None,
        asNeededBoolean=True if said.as_needed else None,
        route=concept(text=said.route.words),
        maxDosePerPeriod={
            "numerator": {"value": said.as_needed.most_doses, "unit": "doses"},
            "denominator": {"value": 24, "unit": "h", "system": UCUM, "code": "h"},
        }
        if said.as_needed
        else None,
    )


def _administration(context: Context, dose: Dose, medicine: Medicine | None, *, is_replaced: bool) -> Json:
    by = context.patient() if dose.result in BY_THEMSELVES else context.practitioner(dose.worker_id)
    visit = next((v for v in context.record.visits.visits if v.id == dose.visit_id), None)
    statement = reference("MedicationStatement", medicine.id, medicine.details.name) if medicine is not None else None
    return resource(
        "MedicationAdministration",
        dose.id,
        identifier=[identifier("dose", dose.id)],
        status="entered-in-error" if is_replaced else "completed" if dose.result.counts else "not-done",
        statusReason=None if dose.result.counts else [concept(DOSES[dose.result], text=dose.reason)],
        medicationCodeableConcept=_what(medicine.details) if medicine else concept(text="A medicine not on the record"),
        subject=context.patient(),
        context=visit_reference(visit) if visit else None,
        supportingInformation=[statement] if statement else None,
        effectiveDateTime=moment(dose.effective_at),
        performer=[{"actor": by}] if by else None,
        note=notes(
            f"{dose.result.words.capitalize()}.", dose.amount, dose.note, f"Rung: {dose.rang}" if dose.rang else None
        ),
    )


def _what(said: MedicineDetails) -> Json | None:
    """The name as copied; the dictionary of medicines and devices is part of SNOMED CT."""
    text = " ".join(part for part in (said.name, said.strength, said.form) if part)
    return concept(*([coding(SNOMED, said.code, said.name)] if said.code else []), text=text)
