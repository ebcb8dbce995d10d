"""Who agreed to what, as Provenance whose signature carries the hash of the content that was signed."""

import base64
from collections.abc import Iterator

from careplan.plans.domain.agreement import Agreement, BestInterests, Capacity
from careplan.plans.domain.not_agreed import NotAgreed
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party
from fhir_mappings.building import TERMINOLOGY, Json, coding, concept, day, moment, resource
from fhir_mappings.codes import BEST_INTERESTS, CAPACITIES, CHANNELS, NOT_AGREED
from fhir_mappings.context import Context

_PARTICIPANT = f"{TERMINOLOGY}/provenance-participant-type"
ATTESTER = coding(_PARTICIPANT, "attester", "Attester")
LEGAL = coding(_PARTICIPANT, "legal", "Legal Authenticator")
SIGNED = coding(f"{TERMINOLOGY}/v3-DocumentCompletion", "LA", "legally authenticated")
SIGNATURE_TYPES = "urn:iso-astm:E1762-95:2013"
CONSENT_SIGNATURE = coding(SIGNATURE_TYPES, "1.2.840.10065.1.12.1.7", "Consent Signature")
# A SHA-256 of the content in its canonical form, as bytes.
HASH_FORMAT, CONTENT_FORMAT = "application/octet-stream", "application/json"


def resources(context: Context) -> Iterator[Json]:
    """One for each signature, and for each decision in the person's place, on a version that leaves."""
    for version in context.told:
        yield from (_agreement(context, version, a) for a in version.agreements)
        if version.best_interests is not None:
            yield _decision(context, version, version.best_interests)
        if version.not_agreed is not None:
            yield _without_yes(context, version, version.not_agreed)


def _agreement(context: Context, version: PlanVersion, agreement: Agreement) -> Json:
    who = _signer(context, agreement)
    agent = {"type": concept(ATTESTER), "role": [concept(CAPACITIES[agreement.capacity])], "who": who}
    for_whom = _on_behalf_of(context, version, agreement)
    return resource(
        "Provenance",
        agreement.id,
        target=[context.care_plan(version)],
        occurredDateTime=day(agreement.agreed_on),
        recorded=moment(agreement.at),
        activity=concept(SIGNED, CHANNELS[agreement.channel], text="Agreement to a care and support plan"),
        agent=[{**agent, **({"onBehalfOf": for_whom} if for_whom else {})}],
        signature=[_signature(agreement.content_hash, when=moment(agreement.at), who=who)],
    )


def _decision(context: Context, version: PlanVersion, decision: BestInterests) -> Json:
    """Never told as an agreement."""
    who = context.practitioner(decision.decision_maker_id) or {"display": decision.decision_maker_name}
    return resource(
        "Provenance",
        decision.id,
        target=[context.care_plan(version)],
        occurredDateTime=day(decision.decided_on),
        recorded=moment(decision.at),
        activity=concept(SIGNED, BEST_INTERESTS, text="Decided in their best interests"),
        agent=[
            {"type": concept(LEGAL), "role": [concept(BEST_INTERESTS)], "who": who, "onBehalfOf": context.patient()}
        ],
        signature=[_signature(decision.content_hash, when=moment(decision.at), who=who)],
    )


def _without_yes(context: Context, version: PlanVersion, decision: NotAgreed) -> Json:
    """The council's own decision to go on. Nobody consented, so it carries no signature and speaks for no one else."""
    who = context.practitioner(decision.decided_by) or {"display": decision.decided_by_name}
    agent = {"type": concept(LEGAL), "role": [concept(NOT_AGREED)], "who": who}
    council = context.council()
    return resource(
        "Provenance",
        decision.id,
        target=[context.care_plan(version)],
        occurredDateTime=day(decision.said.decided_on),
        recorded=moment(decision.at),
        activity=concept(NOT_AGREED, text="Not agreed by the person"),
        agent=[{**agent, **({"onBehalfOf": council} if council else {})}],
    )


def _signature(content_hash: str, *, when: str | None, who: Json) -> Json:
    return {
        "type": [CONSENT_SIGNATURE],
        "when": when,
        "who": who,
        "targetFormat": CONTENT_FORMAT,
        "sigFormat": HASH_FORMAT,
        "data": base64.b64encode(bytes.fromhex(content_hash)).decode(),
    }


def _signer(context: Context, agreement: Agreement) -> Json:
    """Whoever signed; one who is nobody of the record's is told by name alone."""
    found: Json | None = None
    if agreement.capacity is Capacity.SELF:
        found = context.patient()
    elif agreement.capacity is Capacity.REPRESENTATIVE:
        found = context.contact_of_account(agreement.signer_id)
    else:
        found = context.practitioner(agreement.signer_id)
    return found or {"display": agreement.signer_name}


def _on_behalf_of(context: Context, version: PlanVersion, agreement: Agreement) -> Json | None:
    if agreement.party is Party.COUNCIL:
        return context.council()
    if agreement.capacity is Capacity.PROVIDER and version.content.provider is not None:
        return context.organisation(version.content.provider.organisation)
    return context.patient() if agreement.capacity is Capacity.REPRESENTATIVE else None
