"""Family, friends, neighbours and those who act for the person, as RelatedPerson."""

from collections.abc import Iterator

from careplan.kernel.clock import local_date
from careplan.people.domain.contact import Contact
from fhir_mappings.building import Json, concept, identifier, period, resource
from fhir_mappings.codes import CARER, EMERGENCY_CONTACT, NEXT_OF_KIN, RELATIONS
from fhir_mappings.context import Context


def resources(context: Context) -> Iterator[Json]:
    """One for each contact; who is no longer one, or was entered in error, is not active."""
    today = local_date(context.at)
    for contact in context.record.about.contacts:
        yield resource(
            "RelatedPerson",
            contact.id,
            identifier=[identifier("contact", contact.id)],
            active=contact.holds_on(today),
            patient=context.patient(),
            relationship=[concept(c) for c in _relationships(contact, cares=contact.cares_on(today))],
            name=[{"use": "usual", "text": contact.name}],
            telecom=[{"system": "phone", "value": contact.phone}] if contact.phone else None,
            period=period(contact.starts_on, contact.ends_on),
        )


def _relationships(contact: Contact, *, cares: bool) -> Iterator[Json]:
    yield RELATIONS[contact.relation]
    if contact.is_next_of_kin:
        yield NEXT_OF_KIN
    if contact.is_emergency:
        yield EMERGENCY_CONTACT
    if cares:
        yield CARER
