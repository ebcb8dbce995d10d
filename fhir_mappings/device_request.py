"""Aids, changes to the home and technology that were prescribed, as DeviceRequest; UK Core has no profile for it."""

from collections.abc import Iterator

from careplan.equipment.domain.item import Item, effect_words
from fhir_mappings.building import Json, concept, identifier, moment, notes, own_coding, resource
from fhir_mappings.codes import ITEM_KINDS, ITEM_STATUSES
from fhir_mappings.context import Context


def resources(context: Context) -> Iterator[Json]:
    """Each thing, with what happened to it."""
    for item in context.record.equipment.items:
        yield _request(context, item)


def _request(context: Context, item: Item) -> Json:
    said = item.said
    history = [f"{s.event.words}, {s.on.isoformat()}{': ' + s.words if s.words else ''}." for s in item.steps]
    state = own_coding("equipment-state", item.state.name.lower(), item.state.value.capitalize())
    return resource(
        "DeviceRequest",
        item.id,
        profiled=False,
        identifier=[identifier("equipment", item.id)],
        status=ITEM_STATUSES[item.state],
        intent="order",
        codeCodeableConcept=concept(ITEM_KINDS[said.kind], text=said.name),
        parameter=[{"code": concept(text="State"), "valueCodeableConcept": concept(state)}],
        subject=context.patient(),
        authoredOn=moment(item.ordered_at),
        requester=context.role(item.ordered_by),
        reasonCode=[concept(text=said.why)],
        note=notes(*history, effect_words(said)),
    )
