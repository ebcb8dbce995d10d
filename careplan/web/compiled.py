"""Templates as they were compiled last, kept on disk: to compile them all is most of what a start would take."""

import hashlib
import inspect
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

PRIVATE = 0o700


class Compiled(FileSystemBytecodeCache):
    """Jinja's own store, whose key is a template's words; where nothing can be written it keeps nothing."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_in(folder: Path, *, options: Mapping[str, Any], rests_on: tuple[ModuleType, ...]) -> Compiled | None:
    """The store in this folder; None where there can be none.

    What is compiled rests on Jinja, on how it is set up and on our filters, which are applied to fixed words when a
    template is compiled: with any other of these it is compiled anew.
    """
    said = [jinja2.__version__, repr(sorted(options.items())), *(inspect.getsource(m) for m in rests_on)]
    place = folder / hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
    try:
        place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    except OSError:
        return None
    return Compiled(str(place), "%s.compiled")
