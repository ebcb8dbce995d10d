"""Jinja's set-up: what every template can say, and that everything in it is escaped."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from flask import Flask, g, render_template
from flask_babel import Babel
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader
from jinja2 import UndefinedError as MissingVariable

from careplan.config import Settings
from careplan.kernel import words
from careplan.web import pictures, plots
from careplan.web.assets import asset_address
from careplan.web.changes import changes_picture
from careplan.web.compiled import compiled_in
from careplan.web.differences import differences_picture
from careplan.web.early import EARLY_SCRIPT
from careplan.web.fields import component_of, component_params
from careplan.web.forms import summary_items
from careplan.web.navigation import navigation

DESIGN_SYSTEM = "nhsuk_frontend_jinja"
OURS = "careplan_templates"
FILTERS = {
    "minutes": words.duration,
    "short_minutes": words.short_duration,
    "day": words.day,
    "short_day": words.short_day,
    "time": words.clock_time,
    "pence": words.money,
    "nhs": words.spaced_nhs_number,
    "listed": words.listed,
}


def page(template: str, **context: Any) -> str:
    """The page of this template, with the words and pictures that it is given."""
    return render_template(template, **context)


def register(app: Flask) -> None:
    """Sets Jinja up; call it before anything renders."""
    settings: Settings = app.extensions["careplan_settings"]
    options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}  # escaped, whatever a name ends in
    app.jinja_options = {
        **options,
        "undefined": StrictForOurs if app.testing else ChainableUndefined,
        "bytecode_cache": compiled_in(settings.var / "templates", options=options, rests_on=(words, pictures)),
    }
    assert app.jinja_loader is not None  # noqa: S101  it narrows the type: the application has a template folder
    app.jinja_loader = ChoiceLoader([app.jinja_loader, PackageLoader(DESIGN_SYSTEM)])
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=asset_address,
        early_script=EARLY_SCRIPT,
        summary_items=summary_items,
        component_of=component_of,
        component_params=component_params,
        bank_picture=pictures.bank_picture,
        bank_rows=pictures.bank_rows,
        changes_picture=changes_picture,
        differences_picture=differences_picture,
        rungs_picture=pictures.rungs_picture,
        plot_picture=plots.plot_picture,
        columns_picture=plots.columns_picture,
        level_words=pictures.LEVEL_WORDS,
        council_name=settings.council_name,
        service_name=settings.service_name,
        help_line=settings.help_line,
    )
    Babel(app, default_locale="en_GB", default_timezone="Europe/London")

    @app.context_processor
    def shell() -> dict[str, Any]:
        actor = g.get("actor")
        return {"actor": actor, "navigation": navigation(app, actor), "reading_size": g.get("reading_size", 100)}


def warm(app: Flask) -> int:
    """Compiles every template, so that the first visitor does not wait for it; says how many there are."""
    names = app.jinja_env.list_templates(filter_func=lambda name: name.endswith((".html", ".jinja", ".svg")))
    for name in names:
        app.jinja_env.get_template(name)
    return len(names)


class StrictForOurs(ChainableUndefined):
    """In tests: a variable that one of our templates uses and nobody gave is an error.

    The design system's templates ask freely for what they were not given, so there it stays empty.
    """

    def _judge(self) -> None:
        if not _used_by_design_system(sys._getframe(2)):
            self._fail_with_undefined_error()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise MissingVariable(self._undefined_message)

    def __str__(self) -> str:
        self._judge()
        return ""

    def __html__(self) -> str:
        self._judge()
        return ""

    def __bool__(self) -> bool:
        self._judge()
        return False

    def __len__(self) -> int:
        self._judge()
        return 0

    def __iter__(self) -> Any:
        self._judge()
        return iter(())

    def __eq__(self, other: object) -> bool:
        self._judge()
        return type(self) is type(other)

    def __hash__(self) -> int:
        return id(type(self))


def _used_by_design_system(frame: FrameType | None) -> bool:
    """Whether the nearest template on the stack is the design system's."""
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.suffix in (".html", ".jinja", ".svg") or file.name == "<template>":
            return DESIGN_SYSTEM in file.parts
        frame = frame.f_back
    return False
