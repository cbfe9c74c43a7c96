"""faces.py: which glyph draws a cluster, what is missing, what is drawn as its base."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts import fontfile
from handouts.faces import STACKS, Face, Stack, clusters, load_faces
from handouts.pdf.fontuse import _subset
from handouts.problems import Problem, Problems

FONTS = Path(__file__).parents[2] / "fonts"
GA_DECOMPOSED = "か\u3099"
TSUJI_ONE_DOT = "辻\U000e0100"
NABE_RARE = "邉\U000e010e"


def test_clusters_keep_marks_and_selectors_with_their_base() -> None:
    text = "葛\U000e0100城と" + GA_DECOMPOSED + "𠮷\ufe00"
    assert clusters(text) == ["葛\U000e0100", "城", "と", GA_DECOMPOSED, "𠮷\ufe00"]
    assert "".join(clusters(text)) == text
    assert clusters("") == []
    assert clusters("\u3099か") == ["\u3099", "か"]
    assert clusters("一\n二") == ["一", "\n", "二"]


@pytest.mark.parametrize("name", ["regular", "bold"])
def test_first_face_that_has_a_character_draws_it(faces: dict[str, Stack], name: str) -> None:
    stack = faces[name]
    in_first, in_second = stack.glyph("髙"), stack.glyph("𠮷")
    assert in_first is not None
    assert in_second is not None
    assert (in_first.face_index, in_second.face_index) == (0, 1)
    assert in_first.exact
    assert in_second.exact
    assert stack.faces[0].nominal("𠮷") is None


def test_variation_sequence_is_drawn_exactly_or_named(faces: dict[str, Stack]) -> None:
    stack = faces["regular"]
    one_dot, plain = stack.glyph(TSUJI_ONE_DOT), stack.glyph("辻")
    assert one_dot is not None
    assert plain is not None
    assert one_dot.exact
    assert one_dot.gid != plain.gid
    base = stack.glyph(NABE_RARE)
    assert base is not None
    assert not base.exact
    assert base.gid == stack.glyph("邉").gid  # type: ignore[union-attr]
    assert stack.inexact(f"{TSUJI_ONE_DOT}と{NABE_RARE}と{NABE_RARE}") == [NABE_RARE]
    assert stack.missing(TSUJI_ONE_DOT + NABE_RARE) == []


def test_exact_sequence_of_a_later_face_wins_over_the_base_of_the_first(faces: dict[str, Stack]) -> None:
    first, second = faces["regular"].faces
    sequence = "㵎\U000e0100"
    assert first.nominal("㵎")
    assert not first.variation("㵎", "\U000e0100")
    assert second.variation("㵎", "\U000e0100")
    glyph = faces["regular"].glyph(sequence)
    assert glyph is not None
    assert (glyph.face_index, glyph.exact) == (1, True)


def test_decomposed_kana_borrows_the_precomposed_glyph(faces: dict[str, Stack]) -> None:
    stack = faces["regular"]
    assert stack.glyph(GA_DECOMPOSED) == stack.glyph("が")
    assert stack.missing(GA_DECOMPOSED) == []


def test_what_cannot_be_drawn_is_missing_and_never_passed_over(faces: dict[str, Stack]) -> None:
    text = "膝\t裏\u200b\U0001f9b5の\ufefff\u00ad\ud800カ\u302a"
    assert faces["regular"].missing(text) == ["\t", "\u200b", "\U0001f9b5", "\ufeff", "\u00ad", "\ud800", "カ\u302a"]
    assert faces["regular"].missing("二行\nです") == []


@pytest.mark.parametrize("character", [" ", "\u00a0", "\u3000", "×", "○", "●", "−", "〜", "①", "㎜"])
@pytest.mark.parametrize("name", ["regular", "bold"])
def test_signs_of_the_page_are_there(faces: dict[str, Stack], name: str, character: str) -> None:
    assert faces[name].missing(character) == []


def test_width_is_the_sum_of_advances(faces: dict[str, Stack]) -> None:
    stack = faces["regular"]
    assert stack.width("膝裏", 12) == pytest.approx(24)
    assert stack.width("、", 10) == pytest.approx(6, abs=0.01)
    assert stack.width("", 12) == 0
    assert stack.width(TSUJI_ONE_DOT, 12) == pytest.approx(12)
    assert stack.advance("\U0001f9b5") == 1.0


def test_metrics_are_in_em(faces: dict[str, Stack]) -> None:
    face = faces["regular"].faces[0]
    assert face.upem == 2048
    assert face.ascent == pytest.approx(0.88, abs=0.001)
    assert face.descent == pytest.approx(0.12, abs=0.001)


def test_first_folder_that_has_a_file_wins(tmp_path: Path) -> None:
    own = tmp_path / "BIZUDPGothic-Bold.ttf"
    own.write_bytes((FONTS / "NotoSansJP-Bold.ttf").read_bytes())
    stacks = load_faces([tmp_path, FONTS], extra=[FONTS / "NotoSansJP-Regular.ttf"])
    assert [face.path for face in stacks["bold"].faces] == [
        own,
        FONTS / "NotoSansJP-Bold.ttf",
        FONTS / "NotoSansJP-Regular.ttf",
    ]
    assert stacks["regular"].faces[0].path == FONTS / "BIZUDPGothic-Regular.ttf"


def test_missing_and_broken_files_are_problems(tmp_path: Path) -> None:
    with pytest.raises(Problems) as missing:
        load_faces([tmp_path])
    assert {problem.place.file for problem in missing.value} == {file for files in STACKS.values() for file in files}
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(Problems, match="1 problems"):
        Face(broken).nominal("膝")
    with pytest.raises(Problems):
        Face(tmp_path / "absent.ttf").nominal("膝")


def test_text_is_never_normalised(faces: dict[str, Stack]) -> None:
    # U+FA11 﨑 stays itself although compatibility ideographs beside it change under NFC.
    assert unicodedata.normalize("NFC", "\ufa10") != "\ufa10"
    stack = faces["regular"]
    assert stack.glyph("\ufa10") != stack.glyph(unicodedata.normalize("NFC", "\ufa10"))


def names_suite(file: str) -> list[list[str]]:
    folder = os.environ.get("HANDOUTS_SUITES")
    if not folder:
        pytest.skip("HANDOUTS_SUITES is not set: the lists of name characters are missing")
    return [row.split("\t") for row in (Path(folder) / "names" / file).read_text("utf-8").split("\n")[1:] if row]


def test_every_character_of_japanese_names_is_drawn(faces: dict[str, Stack]) -> None:
    names = [row[0] for file in ("jinmeiyo_2017.tsv", "cp932_extensions.tsv") for row in names_suite(file)]
    assert len(names) == 863 + 845
    for stack in faces.values():
        assert stack.missing("".join(names)) == []
        assert stack.inexact("".join(names)) == []


def test_every_registered_variation_is_drawn_as_such_or_reported(faces: dict[str, Stack]) -> None:
    sequences = [row[2] for row in names_suite("ivd_sequences_ja.tsv")]
    stack = faces["regular"]
    found = [stack.glyph(sequence) for sequence in sequences]
    text = "".join(sequences)
    assert len(sequences) == 29_247
    assert len(stack.missing(text)) == sum(glyph is None for glyph in found)
    assert len(stack.inexact(text)) == sum(glyph is not None and not glyph.exact for glyph in found)
    assert sum(glyph is not None and glyph.exact for glyph in found) >= 13_742


BUILT_IN = FONTS / "BIZUDPGothic-Bold.ttf"


def spoilt(data: bytes, tag: bytes, offset: int = 0) -> bytes:
    """A font with one byte of a table turned over, `offset` bytes from its start."""
    for number in range(int.from_bytes(data[4:6], "big")):
        entry = data[12 + 16 * number : 28 + 16 * number]
        if entry[:4] == tag:
            at = int.from_bytes(entry[8:12], "big") + offset
            return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
    raise AssertionError(f"no table {tag!r}")


def without(data: bytes, tag: bytes) -> bytes:
    """A font whose directory calls one table by another name."""
    assert data.count(tag, 0, 400) == 1
    return data.replace(tag, b"zzzz", 1)


@pytest.mark.parametrize(
    ("damaged", "message"),
    [
        (lambda data: data[:1_000_000], "フォントが壊れています(途中で切れています: "),
        (lambda data: data[:100], "フォントが壊れています(途中で切れています)。"),
        (lambda data: data[:11], "フォントが壊れています(途中で切れています)。"),
        (lambda data: b"", "フォントとして読めません。"),
        (lambda data: b"OTTO" + data[4:], "TrueTypeの輪郭(glyf)を持たないフォントは埋めこめません。"),
        (lambda data: b"ttcf" + data[4:], "いくつものフォントをまとめたファイル(.ttc)は使えません。"),
        (lambda data: spoilt(data, b"glyf", 500_000), "フォントが壊れています(glyf の表の中身が変わっています)。"),
        (lambda data: spoilt(data, b"head", 20), "フォントが壊れています(head の表の中身が変わっています)。"),
        *(
            (lambda data, tag=tag: without(data, tag), f"フォントが壊れています({tag.decode()} の表がありません)。")
            for tag in (b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap")
        ),
    ],
)
def test_a_damaged_font_of_the_clinic_is_told_at_load(
    damaged: Callable[[bytes], bytes], message: str, tmp_path: Path
) -> None:
    own = tmp_path / BUILT_IN.name
    own.write_bytes(damaged(BUILT_IN.read_bytes()))
    with pytest.raises(Problems) as caught:
        load_faces([tmp_path, FONTS])
    (problem,) = caught.value
    assert problem.place.file == str(own)
    assert problem.message.startswith(message)
    assert problem.hint


def test_a_whole_font_of_the_clinic_is_used_and_ours_are_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []
    own = tmp_path / BUILT_IN.name
    own.write_bytes(BUILT_IN.read_bytes())
    assert fontfile.damage(own) == []

    def measure(path: Path, *, sums: bool) -> list[Problem]:
        measured.extend([path.name] * sums)
        return []

    monkeypatch.setattr("handouts.faces.damage", measure)
    assert load_faces([tmp_path, FONTS])["bold"].faces[0].path == own
    assert measured == [own.name]


def test_a_font_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = fontfile.damage(tmp_path / "x.ttf")
    assert problem.message == "フォントを読めません(権限がありません)。"


def test_a_face_prepared_for_many_subsets_gives_the_same_ones() -> None:
    """The first subset is taken of the face as it is, one after twenty of the face that was prepared."""
    face = Face(FONTS / STACKS["regular"][0])
    glyphs = tuple(sorted(filter(None, map(face.nominal, "膝の裏が痛い"))))
    subset = _subset.__wrapped__
    first = subset(face, glyphs)
    plain = face.for_subset()
    for _ in range(20):
        face.for_subset()
    assert face.for_subset() is not plain
    assert subset(face, glyphs) == first
