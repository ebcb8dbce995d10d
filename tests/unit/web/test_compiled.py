"""Compiled templates are kept, and compiled anew wherever what they rest on has changed."""

from types import ModuleType

import pytest
from jinja2 import DictLoader, Environment

from careplan.kernel import words
from careplan.web.compiled import compiled_in

OPTIONS = {"autoescape": True, "trim_blocks": True}


def kept_in(folder, options=OPTIONS, rests_on: tuple[ModuleType, ...] = (words,)):
    return compiled_in(folder, options=options, rests_on=rests_on)


def shown(cache):
    loader = DictLoader({"page.html": "{% if True %}\n{{ name }}{% endif %}"})
    environment = Environment(loader=loader, bytecode_cache=cache, autoescape=True, trim_blocks=True)
    return environment.get_template("page.html").render(name="<b>")


class TestCompiled:
    def test_is_read_by_the_next_process_and_says_the_same(self, tmp_path):
        first = shown(kept_in(tmp_path))

        assert len(list(tmp_path.glob("*/*.compiled"))) == 1
        assert shown(kept_in(tmp_path)) == first == "&lt;b&gt;"

    @pytest.mark.parametrize("other", [{"options": {"autoescape": True}}, {"rests_on": ()}])
    def test_is_not_read_where_what_it_rests_on_differs(self, tmp_path, other):
        assert kept_in(tmp_path).directory != kept_in(tmp_path, **other).directory

    def test_does_without_where_nothing_can_be_written(self, tmp_path):
        (tmp_path / "file").write_text("in the way")
        cache = kept_in(tmp_path / "kept")
        for inside in (tmp_path / "kept").iterdir():
            inside.rmdir()

        assert kept_in(tmp_path / "file") is None
        assert shown(cache) == "&lt;b&gt;"
