"""What the person chose about sharing, and who may act for them, as Consent."""

from collections.abc import Iterator

from careplan.people.domain.authority import Authority
from careplan.people.domain.sharing import SharingChoice
from fhir_mappings.building import (
    LOINC,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    ended_before,
    identifier,
    known,
    moment,
    period,
    resource,
)
from fhir_mappings.codes import AUTHORITIES, ROLE_CODE, SHARING
from fhir_mappings.context import Context

PRIVACY = coding(f"{TERMINOLOGY}/consentscope", "patient-privacy", "Privacy Consent")
TREATMENT = coding(f"{TERMINOLOGY}/consentscope", "treatment", "Treatment")
DOCUMENT = coding(LOINC, "59284-0", "Consent Document")
AGENT = coding(ROLE_CODE, "POWATT", "power of attorney")
# Health and social care bodies share what serves somebody's care, unless that person objects.
DUTY_TO_SHARE = "https://www.legislation.gov.uk/ukpga/2015/28"
MENTAL_CAPACITY_ACT = "https://www.legislation.gov.uk/ukpga/2005/9"


def resources(context: Context) -> Iterator[Json]:
    """The latest choice about sharing, and each authority that was ever recorded."""
    if context.record.about.sharing is not None:
        yield _sharing(context, context.record.about.sharing)
    for authority in context.record.about.authorities:
        yield _authority(context, authority)


def _sharing(context: Context, choice: SharingChoice) -> Json:
    council = context.council()
    return resource(
        "Consent",
        choice.id,
        identifier=[identifier("sharing-choice", choice.id)],
        status="active",
        scope=concept(PRIVACY),
        category=[concept(DOCUMENT)],
        patient=context.patient(),
        dateTime=moment(choice.decided_at),
        performer=[context.patient()],
        organization=[council] if council else None,
        policy=[{"uri": DUTY_TO_SHARE}],
        provision={"type": SHARING[choice.decision]},
    )


def _authority(context: Context, authority: Authority) -> Json:
    contact = context.contact(authority.contact_id)
    council = context.council()
    seen = authority.registration_seen_on
    ends = ended_before(authority.ended_at) or authority.ends_on
    return resource(
        "Consent",
        authority.id,
        identifier=[identifier("authority", authority.id)],
        status=_status(context, authority),
        scope=concept(TREATMENT),
        category=[concept(DOCUMENT, AUTHORITIES[authority.kind])],
        patient=context.patient(),
        dateTime=authority.starts_on.isoformat(),
        performer=[context.patient()],
        organization=[council] if council else None,
        policy=[{"uri": MENTAL_CAPACITY_ACT}],
        verification=[known(verified=seen is not None, verificationDate=seen.isoformat() if seen else None)],
        provision=known(
            type="permit",
            period=period(authority.starts_on, ends),
            actor=[{"role": concept(AGENT), "reference": contact}] if contact else None,
        ),
    )


def _status(context: Context, authority: Authority) -> str:
    if authority.retraction is not None:
        return "entered-in-error"
    return "active" if authority.in_force(context.at) else "inactive"
