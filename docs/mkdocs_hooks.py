"""What MkDocs is told beyond ``mkdocs.yml``: one language a build, the pages of rules, and where each page ends up.

``zh/start.md`` of the Chinese build becomes ``/start/``, ``rules/en/unit.md`` of the English one ``/rules/unit/``.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

LANGUAGES = ("zh", "en")
INDEX = "README.md"
_RULES = {"zh": "规则", "en": "Rules"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages of rules to the navigation, a section a pack, those of the core rules first."""
    lang = config.extra["lang"]
    rules = Path(config.docs_dir, "rules")
    folders = [rules / lang, *sorted(rules.glob(f"*/{lang}"))]
    config.nav = [*(config.nav or ()), {_RULES[lang]: [_build_section(folder, config.docs_dir) for folder in folders]}]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Leave out the other language, and take the name of this one out of the addresses."""
    lang = config.extra["lang"]
    return Files([_move(file, lang, config) for file in files if not _is_foreign(file, lang)])


def _build_section(folder: Path, docs: str) -> dict[str, Any]:
    index = folder / INDEX
    title = index.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    pages = [index, *sorted(page for page in folder.glob("*.md") if page != index)]
    return {title: [page.relative_to(docs).as_posix() for page in pages]}


def _is_foreign(file: File, lang: str) -> bool:
    return any(part in LANGUAGES and part != lang for part in PurePosixPath(file.src_uri).parts)


def _move(file: File, lang: str, config: MkDocsConfig) -> File:
    parts = PurePosixPath(file.src_uri).parts
    if lang not in parts:
        return file
    short = "/".join(part for part in parts if part != lang)
    moved = File(short, config.docs_dir, config.site_dir, config.use_directory_urls)
    file.dest_uri = moved.dest_uri
    return file
