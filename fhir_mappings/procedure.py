"""One doing of a delegated activity, as Procedure: done, declined or not done, and why."""

from collections.abc import Iterator
from uuid import UUID

from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import Occasion, OccasionResult
from fhir_mappings.building import Json, concept, derived_id, identifier, moment, own_coding, reference, resource
from fhir_mappings.codes import OCCASIONS
from fhir_mappings.context import Context
from fhir_mappings.encounter import visit_reference
from fhir_mappings.service_request import delegation_reference

DELEGATED = own_coding("procedure-category", "delegated", "Delegated health activity")
UNKNOWN = "A health activity"


def resources(context: Context) -> Iterator[Json]:
    """Each occasion; one that a later record corrects stays, and says that it was in error."""
    given = {d.id: d for d in context.record.delegation.delegations}
    replaced = {o.corrects for o in context.record.delegation.occasions if o.corrects}
    for occasion in context.record.delegation.occasions:
        yield _doing(context, occasion, given.get(occasion.delegation_id), is_replaced=occasion.id in replaced)


def procedure_reference(occasion: Occasion, delegation: Delegation | None) -> Json:
    """The doing that readings are part of."""
    return reference("Procedure", procedure_id(occasion), delegation.activity if delegation else UNKNOWN)


def procedure_id(occasion: Occasion) -> UUID:
    """An id beside that of the occasion, under which nothing else is served."""
    return derived_id(occasion.id, "procedure")


def _what(delegation: Delegation | None) -> Json | None:
    if delegation is None:
        return concept(text=UNKNOWN)
    return concept(
        own_coding("delegated-activity", delegation.activity_code, delegation.activity), text=delegation.activity
    )


def _doing(context: Context, occasion: Occasion, delegation: Delegation | None, *, is_replaced: bool) -> Json:
    worker = context.practitioner(occasion.worker_id)
    visit = next((v for v in context.record.visits.visits if v.id == occasion.visit_id), None)
    done = occasion.result is OccasionResult.DONE
    return resource(
        "Procedure",
        procedure_id(occasion),
        identifier=[identifier("occasion", occasion.id)],
        basedOn=[delegation_reference(delegation)] if delegation else None,
        status="entered-in-error" if is_replaced else "completed" if done else "not-done",
        statusReason=None if done else concept(OCCASIONS[occasion.result], text=occasion.reason),
        category=concept(DELEGATED),
        code=_what(delegation),
        subject=context.patient(),
        encounter=visit_reference(visit) if visit else None,
        performedDateTime=moment(occasion.effective_at),
        performer=[{"actor": worker}] if worker else None,
    )
