"""Build step: the rule packs lie in the open, at rules/, and are installed as perflint/packs.

Everything else is in pyproject.toml. (Mapping the folder there works too, but puts an import hook into every
development environment, which more than doubles the time in which Python starts.)
"""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SOURCE, TARGET = Path("rules"), Path("perflint", "packs")


class BuildWithPacks(build_py):
    """``build_py`` that also takes the packs along; an editable install reads them where they are."""

    def run(self) -> None:
        """Build the modules, then copy the packs."""
        super().run()
        if not self.editable_mode:
            for source in _list_packs():
                target = Path(self.build_lib) / TARGET / source.relative_to(SOURCE)
                self.mkpath(str(target.parent))
                self.copy_file(str(source), str(target))

    def get_source_files(self) -> list[str]:
        """List the packs too, so that a source distribution holds them."""
        return [*super().get_source_files(), *map(str, _list_packs())]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """List the copies too."""
        copies = (Path(self.build_lib) / TARGET / source.relative_to(SOURCE) for source in _list_packs())
        return [*super().get_outputs(include_bytecode), *map(str, copies)]


def _list_packs() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.yaml"))


setup(cmdclass={"build_py": BuildWithPacks})
