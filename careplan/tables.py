"""Imports every slice's tables, so that the metadata is whole: for Alembic and for foreign keys across slices."""

from careplan.access import models as access
from careplan.assessments import models as assessments
from careplan.carers import models as carers
from careplan.community import models as community
from careplan.complaints import models as complaints
from careplan.concerns import models as concerns
from careplan.db import Base
from careplan.delegation import models as delegation
from careplan.documents import models as documents
from careplan.endings import models as endings
from careplan.equipment import models as equipment
from careplan.fhir import models as fhir
from careplan.hours import models as hours
from careplan.medicines import models as medicines
from careplan.notices import models as notices
from careplan.organisations import models as organisations
from careplan.outcomes import models as outcomes
from careplan.payments import models as payments
from careplan.people import models as people
from careplan.plans import models as plans
from careplan.reviews import models as reviews
from careplan.transfers import models as transfers
from careplan.visits import models as visits

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "access",
    "assessments",
    "carers",
    "community",
    "complaints",
    "concerns",
    "delegation",
    "documents",
    "endings",
    "equipment",
    "fhir",
    "hours",
    "medicines",
    "notices",
    "organisations",
    "outcomes",
    "payments",
    "people",
    "plans",
    "reviews",
    "transfers",
    "visits",
]
