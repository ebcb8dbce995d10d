"""Pages for everyone, signed in or not: help, accessibility, privacy, and the size of the words."""

from typing import cast

from flask import Blueprint, Response, flash, g, make_response, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField

from careplan.access import guard
from careplan.web import page, reading_size
from careplan.web.forms import Form, choices

blueprint = Blueprint("public", __name__)


class ReadingForm(Form):
    """How large the words shall be, in parts of a hundred."""

    size = RadioField(
        lazy_gettext("How big should the words be?"),
        choices=choices(
            [
                (100, lazy_gettext("As they are")),
                (125, lazy_gettext("Bigger")),
                (150, lazy_gettext("Much bigger")),
            ]
        ),
        coerce=int,
    )


@blueprint.get("/help")
@guard.public
def show_help() -> str:
    """Whom to ring, and what these pages are for."""
    return page("public/help.html")


@blueprint.get("/accessibility")
@guard.public
def show_accessibility() -> str:
    """How the pages can be used, how well they work, and where to say that they do not."""
    return page("public/accessibility.html")


@blueprint.get("/privacy")
@guard.public
def show_privacy() -> str:
    """What is kept, why, who sees it and what one may ask for."""
    return page("public/privacy.html")


@blueprint.route("/settings/reading", methods=["GET", "POST"])
@guard.public
def choose_reading() -> Response | str:
    """The size of the words, kept in this browser."""
    form = ReadingForm(data={"size": g.reading_size})
    if not form.validate_on_submit():
        return page("public/reading.html", form=form) if not form.is_submitted() else _again(form)
    flash(_("Saved. The words on every page are now this size."))
    done = cast(Response, redirect("/settings/reading", 303))
    return reading_size.remember(done, size=form.size.data)


def _again(form: ReadingForm) -> Response:
    return make_response(page("public/reading.html", form=form), 422)
