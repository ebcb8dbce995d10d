"""A client's public keys: what a key set must be to be registered, and which key an assertion names."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from careplan.kernel.errors import invalid

LEAST_RSA_BITS = 2048
CURVE = "P-384"
ALGORITHM_OF_TYPE = {"RSA": "RS384", "EC": "ES384"}
ALGORITHMS = tuple(ALGORITHM_OF_TYPE.values())

PublicKey = RSAKey | ECKey


def checked_key_set(jwks: object) -> dict[str, Any]:
    """The key set, if every key in it is public, strong enough and named.  Raises Invalid, saying what to mend."""
    if not isinstance(jwks, dict) or not isinstance(jwks.get("keys"), list) or not jwks["keys"]:
        raise invalid("jwks", "A key set is a JSON object whose member `keys` lists at least one key.")
    for key in jwks["keys"]:
        _check(key)
    names = [key["kid"] for key in jwks["keys"]]
    if len(set(names)) < len(names):
        raise invalid("jwks", "Two keys of the set have the same `kid`.")
    return {"keys": jwks["keys"]}


def find_key(jwks: Mapping[str, Any], *, kid: str, algorithm: str) -> PublicKey | None:
    """The registered key of this name, if it is one for this algorithm."""
    for key in KeySet.import_key_set(dict(jwks)).keys:  # type: ignore[arg-type]  # its typed dict is the same shape
        if key.kid == kid and ALGORITHM_OF_TYPE.get(key.key_type) == algorithm and isinstance(key, RSAKey | ECKey):
            return key
    return None


def _check(key: object) -> None:
    if not isinstance(key, dict) or key.get("kty") not in ALGORITHM_OF_TYPE:
        raise invalid("jwks", "Each key must be RSA (for RS384) or elliptic on P-384 (for ES384).")
    if "d" in key or "k" in key:
        raise invalid("jwks", "This is a private key. Send the public key only, and replace this one: it was shown.")
    if not isinstance(key.get("kid"), str) or not key["kid"]:
        raise invalid("jwks", "Each key needs a `kid`.")
    if key["kty"] == "EC" and key.get("crv") != CURVE:
        raise invalid("jwks", f"An elliptic key must be on the curve {CURVE}.")
    try:
        built = KeySet.import_key_set({"keys": [key]}).keys[0]
    except (JoseError, ValueError, KeyError, TypeError):
        raise invalid("jwks", f"The key {key['kid']} cannot be read.") from None
    if isinstance(built, RSAKey) and built.public_key.key_size < LEAST_RSA_BITS:
        raise invalid("jwks", f"An RSA key needs at least {LEAST_RSA_BITS} bits.")
