"""Signing a persona in as a browser would, for scripts: over HTTP, through the provider, to a session's cookie."""

import requests

from careplan.demo.personas import BY_SLUG

TIMEOUT = 30


class CannotSignIn(Exception):
    """The walk did not end in a session; the message says where it stopped."""


def cookie_of(slug: str, *, address: str) -> str:
    """The cookie of a new session as name=value.  Raises CannotSignIn."""
    if slug not in BY_SLUG:
        raise CannotSignIn(f"There is no persona {slug}. There are: {', '.join(BY_SLUG)}.")
    try:
        began = requests.get(f"{address}/sign-in/start", allow_redirects=False, timeout=TIMEOUT)
        picked = requests.get(f"{began.headers['Location']}&persona={slug}", allow_redirects=False, timeout=TIMEOUT)
        # The cookie is for secure connections and, in browsers, this machine; so it is carried by hand here.
        ended = requests.get(
            picked.headers["Location"], headers={"Cookie": _cookie(began)}, allow_redirects=False, timeout=TIMEOUT
        )
        return _cookie(ended)
    except (requests.RequestException, KeyError, ValueError) as stopped:
        raise CannotSignIn(f"Signing in as {slug} at {address} did not come to an end.") from stopped


def _cookie(answer: requests.Response) -> str:
    ((name, value),) = answer.cookies.items()
    return f"{name}={value}"
