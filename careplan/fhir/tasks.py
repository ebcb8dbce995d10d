"""What the worker does for the shared record by itself."""

from careplan import jobs
from careplan.fhir.projection import project_marked
from careplan.kernel.clock import utc_now
from fhir_mappings.checking import check


@jobs.every_minute(name="fhir.project_marked")
def project_everyone_marked() -> None:
    """Keeps the stored record close behind, so that a reader finds little left to do; and checks each resource."""
    project_marked(now=utc_now(), check=check)
