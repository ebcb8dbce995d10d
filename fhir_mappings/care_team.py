"""The partnership around a person as CareTeam."""

from collections.abc import Iterator

from careplan.people.domain.partnership import Member
from fhir_mappings.building import LOINC, Json, coding, concept, derived_id, ended_before, identifier, period, resource
from fhir_mappings.codes import MEMBERS
from fhir_mappings.context import Context, team_name

LONGITUDINAL = coding(LOINC, "LA28865-6", "Longitudinal care-coordination focused care team")


def resources(context: Context) -> Iterator[Json]:
    """One team of all who belong or belonged, each with their dates."""
    members = [p for p in map(lambda m: _participant(context, m), context.record.about.partnership) if p]
    if not members:
        return
    yield resource(
        "CareTeam",
        derived_id(context.person_id, "care-team"),
        identifier=[identifier("partnership", context.person_id)],
        status="active",
        category=[concept(LONGITUDINAL)],
        name=team_name(context),
        subject=context.patient(),
        period=period(min(m.since for m in context.record.about.partnership), None),
        participant=members,
        managingOrganization=[o for o in (context.council(),) if o],
    )


def _participant(context: Context, member: Member) -> Json | None:
    who = (
        context.practitioner(member.account_id)
        or context.organisation(member.organisation_id)
        or context.contact(member.contact_id)
    )
    if who is None:
        return None
    told = {"role": [concept(MEMBERS[member.kind])], "member": who}
    return told | {"period": period(member.since, ended_before(member.until))}
