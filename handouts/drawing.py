"""One pose → one SVG, PDF or PNG file for whoever draws, or the pictures that a sheet prints."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handouts.disk import refusal
from handouts.output import PDF, check_target, write_whole
from handouts.problems import NOWHERE, Place, Problem, Problems

if TYPE_CHECKING:
    from handouts.figures.pose import Pose

NEEDED = ("numpy", "shapely")
THEME = "calm"
DPI = 300
"""Resolution of a PNG."""
PAUSE = 0.4
"""Seconds between two looks at a watched pose."""
BEGINS = {".svg": b"<svg ", ".pdf": PDF, ".png": b"\x89PNG"}
"""The kinds of files that can be made, and how each begins."""


def render(pose_path: Path, *, side: Literal["right", "left"] | None, mono: bool, target: Path) -> None:
    """Compiles the pose and writes `target`; `side` None keeps the pose's own. Raises Problems."""
    kind = target.suffix.lower()
    if kind not in BEGINS:
        hint = "-o の名前の終わりは " + "、".join(BEGINS) + " のどれかです。"
        raise Problems([Problem(Place(str(target)), "この種類のファイルには描けません。", hint)])
    check_target(target, BEGINS[kind])
    _require_drawing()
    text, pose = _compiled(pose_path, side, mono)
    if kind == ".svg":
        write_whole(target, text.encode())
        return
    sheet = page(text, pose, pose_path.stem)
    write_whole(target, sheet if kind == ".pdf" else _bitmap(sheet))


def keep(pose_path: Path) -> list[Path]:
    """Compiles the pose into the `pictures` folder beside its own, for every theme; those of its former size go.

    Raises Problems; then nothing changes.
    """
    _require_drawing()
    from handouts.figures.compile import pictures

    made = pictures(pose_path)
    folder = pose_path.parent.parent / "pictures"
    try:
        folder.mkdir(exist_ok=True)
        former = [path for path in folder.glob(f"{pose_path.stem}.*.svg") if path.name not in made]
        for name, text in made.items():
            write_whole(folder / name, text.encode())
        for path in former:
            path.unlink()
    except OSError as error:
        raise Problems([refusal(folder, error)]) from None
    return [folder / name for name in made]


def watch(
    pose_path: Path,
    *,
    side: Literal["right", "left"] | None,
    mono: bool,
    target: Path,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Problems | None]:
    """Renders now and at every change of the pose, for ever; yields what was wrong each time, or None.

    A pose that is away for a moment, as some editors make it while they save, is waited for.
    """
    seen: tuple[int, int] | None = None
    while True:
        state = _state(pose_path)
        if state is not None and state != seen:
            seen = state
            try:
                render(pose_path, side=side, mono=mono, target=target)
            except Problems as problems:
                yield problems
            else:
                yield None
        sleep(PAUSE)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _require_drawing() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"図を描くための {'、'.join(missing)} が入っていません。"
        raise Problems([Problem(NOWHERE, message, "pip install 'handouts[draw]' で入ります。")])


def _compiled(pose_path: Path, side: Literal["right", "left"] | None, mono: bool) -> tuple[str, Pose]:
    # numpy and shapely cost a tenth of a second and are an extra.
    from handouts.figures.compose import compose
    from handouts.figures.emit import svg
    from handouts.figures.lint import read_checked
    from handouts.figures.theme import COLOUR, MONO, size_class

    pose = read_checked(pose_path)
    pose = replace(pose, side=side) if side and pose.side != "both" else pose
    return svg(compose(pose, MONO if mono else COLOUR, size_class(pose.width))), pose


def page(text: str, pose: Pose, name: str) -> bytes:
    """A PDF page of the picture's size, the picture tagged with its alternative text, its labels' words set."""
    from handouts.faces import load_faces
    from handouts.figures.picture import read_picture
    from handouts.library import Library
    from handouts.pages.blocks import Illustration
    from handouts.pages.components.picture import set_drawing
    from handouts.pages.setter import Setter
    from handouts.pages.sheet import Document, Sheet, Tag
    from handouts.pdf import write
    from handouts.sides import Side, sided

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.svg"
        file.write_text(text, encoding="utf-8", newline="\n")
        picture = read_picture(file)
    library = Library()
    faces, root = load_faces(list(library.folders.of("fonts"))), Tag("Document")
    words = {label.name: label.text for label in (*pose.labels, *(pose.inset.labels if pose.inset else ()))}
    alt, caption = (sided(said, Side(pose.side)) for said in (pose.alt, pose.caption))
    figure = Illustration(picture, alt, caption, labels=words)
    box = set_drawing(Setter(faces, library.theme(THEME)), figure, picture.width, root.add("Figure"))
    return write(Document([Sheet(picture.width, picture.height, box.items)], root, caption), faces)


def _bitmap(sheet: bytes) -> bytes:
    from pypdfium2 import PdfDocument

    with PdfDocument(sheet) as document:
        image = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    made = io.BytesIO()
    image.save(made, "PNG", dpi=(DPI, DPI))
    return made.getvalue()
