"""Typst by its Python binding: one compiler is kept, with its fonts and what it remembers; tags, PDF/UA-1."""

from __future__ import annotations

import json
import os
import shutil

import typst

from tests.bench.peers.peer import Content

TEMPLATE = os.path.join(os.path.dirname(__file__), "sheet.typ")


class Session:
    """The template and the first sheet's data are files; what other sheets change goes in as inputs."""

    def __init__(self, content: Content, folder: str) -> None:
        shutil.copy(TEMPLATE, folder)
        with open(os.path.join(folder, "content.json"), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        fonts = [os.path.dirname(path) for path in content["fonts"].values()]
        self._compiler = typst.Compiler(
            os.path.join(folder, "sheet.typ"), root=folder, font_paths=fonts[:1], ignore_system_fonts=True
        )

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        self._compiler.compile(output=target, format="pdf", sys_inputs=changes, pdf_standards="ua-1")
