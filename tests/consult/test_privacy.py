"""A patient's name is on the paper and, where the clinic wants it, in the store: in nothing else a run leaves."""

from __future__ import annotations

import codecs
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.consult.store import FILE, Store
from tests.consult.issuing import PATIENT, clinic, record_text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc shows what runs")

SECRETS = (PATIENT["name"], "𠮷﨑", "邉之介", PATIENT["reading"], "よしざき", "べのすけ", PATIENT["id"], "90317")
"""The whole and its parts; none of them is in any topic, layout or file of the project."""
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp932", "euc_jp", "iso2022_jp", "utf-7")


def forms(secret: str) -> Iterator[bytes]:
    """A text as a file may hold it."""
    for text in {secret, *(unicodedata.normalize(form, secret) for form in ("NFC", "NFD", "NFKC", "NFKD"))}:
        for encoding in ENCODINGS:
            try:
                yield text.encode(encoding)
            except UnicodeEncodeError:
                continue
        yield json.dumps(text).strip('"').encode()
        yield json.dumps(text).strip('"').upper().replace("\\U", "\\u").encode()
        yield text.encode("unicode_escape")
        yield ascii(text).strip("'").encode()
        yield quote(text).encode()
        yield quote(text, encoding="cp932", errors="ignore").encode()
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            hexadecimal = codecs.encode(text.encode(encoding), "hex")
            yield hexadecimal
            yield hexadecimal.upper()
        yield "".join(f"&#{ord(one)};" for one in text).encode()
        yield "".join(f"&#x{ord(one):x};" for one in text).encode()


NEEDLES = {form: secret for secret in SECRETS for form in forms(secret) if len(form) >= 4}


def found_in(data: bytes) -> list[str]:
    """Which secrets are in some bytes."""
    return sorted({secret for needle, secret in NEEDLES.items() if needle in data})


@dataclass
class Run:
    """What a run left behind: what it said, what /proc showed of it and its children, and its folder."""

    folder: Path
    code: int
    out: bytes
    err: bytes
    seen: set[bytes] = field(default_factory=set)

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def papers(self) -> list[Path]:
        return [path for path in self.files() if path.read_bytes().startswith(b"%PDF-")]

    def leaks(self, *, store: bool = False) -> dict[str, list[str]]:
        """Where secrets are, but in pages and, with `store`, in the store (its journal too)."""
        data = {"standard output": self.out, "standard error": self.err}
        data |= {f"process: {seen!r}": seen for seen in self.seen}
        for path in sorted(self.folder.rglob("*")):
            data[f"the name of {path.name}"] = os.fsencode(path)
            if path.is_symlink() or not path.is_file() or (store and path.name in (FILE, f"{FILE}-journal")):
                continue
            data[str(path)] = outside_pages(path) if path in self.papers() else path.read_bytes()
        return {name: found for name, one in data.items() if (found := found_in(one))}


def outside_pages(path: Path) -> bytes:
    """All objects of a PDF, decompressed: but the pages' contents, what they draw, and texts that stand for these."""
    parts = []
    with pikepdf.open(path) as pdf:
        given = [page.obj.get("/Contents", pikepdf.Array()) for page in pdf.pages]  # a blank page has none
        contents = {part.objgen for one in given for part in (one if isinstance(one, pikepdf.Array) else [one])}
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                parts.append(b"" if thing.objgen in contents else thing.read_bytes())
                parts.append(repr(dict(thing.items())).encode())
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
                parts += texts(thing)
        parts.append(bytes(pdf.Root.Metadata.read_bytes()))
    return b"\n".join(parts)


def texts(thing: pikepdf.Object) -> Iterator[bytes]:
    """Every string in an object but those of its /ActualText; what is an object of its own is seen by itself."""
    items = list(thing.items()) if isinstance(thing, pikepdf.Dictionary) else [("", one) for one in thing]
    for key, value in items:
        yield str(key).encode()
        if isinstance(value, pikepdf.String) and key != "/ActualText":
            yield bytes(value)
            yield str(value).encode("utf-8", "surrogatepass")
        elif isinstance(value, pikepdf.Name):
            yield str(value).encode()
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from texts(value)


class Place:
    """A machine of its own: home, temporary folder, work folder, and a clinic that keeps records or not."""

    def __init__(self, folder: Path, repository: Path, *, records: bool) -> None:
        self.folder, self.repository = folder, repository
        for name in ("home", "tmp", "work"):
            (folder / name).mkdir()
        self.clinic = clinic(folder / "clinic", records=records)

    @property
    def store(self) -> Path:
        return self.folder / "home" / ".local" / "share" / "handouts"

    def start(self, *arguments: str, code: str = "", descriptors: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """Start `handouts`, or, with `code`, what changes it first."""
        program = ["-c", f"{code}\nfrom handouts.__main__ import main\nmain()"] if code else ["-m", "handouts"]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(self.repository),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "HANDOUTS_CLINIC": str(self.clinic),
        }
        command = [sys.executable, *program, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=environment,
            cwd=self.folder / "work",
            pass_fds=descriptors,
        )

    def run(self, *arguments: str, said: str = "", code: str = "", descriptors: tuple[int, ...] = ()) -> Run:
        process = self.start(*arguments, code=code, descriptors=descriptors)
        seen: set[bytes] = set()
        watching = threading.Thread(target=watch, args=(process, seen))
        watching.start()
        out, err = process.communicate(said.encode(), timeout=60)
        watching.join()
        return Run(self.folder, process.returncode, out, err, seen)

    def run_here(self, *arguments: str, said: str = "") -> Run:
        """The same within this process, which is much quicker; /proc then shows nothing of it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tempfile.tempdir", str(self.folder / "tmp"))
            patch.setenv("HOME", str(self.folder / "home"))
            patch.setenv("HANDOUTS_CLINIC", str(self.clinic))
            patch.delenv("HANDOUTS_DATA")
            patch.chdir(self.folder / "work")
            result = CliRunner().invoke(main, [*arguments], input=said)
        return Run(self.folder, result.exit_code, result.stdout_bytes, result.stderr_bytes)


def watch(process: subprocess.Popen[bytes], seen: set[bytes]) -> None:
    """Note the command lines and environments of a process and all its descendants until it ends."""
    while process.poll() is None:
        for number in descendants(process.pid):
            for name in ("cmdline", "environ", "comm"):
                try:
                    seen.add(Path(f"/proc/{number}/{name}").read_bytes())
                except OSError:
                    continue
        time.sleep(0.02)


def descendants(number: int) -> Iterator[int]:
    yield number
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from descendants(int(child))


@pytest.fixture(params=[False, True], ids=["without records", "with records"])
def place(request: pytest.FixtureRequest, tmp_path: Path, repository: Path) -> Place:
    return Place(tmp_path, repository, records=request.param)


@pytest.fixture
def keeps(place: Place) -> bool:
    return "records: true" in (place.clinic / "clinic.yaml").read_text(encoding="utf-8")


@pytest.fixture
def keeping(tmp_path: Path, repository: Path) -> Place:
    return Place(tmp_path, repository, records=True)


# The search itself ----------------------------------------------------------------------------------------------


def test_the_search_finds_a_name_wherever_it_is(tmp_path: Path) -> None:
    for text in (PATIENT["name"].encode("utf-16"), b"x" + "邉之介".encode("cp932"), b'{"id": "KARTE-90317"}'):
        assert found_in(text)
    assert found_in(json.dumps(PATIENT).encode())
    assert not found_in("見本 花子 ひざうら".encode())
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].contents_add(PATIENT["name"].encode("utf-16-be").hex().encode())
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(ActualText=PATIENT["name"]))
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "膝の体操メモ"
        pdf.save(tmp_path / "clean.pdf")
        assert not found_in(outside_pages(tmp_path / "clean.pdf"))
        pdf.docinfo["/Title"] = f"{PATIENT['name']} 様"
        pdf.save(tmp_path / "title.pdf")
        del pdf.docinfo["/Title"]
        pdf.Root.StructTreeRoot.Alt = PATIENT["reading"]
        pdf.save(tmp_path / "alt.pdf")
        del pdf.Root.StructTreeRoot.Alt
        pdf.save(tmp_path / "xmp.pdf", preserve_pdfa=False)
    with pikepdf.open(tmp_path / "xmp.pdf", allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["dc:description"] = f"{PATIENT['id']}"
        pdf.save(tmp_path / "xmp.pdf", compress_streams=True)
    for name in ("title", "alt", "xmp"):
        assert found_in(outside_pages(tmp_path / f"{name}.pdf")), name


def test_no_secret_is_a_word_of_the_project(keeping: Place) -> None:
    """Else a leak would be seen where there is none."""
    run = keeping.run("personalize", "-", "--yes", said=record_text(patient={"name": "見本 花子"}))
    assert run.code == 0, run.err.decode()
    assert run.leaks() == {}
    assert not [path for path in run.papers() if found_in(path.read_bytes())]


# The runs -------------------------------------------------------------------------------------------------------


def test_a_sheet_that_was_made(place: Place, keeps: bool) -> None:
    run = place.run("personalize", "-", "--yes", said=record_text(notes=["痛む日は休みます"], conditions=["人工関節"]))
    assert run.code == 0, run.err.decode()
    assert run.seen
    assert run.leaks(store=keeps) == {}
    (paper,) = run.papers()
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    with pikepdf.open(paper) as pdf:
        assert PATIENT["name"] in "".join(actual_texts(pdf)) or PATIENT["name"] in page_text(paper)
    with Store.opened(place.store) as store:
        assert len(store.lines()) == 1
        assert len(store.patients()) == keeps
    assert bool(found_in((place.store / FILE).read_bytes())) is keeps
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place.store, place.store / FILE)}
    assert modes == {"handouts": 0o700, FILE: 0o600}


def actual_texts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing:
            yield str(thing.ActualText)


def page_text(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


REFUSED = {
    "a question is open": record_text(exercises=["hamstring-chair:90s*9*9/day"]),
    "a key that is none": record_text(patient={**PATIENT, "名": PATIENT["name"]}),
    "the name in a wrong place": record_text(side=PATIENT["name"], topics=[PATIENT["reading"]]),
    "the name as an exercise": record_text(exercises=[PATIENT["name"], f"{PATIENT['id']}:20s"]),
    "the name as a day": record_text(next_visit=PATIENT["name"], date=PATIENT["id"]),
    "a line break in the name": record_text(patient={**PATIENT, "name": f"{PATIENT['name']}\n邉之介"}),
    "a control character": record_text(patient={**PATIENT, "name": f"{PATIENT['name']}\x07"}),
    "too long a name": record_text(patient={**PATIENT, "name": PATIENT["name"] * 20}),
    "too long an id": record_text(patient={**PATIENT, "id": PATIENT["id"] * 20}),
    "a bad age": record_text(patient={**PATIENT, "age": PATIENT["name"]}),
    "a patient that is a text": record_text(patient=PATIENT["name"]),
    "a record that is the name": PATIENT["name"],
    "broken JSON": record_text()[:-1],
    "broken YAML": f"patient: {{name: {PATIENT['name']}\nside: [right",
    "a tab": f"\tpatient: {PATIENT['name']}\n",
    "an alias that is none": f"patient: *{PATIENT['name'].replace(' ', '')}\nside: right\n",
    "a doubled key": f"patient:\n  name: {PATIENT['name']}\n  name: {PATIENT['name']}\n",
    "markup that is none": record_text(notes=[f"{{{PATIENT['name']}", f"**{PATIENT['reading']}"]),
    "a code that is the name": record_text(previous="邉之介邉之介邉之介"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_a_record_that_was_refused(text: str, keeping: Place) -> None:
    run = keeping.run_here("personalize", "-", said=text)
    assert run.code == 1, run.out.decode() + run.err.decode()
    assert "エラー" in run.err.decode()
    assert "プログラムの中で失敗" not in run.err.decode()
    assert run.papers() == []
    assert run.leaks() == {}


def test_a_record_file_that_was_refused(keeping: Place) -> None:
    """Problems of a file may show the line they point at."""
    record = keeping.folder / "clinic" / "record.yaml"
    record.write_text(record_text(side="sideways"), encoding="utf-8")
    run = keeping.run_here("personalize", str(record))
    record.unlink()
    assert run.code == 1
    assert "record.yaml:1:" in run.err.decode()
    assert run.leaks() == {}


def test_a_record_in_another_encoding(keeping: Place) -> None:
    record = keeping.folder / "clinic" / "record.yaml"
    record.write_bytes(record_text(patient={"name": "渡邉 之介邉之介"}).encode("cp932"))
    run = keeping.run_here("personalize", str(record))
    record.unlink()
    assert run.code == 1
    assert run.leaks() == {}


@pytest.mark.parametrize("option", ["--verbose", "--timing"])
def test_options_that_tell_more(option: str, keeping: Place) -> None:
    """Whether there is such an option or not."""
    run = keeping.run_here("personalize", "-", "--yes", option, said=record_text())
    assert run.code in (0, 2)
    assert run.leaks(store=True) == {}


def test_a_sheet_that_cannot_be_written(place: Place, keeps: bool) -> None:
    run = place.run_here("personalize", "-", "--yes", "-o", "nowhere/sheet.pdf", said=record_text())
    assert run.code == 1
    assert run.papers() == []
    assert run.leaks() == {}


def test_a_sheet_made_again_and_the_records(keeping: Place) -> None:
    assert keeping.run("personalize", "-", "--yes", said=record_text()).code == 0
    with Store.opened(keeping.store) as store:
        (code,) = store.patients()
    again = keeping.run("personalize", "--again", code, "-o", "again.pdf")
    assert again.code == 0, again.err.decode()
    assert len(again.papers()) == 2
    assert again.leaks(store=True) == {}
    listed = keeping.run_here("records", "list", "--patient", said=f"{PATIENT['name']}\n")
    assert listed.code == 0
    assert listed.leaks(store=True) == {}
    for said in ("邉之介", f"{PATIENT['name']}様"):
        refused = keeping.run_here("records", "erase", "--patient", "--yes", said=f"{said}\n")
        assert refused.code == 1
        assert refused.leaks(store=True) == {}
    erased = keeping.run("records", "erase", "--patient", "--yes", said=f"{PATIENT['name']}\n")
    assert erased.code == 0
    assert erased.leaks() == {}


def test_a_locked_sheet(keeping: Place) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"correct horse 42~\n")
    os.close(writing)
    arguments = ("personalize", "-", "--yes", "--password-fd", str(reading), "-o", "locked.pdf")
    run = keeping.run(*arguments, said=record_text(), descriptors=(reading,))
    os.close(reading)
    assert run.code == 0, run.err.decode()
    paper = keeping.folder / "work" / "locked.pdf"
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    data = paper.read_bytes()
    # Nothing was written unlocked on the way, and nothing can be read in it as it is.
    assert not found_in(data)
    assert b"correct horse" not in b"".join([run.out, run.err, *run.seen, *(path.read_bytes() for path in run.files())])
    paper.unlink()
    assert run.papers() == []
    assert run.leaks(store=True) == {}


def test_a_batch(place: Place, keeps: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Good rows and bad ones, on several cores, into single files and one of all."""
    name, reading, id_ = PATIENT.values()
    rows = [
        "お名前,ふりがな,患者番号,膝,資料,次の受診",
        *(f"{name},{reading},{id_},{side},stairs,2026-12-07" for side in ("右", "左", "両方")),
        f"{name},{reading},{id_},{name},stairs,2026-12-07",
        f"{name},{reading},{id_},右,{reading},{id_}",
        f"{name}\x07,{reading},{id_},右,stairs,2026-12-07",
    ]
    table = tmp_path_factory.mktemp("table") / "patients.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    arguments = ("--yes", "--jobs", "2", "-o", "sheets/", "--merge", "all.pdf", "--date", "2026-11-22")
    run = place.run("batch", str(table), *arguments)
    assert run.code == 1, run.out.decode() + run.err.decode()
    assert "patients.csv:5" in run.err.decode()
    assert len(run.papers()) == 4
    assert run.leaks(store=keeps) == {}
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in run.files() if path.parent != place.clinic}
    assert set(modes.values()) == {0o600}
    with Store.opened(place.store) as store:
        assert len(store.lines()) == 3
        assert len(store.patients()) == 3 * keeps


FAILING = {
    "while it is set": ("handouts.consult.issue", "set_personal"),
    "while it is drawn": ("handouts.consult.issue", "write"),
    "while it is kept": ("handouts.consult.issue", "content_of"),
    "while it is written": ("handouts.consult.issue", "write_whole"),
}


@pytest.mark.parametrize(("module", "name"), FAILING.values(), ids=FAILING.keys())
def test_a_failure_that_nobody_foresaw(module: str, name: str, keeping: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text, its notes and its cause may hold whatever was worked on."""

    def fail(*given: object, **named: object) -> None:
        error = ValueError(PATIENT["name"])
        error.add_note(PATIENT["reading"])
        raise error from KeyError(PATIENT["id"])

    monkeypatch.setattr(f"{module}.{name}", fail)
    run = keeping.run_here("personalize", "-", "--yes", said=record_text())
    assert run.code == 1
    assert "プログラムの中で失敗しました(ValueError" in run.err.decode()
    assert b"Traceback" not in run.err
    assert run.papers() == []
    assert run.leaks() == {}


STOPPING = {
    "before it is kept": "handouts.consult.issue.Record.of = classmethod(stop)",
    "while it is kept": "handouts.consult.store.Store._writing = stop",
    "before it is written": "handouts.consult.issue.write_whole = stop",
    "while it is written": "os.replace = stop",
}


@pytest.mark.parametrize("moment", STOPPING.values(), ids=STOPPING.keys())
def test_a_crash(moment: str, place: Place, keeps: bool) -> None:
    """Killed at its most delicate moments; what is left is for the owner alone."""
    code = (
        "import os, signal, sqlite3, handouts.consult.issue, handouts.consult.store\n"
        "def stop(*given, **named):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{moment}"
    )
    run = place.run("personalize", "-", "--yes", said=record_text(), code=code)
    assert run.code == -signal.SIGKILL, run.err.decode()
    assert run.leaks(store=keeps) == {}
    for path in run.files():
        if path.parent not in (place.clinic,):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    # What is left of a file that was being written is the paper alone.
    assert len(run.papers()) == ("os.replace" in moment)
    with Store.opened(place.store) as store:
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert len(store.patients()) == (keeps and ("write_whole" in moment or "os.replace" in moment))


def test_the_journal_of_a_crash_is_in_the_store_alone(keeping: Place) -> None:
    """Where SQLite had begun to write: the journal is beside the file, and gone with the next sheet."""
    code = (
        "import os, signal, sqlite3, handouts.consult.store as store\n"
        "class Stopped(sqlite3.Connection):\n"
        "    def execute(self, statement, *given):\n"
        "        if statement == 'COMMIT' and super().execute('SELECT count(*) FROM sheets').fetchone()[0]:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return super().execute(statement, *given)\n"
        "store.sqlite3 = type('Module', (), {**vars(sqlite3), 'connect': staticmethod(\n"
        "    lambda path, **named: sqlite3.connect(path, factory=Stopped, **named))})\n"
    )
    run = keeping.run("personalize", "-", "--yes", said=record_text(), code=code)
    assert run.code == -signal.SIGKILL, run.err.decode()
    left = {path.name: stat.S_IMODE(path.stat().st_mode) for path in keeping.store.iterdir()}
    assert left == {FILE: 0o600, f"{FILE}-journal": 0o600}
    assert run.leaks(store=True) == {}
    assert keeping.run("personalize", "-", "--yes", said=record_text()).code == 0
    assert [path.name for path in keeping.store.iterdir()] == [FILE]
    with Store.opened(keeping.store) as store:
        assert len(store.lines()) == 1
