"""Static files: named by their content, so that a browser keeps them for good and still never shows an old one.

They are few and small, so each process holds them in memory, compressed and not.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
SQUEEZED = {".css", ".js", ".svg", ".json", ".webmanifest"}
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; `squeezed` is None where compressing gains nothing."""

    plain: bytes
    squeezed: bytes | None
    digest: str
    kind: str


def asset_address(path: str) -> str:
    """The address of a file under static/, ending in a part of its hash."""
    return f"/static/{path}?v={_load(_folder() / path).digest[:12]}"


def register(app: Flask) -> None:
    """Answers for static files with lasting caches and, where the browser takes it, compressed."""
    app.view_functions["static"] = serve


def serve(filename: str) -> Response:
    """One static file."""
    folder = _folder()
    file = (folder / filename).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        abort(404)
    asset = _load(file)
    squeeze = asset.squeezed is not None and request.accept_encodings["gzip"] > 0
    response = Response((asset.squeezed if squeeze else None) or asset.plain, content_type=asset.kind)
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(asset.digest[:32] + ("-gzip" if squeeze else ""))
    response.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") else FOR_A_DAY
    response.headers["Vary"] = "Accept-Encoding"
    response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def _load(file: Path) -> Asset:
    data = file.read_bytes()
    squeezed = gzip.compress(data, compresslevel=9, mtime=0) if file.suffix in SQUEEZED else None
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(data, squeezed, hashlib.sha256(data).hexdigest(), _with_charset(kind))


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@lru_cache(maxsize=4)
def _resolved(folder: str) -> Path:
    return Path(folder).resolve()


def _folder() -> Path:
    return _resolved(current_app.static_folder or "")
