"""What the facade says of itself: made from the tables that drive it, so that it promises exactly what works."""

from typing import Any
from urllib.parse import urlencode

from careplan.fhir.keys import ALGORITHMS
from careplan.fhir.parameters import PARAMETERS
from careplan.fhir.search import Query

PUBLISHED = "2026-11-22"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
WITHOUT_PROFILE = frozenset({"Goal", "Provenance"})
COMMON = ({"name": "_id", "type": "token"}, {"name": "_lastUpdated", "type": "date"})
EVERYTHING = "http://hl7.org/fhir/OperationDefinition/Patient-everything"
SECURITY_SERVICE = "http://terminology.hl7.org/CodeSystem/restful-security-service"
OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"


def statement(*, base: str, public_url: str) -> dict[str, Any]:
    """The CapabilityStatement."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": PUBLISHED,
        "publisher": "careplan",
        "kind": "instance",
        "software": {"name": "careplan"},
        "implementation": {"description": "The shared care record of one council", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [
            {
                "mode": "server",
                "security": _security(public_url),
                "resource": [_resource(type_) for type_ in PARAMETERS],
            }
        ],
    }


def smart_configuration(*, public_url: str) -> dict[str, Any]:
    """How systems, and only systems, are let in."""
    return {
        "issuer": public_url,
        "authorization_endpoint": f"{public_url}/sign-in",
        "token_endpoint": f"{public_url}/oauth/token",
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "grant_types_supported": ["client_credentials"],
        "scopes_supported": ["system/*.rs", *(f"system/{type_}.rs" for type_ in PARAMETERS)],
        "response_types_supported": ["token"],
        "code_challenge_methods_supported": ["S256"],
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }


def self_link(base: str, query: Query) -> str:
    """The search as it was understood."""
    return f"{base}/{query.type}" + (f"?{urlencode(query.pairs)}" if query.pairs else "")


def profile_of(type_: str) -> str | None:
    """The UK Core profile that our resources of a type claim, where UK Core has one."""
    return None if type_ in WITHOUT_PROFILE else UK_CORE + type_


def _oauth_uris(public_url: str) -> list[dict[str, str]]:
    """The extension wants both addresses, though systems need no page to sign in on."""
    return [
        {"url": "token", "valueUri": f"{public_url}/oauth/token"},
        {"url": "authorize", "valueUri": f"{public_url}/sign-in"},
    ]


def _security(public_url: str) -> dict[str, Any]:
    return {
        "cors": False,
        "service": [{"coding": [{"system": SECURITY_SERVICE, "code": "SMART-on-FHIR", "display": "SMART-on-FHIR"}]}],
        "description": "SMART Backend Services: private_key_jwt with RS384 or ES384.",
        "extension": [{"url": OAUTH_URIS, "extension": _oauth_uris(public_url)}],
    }


def _resource(type_: str) -> dict[str, Any]:
    profile = profile_of(type_)
    found: dict[str, Any] = {
        "type": type_,
        **({"supportedProfile": [profile]} if profile else {}),
        "interaction": [{"code": code} for code in ("read", "vread", "history-instance", "search-type")],
        "versioning": "versioned",
        "readHistory": True,
        "updateCreate": False,
        "conditionalRead": "full-support",
        "searchParam": [*COMMON, *({"name": p.name, "type": p.kind.value} for p in PARAMETERS[type_])],
    }
    if type_ == "Patient":
        found["operation"] = [{"name": "everything", "definition": EVERYTHING}]
    return found
