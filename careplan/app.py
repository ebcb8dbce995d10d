"""The application: the only place that knows all routes."""

import gc

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import careplan.tables
from careplan.access import guard, limiting, probes, public_pages, signin
from careplan.access import routes as access
from careplan.access import tasks as access_tasks
from careplan.access.sessions import DatabaseSessions
from careplan.assessments import routes as assessments
from careplan.carers import routes as carers
from careplan.community import routes as community
from careplan.complaints import routes as complaints
from careplan.concerns import routes as concerns
from careplan.concerns import tasks as concerns_tasks
from careplan.config import Settings
from careplan.db import db
from careplan.delegation import api as delegation_api
from careplan.delegation import routes as delegation
from careplan.delegation import tasks as delegation_tasks
from careplan.documents import routes as documents
from careplan.endings import routes as endings
from careplan.equipment import routes as equipment
from careplan.fhir import api as fhir
from careplan.fhir import tasks as fhir_tasks
from careplan.hours import api as hours_api
from careplan.hours import routes as hours
from careplan.hours import tasks as hours_tasks
from careplan.medicines import routes as medicines
from careplan.medicines import tasks as medicines_tasks
from careplan.notices import routes as notices
from careplan.notices import tasks as notices_tasks
from careplan.organisations import api as organisations_api
from careplan.organisations import routes as organisations
from careplan.outcomes import api as outcomes_api
from careplan.outcomes import routes as outcomes
from careplan.payments import api as payments_api
from careplan.payments import routes as payments
from careplan.payments import tasks as payments_tasks
from careplan.people import api as people_api
from careplan.people import routes as people
from careplan.plans import api as plans_api
from careplan.plans import routes as plans
from careplan.plans import tasks as plans_tasks
from careplan.progress import routes as progress
from careplan.record import api as record_api
from careplan.record import routes as record
from careplan.reviews import api as reviews_api
from careplan.reviews import routes as reviews
from careplan.transfers import routes as transfers
from careplan.transfers import tasks as transfers_tasks
from careplan.visits import api as visits_api
from careplan.visits import routes as visits
from careplan.visits import tasks as visits_tasks
from careplan.web import assets, csrf, errors, headers, logs, reading_size, templating

BLUEPRINTS: tuple[Blueprint, ...] = (
    probes.blueprint,
    access.blueprint,
    public_pages.blueprint,
    organisations.blueprint,
    organisations_api.blueprint,
    notices.blueprint,
    people.blueprint,
    people_api.blueprint,
    hours.blueprint,
    hours_api.blueprint,
    outcomes.blueprint,
    outcomes_api.blueprint,
    delegation.blueprint,
    delegation_api.blueprint,
    medicines.blueprint,
    equipment.blueprint,
    concerns.blueprint,
    assessments.blueprint,
    plans.blueprint,
    plans_api.blueprint,
    documents.blueprint,
    reviews.blueprint,
    reviews_api.blueprint,
    progress.blueprint,
    carers.blueprint,
    visits.blueprint,
    visits_api.blueprint,
    payments.blueprint,
    payments_api.blueprint,
    endings.blueprint,
    complaints.blueprint,
    transfers.blueprint,
    community.blueprint,
    record.blueprint,
    record_api.blueprint,
    fhir.blueprint,
)
# Importing them is what declares their jobs.
TASKS = (
    access_tasks,
    concerns_tasks,
    delegation_tasks,
    fhir_tasks,
    hours_tasks,
    medicines_tasks,
    notices_tasks,
    payments_tasks,
    plans_tasks,
    transfers_tasks,
    visits_tasks,
)
UNGUARDED = frozenset({"static"})


def create_app(settings: Settings) -> Flask:
    """The application for these settings.  Raises UnguardedRoute when a route does not say who may use it."""
    app = Flask("careplan", root_path=None, template_folder="../templates", static_folder="../static")
    app.config.update(
        SECRET_KEY=settings.secret,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # What people typed stands in a statement's parameters, and errors end in logs.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        TESTING=settings.environment == "test",
    )
    app.extensions["careplan_settings"] = settings
    # Whoever asks stands behind so many proxies of ours; what anyone else says of their address is not believed.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.session_interface = DatabaseSessions(settings)
    db.init_app(app)
    for part in (logs, templating, headers, errors, assets, csrf, reading_size):
        part.register(app)
    limiting.register(app)
    signin.register(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    guard.refuse_unguarded_routes(app, exempt=UNGUARDED)
    if not app.testing:
        templating.warm(app)
        gc.freeze()  # what stands now stays: nobody need look through it again
    return app


__all__ = ["careplan", "create_app"]
