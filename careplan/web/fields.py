"""A form's field as the parameters of a component of the design system: label, hint, error, and what was typed."""

from typing import Any

CHOOSERS = {
    "SelectField": "select",
    "RadioField": "radios",
    "SelectMultipleField": "checkboxes",
    "BooleanField": "yes",
    "TextAreaField": "textarea",
    "LongWordsField": "textarea",
    "FileField": "input",
}
TYPES = {"EmailField": "email", "TelField": "tel", "PasswordField": "password", "FileField": "file"}
KEYBOARDS = {"IntegerField": "numeric", "DecimalField": "decimal"}
WIDTHS = {"IntegerField": 4, "DecimalField": 5, "ClockField": 5}
PASSED_ON = ("autocomplete", "prefix", "suffix", "spellcheck", "attributes", "pattern")


def component_of(field: Any) -> str:
    """Which component shows a field."""
    if field.type in ("CSRFTokenField", "HiddenField"):
        return "hidden"
    if hasattr(field, "parts"):
        return "parts"
    component = CHOOSERS.get(field.type, "input")
    return "count" if component == "textarea" and _kw(field).get("maxlength") else component


def component_params(field: Any, *, heading: bool = False) -> dict[str, Any]:
    """The parameters for that component; `heading` makes the label the page's own heading."""
    component = component_of(field)
    params: dict[str, Any] = {"name": field.name}
    if field.description:
        params["hint"] = {"text": str(field.description)}
    if field.errors:
        params["errorMessage"] = {"text": str(field.errors[0])}
    return params | _BUILDERS[component](field, _label(field, heading=heading))


def _line(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    kw = _kw(field)
    return {
        "id": field.id,
        "label": label,
        "value": field._value(),
        "type": kw.get("type") or TYPES.get(field.type, "text"),
        "inputmode": kw.get("inputmode") or KEYBOARDS.get(field.type),
        "width": kw.get("width") or WIDTHS.get(field.type),
        **{name: kw[name] for name in PASSED_ON if name in kw},
    }


def _long(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    kw = _kw(field)
    wanted: dict[str, Any] = {name: kw[name] for name in ("maxlength", "autocomplete", "attributes") if name in kw}
    return {"id": field.id, "label": label, "value": field._value(), "rows": kw.get("rows", 4), **wanted}


def _select(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    items = [{"value": str(c.value), "text": str(c.label), "selected": c.selected} for c in field.iter_choices()]
    return {"id": field.id, "label": label, "items": items, "attributes": _kw(field).get("attributes", {})}


def _choices(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    """`hints` in render_kw: {value: hint}; `small` and `inline` as the design system means them."""
    kw = _kw(field)
    hints = kw.get("hints", {})
    items = [
        {"value": str(c.value), "text": str(c.label), "checked": c.selected}
        | ({"hint": {"text": str(hints[c.value])}} if c.value in hints else {})
        for c in field.iter_choices()
    ]
    shape = {name: True for name in ("inline", "small") if kw.get(name)}
    return {"idPrefix": field.id, "fieldset": {"legend": label}, "items": items, **shape}


def _yes(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    return {"idPrefix": field.id, "items": [{"value": "y", "text": label["text"], "checked": bool(field.data)}]}


def _parts(field: Any, label: dict[str, Any]) -> dict[str, Any]:
    items = [
        {
            "name": f"{field.name}-{part}",
            "id": f"{field.id}-{part}",
            "label": text,
            "width": width,
            "value": field.typed.get(part, ""),
        }
        for part, text, width in field.parts
    ]
    return {"id": field.id, "fieldset": {"legend": label}, "items": items}


_BUILDERS = {
    "input": _line,
    "textarea": _long,
    "count": _long,
    "select": _select,
    "radios": _choices,
    "checkboxes": _choices,
    "yes": _yes,
    "parts": _parts,
}


def _label(field: Any, *, heading: bool) -> dict[str, Any]:
    text = {"text": str(field.label.text)}
    return text | {"isPageHeading": True, "size": "xl"} if heading else text


def _kw(field: Any) -> dict[str, Any]:
    return field.render_kw or {}
