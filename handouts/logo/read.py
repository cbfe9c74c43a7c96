"""Reads a clinic's logo by the name that clinic.yaml gives it; every way it can be wrong is a Problem at that name."""

from __future__ import annotations

from pathlib import Path

from handouts import disk
from handouts.library import Library
from handouts.library.folders import check_inside, shown
from handouts.logo.size import MOST_BYTES
from handouts.model import place_of
from handouts.pages.blocks import Logo
from handouts.problems import Place, Problem, Problems

ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
_KNOWN: dict[tuple[str, int, int], tuple[Logo, tuple[Problem, ...]]] = {}
"""Read already, by path, time of change (ns) and size: in a batch, the same file stands on every sheet."""


def logo_of(library: Library) -> Logo | None:
    """The logo of the library's clinic, None where it has none. Raises Problems."""
    clinic, folder = library.clinic(), library.folders.clinic
    if clinic.logo is None:
        return None
    place = place_of(clinic.logo)
    path = (folder or Path()) / "assets" / clinic.logo
    if folder is None or not disk.is_file(path):
        hint = "医院のフォルダーの assets に置いて、logo: にファイルの名前を書いてください。"
        raise Problems([Problem(place, f"ロゴのファイル assets/{clinic.logo} がありません。", hint)])
    check_inside(path)
    return examine(path, place)[0]


def examine(path: Path, place: Place | None = None) -> tuple[Logo, tuple[Problem, ...]]:
    """The logo in a file, and what is not as good as it could be (warnings). Raises Problems for what cannot be
    printed; they stand at `place`, by default at the file."""
    at = place or Place(shown(path))
    try:
        state = path.stat()
        key = (str(path), state.st_mtime_ns, state.st_size)
        if key not in _KNOWN:
            if state.st_size > MOST_BYTES:
                raise refused(at, f"ロゴのファイルが大きすぎます({state.st_size / 1e6:.0f} MB)。", _SMALLER)
            _KNOWN.clear()
            _KNOWN[key] = _read(path.read_bytes(), at)
    except OSError as error:
        raise Problems([disk.refusal(path, error)]) from None
    return _KNOWN[key]


_SMALLER = f"{MOST_BYTES // 1_000_000} MB までの PNG、JPEG、SVG にしてください。"
_KINDS = {
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"%PDF": "PDF(か Illustrator)",
    b"%!PS": "EPS",
    b"8BPS": "Photoshop",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"PK\3\4": "Office などの圧縮されたもの",
}


def _read(data: bytes, place: Place) -> tuple[Logo, tuple[Problem, ...]]:
    """By what the file holds, whatever its name says."""
    # Pillow and the SVG reader cost more than the rest of a build's reading: only a clinic with a logo pays.
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        from handouts.logo.pixels import read_pixels

        return read_pixels(data, place)
    if b"<svg" in data[:4000] or data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        from handouts.logo.vector import read_vector

        return read_vector(data, place), ()
    kind = next((name for start, name in _KINDS.items() if data.startswith(start)), None)
    if b"ftyp" in data[4:12]:
        kind = "HEIC か AVIF"
    said = f"ロゴのファイルは {kind} の形式です。" if kind else "ロゴのファイルが、画像として読めません。"
    raise refused(place, said, "PNG、JPEG、SVG のどれかで書き出してください。")


def refused(place: Place, message: str, hint: str) -> Problems:
    """One error about a logo."""
    return Problems([Problem(place, message, hint)])
