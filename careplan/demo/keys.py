"""Keys of the demo: made at its first start, kept in its own folder, never shared and never committed."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import ECKey, KeySet


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the keys lie: ours as the provider's client, our public half, and the provider's own."""

    client_private: Path
    client_public: Path
    provider: Path


def ensure_keys(folder: Path) -> KeyFiles:
    """Makes the keys that are missing; those that are there stay."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = KeyFiles(folder / "client.pem", folder / "client.jwks.json", folder / "provider.jwk.json")
    if not files.client_private.exists() or not files.client_public.exists():
        client = ECKey.generate_key("P-256", auto_kid=True)
        _write(files.client_public, json.dumps(KeySet([client]).as_dict(private=False)))
        _write(files.client_private, client.as_pem(private=True).decode())
    if not files.provider.exists():
        _write(files.provider, json.dumps(ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)))
    return files


def ensure_secret(path: Path) -> str:
    """A secret of this demo's own, made once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, secrets.token_urlsafe(48))
    return path.read_text()


def _write(path: Path, text: str) -> None:
    """Writes beside and renames, readable by the owner alone, so that a start cut short leaves no half key."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
