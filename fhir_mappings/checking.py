"""A second opinion on our own resources: the published models, imported only where nobody waits for an answer.

They find a misspelt or misplaced element; codes, references and profiles are held by tests of our own.
"""

from importlib import import_module

from fhir_mappings.building import Json


class NotFhir(Exception):
    """A resource is not of the shape that FHIR gives its type: the programme is wrong, not the record."""


def check(resource: Json) -> None:
    """Raises NotFhir, naming the resource and not its content."""
    type_ = resource["resourceType"]
    model = getattr(import_module(f"fhir.resources.R4B.{type_.lower()}"), type_)
    try:
        model.model_validate(resource)
    except ValueError as error:
        places = ", ".join(".".join(map(str, e["loc"])) for e in getattr(error, "errors", list)())
        raise NotFhir(f"{type_}/{resource['id']}: {places}") from None
