"""No text becomes markup: every component of the design system and every macro of ours, a script in every text."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError, nodes

from careplan.kernel.clock import utc_now
from careplan.web.paper import Facts, Heading, Paper, Saying, Table
from careplan.web.plots import Plot, Point
from tests.fixtures.web import samples

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
PAIRS = ((SCRIPT, SCRIPT),)
TEMPLATES = Path(__file__).parents[3] / "templates"
NAME = re.compile(r"nhsuk/components/([\w/-]+)/macro\.jinja")
# Given as text. What a component takes as markup (html, beforeInput) is left alone: data never goes there.
TEXTS = """
text label hint errorMessage heading title titleText value name id idPrefix href src alt caption description summary
summaryText labelText key classes prefix suffix legend code visuallyHiddenText placeholder autocomplete inputmode
pattern method action target rel colour status size headingClasses descriptionText imageUrl lang for
describedBy accept textareaDescriptionText ariaLabel labelledBy landmarkLabel namePrefix
"""
AS_TEXT: dict[str, Any] = dict.fromkeys(TEXTS.split(), SCRIPT)
ITEM: dict[str, Any] = {
    **AS_TEXT,
    "divider": None,
    "label": {"text": SCRIPT},
    "key": {"text": SCRIPT},
    "value": SCRIPT,
    "title": {"text": SCRIPT},
    "status": {"text": SCRIPT},
}
PARAMS: dict[str, Any] = {
    **AS_TEXT,
    "items": [ITEM, {"divider": SCRIPT}, SCRIPT],
    "rows": [ITEM],
    "errorList": [ITEM],
    "fieldset": {"legend": {"text": SCRIPT}},
    "attributes": {"data-x": SCRIPT},
    "values": {"day": SCRIPT},
    "previous": ITEM,
    "next": ITEM,
    "service": AS_TEXT,
    "navigation": {"items": [ITEM]},
    "meta": {"items": [ITEM], "text": SCRIPT},
    "copyright": {"text": SCRIPT},
    "account": {"items": [ITEM]},
    "tag": AS_TEXT,
    "head": [{"text": SCRIPT}],
}
SHAPES: dict[str, dict[str, Any]] = {
    "tables": {"rows": [[{"text": SCRIPT}]], "head": [{"text": SCRIPT}], "caption": {"text": SCRIPT}},
    "summary-list": {"rows": [{"key": {"text": SCRIPT}, "value": {"text": SCRIPT}, "actions": {"items": [ITEM]}}],
                     "card": {"heading": SCRIPT}},
    "tabs": {"items": [{"label": SCRIPT, "id": SCRIPT, "panel": {"text": SCRIPT}}]},
    "textarea": {"rows": 5},
    "character-count": {"rows": 5, "maxlength": 10},
    "contents-list": {"items": [ITEM]},
    "breadcrumb": {"items": [ITEM], "text": SCRIPT},
    "pagination": {"items": [ITEM | {"number": SCRIPT}], "previousUrl": SCRIPT, "previousPage": SCRIPT},
    "select": {"items": [ITEM]},
    "radios": {"items": [ITEM, {"divider": SCRIPT}]},
    "checkboxes": {"items": [ITEM, {"divider": SCRIPT}]},
    "do-dont-list": {"items": [{"item": SCRIPT}], "type": "do"},
    "do-dont-list/item": {},
    "task-list": {"items": [ITEM]},
    "footer": {"navigation": [{"items": [ITEM]}], "meta": {"items": [ITEM]}},
    "date-input": {"items": [ITEM]},
    "panel": {"titleText": SCRIPT},
}  # fmt: skip


def components(app: Flask) -> list[str]:
    return sorted(m[1] for name in app.jinja_env.list_templates() if (m := NAME.fullmatch(name)))


def macro_names(app: Flask, template: str) -> list[tuple[str, list[str], bool]]:
    """(name, arguments, whether it has a body) of the macros in a template that others may use."""
    loader = app.jinja_env.loader
    assert loader is not None
    tree = app.jinja_env.parse(loader.get_source(app.jinja_env, template)[0])
    return [
        (m.name, [a.name for a in m.args], any(n.name == "caller" for n in m.find_all(nodes.Name)))
        for m in tree.find_all(nodes.Macro)
        if not m.name.startswith("_")
    ]


def assert_nothing_raw(text: str) -> None:
    assert "<script>alert" not in text
    assert "<img src=x" not in text


class TestTheDesignSystem:
    def test_has_all_its_components_tried(self, app: Flask) -> None:
        assert len(components(app)) >= 40

    def test_never_turns_text_into_markup(self, app: Flask) -> None:
        for component in components(app):
            ((macro, *_), *_others) = macro_names(app, f"nhsuk/components/{component}/macro.jinja")
            source = f'{{% from "nhsuk/components/{component}/macro.jinja" import {macro} %}}{{{{ {macro}(params) }}}}'
            with app.test_request_context():
                drawn = render_template_string(source, params=PARAMS | SHAPES.get(component, {}))
            assert "script&gt;" in drawn, f"{component} showed none of the texts: the test misses it"
            assert_nothing_raw(drawn)


LINKS = [{"address": f"/{name}", "label": SCRIPT, "current": name == "b"} for name in ("news", *"abcdefgh")]


class TestOurComponents:
    VALUES: dict[str, Any] = {  # noqa: RUF012  a constant of the test
        "weeks": samples.WEEKS,
        "ratings": [samples.Rating(r.on, r.level, r.side, SCRIPT) for r in samples.OUTCOMES[0].ratings],
        "items": [SCRIPT],
        "changes": [(SCRIPT, Decimal(30), Decimal(45))],
        "plot": Plot(SCRIPT, SCRIPT, None, Decimal(7), (Point(utc_now(), Decimal(9), False),)),
        "link": LINKS[0],
        "links": LINKS,
        "pairs": [(SCRIPT, SCRIPT)],
        "tags": [(SCRIPT, SCRIPT)],
        "values": {SCRIPT: SCRIPT},
        "words": dict.fromkeys(range(-2, 3), SCRIPT),
        "today": 2.5,
        "differences": [(SCRIPT, -120), (SCRIPT, 90)],
        "width": 300,
        "level": 2,
        "x": 8,
        "y": 8,
        "since": None,
        "until": None,
        "paper": Paper(SCRIPT, (Heading(SCRIPT), Saying(SCRIPT), Facts(PAIRS), Table(*PAIRS, PAIRS)), SCRIPT),
    }

    def test_never_turn_text_into_markup(self, app: Flask) -> None:
        tried = 0
        for file in sorted((TEMPLATES / "_components").glob("*.html")):
            for macro, arguments, has_body in macro_names(app, f"_components/{file.name}"):
                if macro in ("field", "form_for", "error_summary"):
                    continue  # they take a form: below
                given = ", ".join(f"{name}=given['{name}']" for name in arguments)
                call = f"{macro}({given})"
                body = f"{{% call({'x' if macro == 'rows' else ''}) {call} %}}{{{{ script }}}}{{% endcall %}}"
                source = f'{{% from "_components/{file.name}" import {macro} %}}' + (
                    body if has_body else f"{{{{ {call} }}}}"
                )
                values = {name: self.VALUES.get(name, SCRIPT) for name in arguments}
                with app.test_request_context():
                    assert_nothing_raw(render_template_string(source, given=values, script=SCRIPT))
                tried += 1
        assert tried >= 11

    def test_never_turn_what_was_typed_into_markup(self, app: Flask) -> None:
        typed = {name: SCRIPT for name in ("name", "at", "workers", "meal", "room", "jobs", "note", "story", "day-day",
                                           "length-hours")}  # fmt: skip
        page = samples.draw(app, "form.html", post=typed)

        assert page.count("&lt;script&gt;alert(1)") >= 7
        assert_nothing_raw(page)


class TestTemplates:
    def test_escape_whatever_their_name_ends_in(self, app: Flask) -> None:
        assert app.jinja_env.autoescape is True

    def test_call_nothing_safe(self) -> None:
        for file in TEMPLATES.rglob("*.html"):
            assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", file.read_text()), file

    def test_hold_no_inline_style_or_handler(self) -> None:
        for file in TEMPLATES.rglob("*.html"):
            assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", file.read_text()), file
            assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", file.read_text()) in ([], ["<script>"]), file

    def test_say_which_variable_was_not_given(self, app: Flask) -> None:
        for source in ("{{ missing }}", "{% if missing %}{% endif %}", "{% for x in missing %}{% endfor %}",
                       "{{ actor_of_nobody.name }}", "{{ missing | length }}", "{{ missing == 1 }}"):  # fmt: skip
            with app.test_request_context(), pytest.raises(UndefinedError):
                render_template_string(source)

    def test_may_ask_whether_a_variable_was_given(self, app: Flask) -> None:
        with app.test_request_context():
            assert render_template_string("{{ missing is defined }}{{ missing | default('x') }}") == "Falsex"

    def test_all_compile(self, app: Flask) -> None:
        from careplan.web.templating import warm

        assert warm(app) > 90
