"""Static files: named by their content, so that a browser keeps them for good and still never shows an old one."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, make_response, request, send_from_directory

SQUEEZED = {".css", ".js", ".svg", ".json", ".webmanifest"}
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"


def asset_address(path: str) -> str:
    """The address of a file under static/, ending in a part of its hash."""
    return f"/static/{path}?v={_digest(_folder() / path)[:12]}"


def register(app: Flask) -> None:
    """Answers for static files with lasting caches and, where the browser takes it, compressed."""
    app.view_functions["static"] = serve


def serve(filename: str) -> Response:
    """One static file."""
    folder = _folder()
    file = folder / filename
    if Path(filename).suffix not in SQUEEZED or "gzip" not in request.accept_encodings:
        response = send_from_directory(folder, filename, conditional=True)
    elif not file.resolve().is_relative_to(folder) or not file.is_file():
        abort(404)
    else:
        response = _squeezed_response(file)
    response.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") else FOR_A_DAY
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _squeezed_response(file: Path) -> Response:
    response = make_response(_squeezed(file))
    response.mimetype = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}.get(
        file.suffix, "application/json"
    )
    response.headers["Content-Encoding"] = "gzip"
    response.set_etag(_digest(file)[:32])
    return response.make_conditional(request)


@lru_cache(maxsize=256)
def _squeezed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


@lru_cache(maxsize=256)
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _folder() -> Path:
    return Path(current_app.static_folder or "").resolve()
