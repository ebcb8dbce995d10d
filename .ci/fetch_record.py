"""A trust's system: registers at the demo, gets a token with its own key, fetches every record and writes it to files.

python .ci/fetch_record.py http://127.0.0.1:8000 FOLDER
"""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT = "record-check"
SCOPE = "system/*.rs"
TIMEOUT = 60
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def main(address: str, folder: Path) -> None:
    """Writes one file for the capabilities and one for each person's whole record."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ECKey.generate_key("P-384", parameters={"alg": "ES384", "use": "sig"}, auto_kid=True)
    register(key, folder)
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token(address, key)}"
    base = f"{address}/fhir/R4"
    write(folder / "metadata.json", fetch(session, f"{base}/metadata"))
    patients = [entry["resource"]["id"] for page in pages(session, f"{base}/Patient") for entry in page["entry"]]
    if not patients:
        raise SystemExit("The trust can see nobody, so there is nothing to validate.")
    for patient in patients:
        for number, page in enumerate(pages(session, f"{base}/Patient/{patient}/$everything")):
            write(folder / f"{patient}-{number}.json", page)
    sys.stdout.write(f"Fetched the records of {len(patients)} people.\n")


def register(key: ECKey, folder: Path) -> None:
    """Tells the demo our public key, as its administrator would."""
    keys = folder.with_suffix(".jwks.json")
    write(keys, KeySet([key]).as_dict(private=False))
    careplan = str(Path(sys.executable).parent / "careplan")
    subprocess.run([careplan, "fhir", "client", "add", "--id", CLIENT, "--jwks", keys, "--scope", SCOPE], check=True)


def token(address: str, key: ECKey) -> str:
    """SMART Backend Services: a signed assertion for a short-lived token."""
    endpoint = f"{address}/oauth/token"
    now = int(time.time())
    claims = {"iss": CLIENT, "sub": CLIENT, "aud": endpoint, "jti": secrets.token_urlsafe(24), "exp": now + 240}
    assertion = jwt.encode({"alg": "ES384", "kid": key.kid, "typ": "JWT"}, claims, key, algorithms=["ES384"])
    form = {
        "grant_type": "client_credentials",
        "scope": SCOPE,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    answer = requests.post(endpoint, data=form, timeout=TIMEOUT)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def pages(session: requests.Session, address: str | None) -> Iterator[dict[str, Any]]:
    """The bundle at an address and those that its next links lead to."""
    while address:
        bundle = fetch(session, address)
        yield {"entry": [], **bundle}
        address = next((link["url"] for link in bundle.get("link", []) if link["relation"] == "next"), None)


def fetch(session: requests.Session, address: str) -> dict[str, Any]:
    """One resource."""
    answer = session.get(address, headers={"Accept": "application/fhir+json"}, timeout=TIMEOUT)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def write(path: Path, content: object) -> None:
    """As JSON."""
    path.write_text(json.dumps(content))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
