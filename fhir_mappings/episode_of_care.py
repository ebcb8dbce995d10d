"""The package of care as EpisodeOfCare: from the first day of the service until it ends."""

from collections.abc import Iterator

from careplan.kernel.clock import local_date
from careplan.plans.domain.plan import SupportPlan
from fhir_mappings.building import Json, concept, derived_id, identifier, known, local_day, own_coding, resource
from fhir_mappings.context import Context
from fhir_mappings.service_request import grant_reference

CARE_AT_HOME = own_coding("package-type", "care_at_home", "Care at home")


def resources(context: Context) -> Iterator[Json]:
    """One for the plan, once a version came into force."""
    plan, version = context.plan, context.current
    if plan is None or version is None:
        return
    provider = version.content.provider
    yield resource(
        "EpisodeOfCare",
        derived_id(plan.id, "package"),
        identifier=[identifier("package", plan.id)],
        status=_status(plan, context),
        type=[concept(CARE_AT_HOME)],
        patient=context.patient(),
        managingOrganization=context.organisation(provider.organisation) if provider else None,
        period=known(
            start=plan.service_starts_on.isoformat() if plan.service_starts_on else None,
            end=local_day(plan.ended_at) if plan.ended_at else None,
        ),
        referralRequest=[grant_reference(version, g) for g in version.content.hours.grants],
        careManager=context.social_worker(),
        team=[t for t in (context.care_team(),) if t],
    )


def _status(plan: SupportPlan, context: Context) -> str:
    if plan.ended_at is not None and plan.ended_at <= context.at:
        return "finished"
    begun = plan.service_starts_on is not None and plan.service_starts_on <= local_date(context.at)
    return "active" if begun else "planned"
