"""What the provider remembers for a minute: codes that it gave out and assertions that it saw."""

import time
from dataclasses import dataclass
from threading import Lock

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin

CODE_LIFETIME = 60


@dataclass(frozen=True, slots=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]  # Authlib carries no types
    """An authorisation code and all that it is bound to."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    persona: str
    auth_time: int
    expires_at: float

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return ["demo"]


class Codes:
    """Codes by their text; each can be taken once, within a minute, whatever comes of it."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._lock = Lock()

    def keep(self, code: Code) -> None:
        with self._lock:
            self._drop_expired()
            self._codes[code.code] = code

    def take(self, text: str, *, client_id: str) -> Code | None:
        with self._lock:
            self._drop_expired()
            code = self._codes.pop(text, None)
        return code if code and code.client_id == client_id else None

    def _drop_expired(self) -> None:
        now = time.time()
        self._codes = {text: code for text, code in self._codes.items() if code.expires_at > now}


class SpentAssertions:
    """Ids of client assertions that were used, until they would have expired anyway."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def spend(self, jti: str, *, expires_at: float) -> bool:
        """False when it was spent before."""
        now = time.time()
        with self._lock:
            self._until = {spent: until for spent, until in self._until.items() if until > now}
            if jti in self._until:
                return False
            self._until[jti] = expires_at
            return True
