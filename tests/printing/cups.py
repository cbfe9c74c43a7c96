"""A real CUPS scheduler with virtual printers, private to the tests: a folder, a socket and settings of its own.

The printers are `ippeveprinter`, the sample printer of the CUPS project, behind the scheduler's own filters and IPP
backend, so that what they receive is what a network printer would. Skips, naming what is missing, without CUPS.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

HERE = Path(__file__).resolve().parent
LIMIT = 15.0
"""s in which a step that takes a fraction of a second must be done, on however slow a machine."""
LOOK = 0.03
"""s between two looks at something that is awaited."""
PROGRAMS = ("cupsd", "lp", "lpadmin", "lpstat", "ippeveprinter", "dbus-daemon")
PDF_FILTER = "filter/pdftopdf"
SYSTEM_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
"""Daemons are not on everybody's path."""

_FILES = """\
ServerRoot {root}/etc
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Printcap
Sandboxing relaxed
User {user}
Group {group}
SystemGroup {group}
"""
_SETTINGS = """\
Listen {root}/cups
LogLevel debug
MaxLogSize 0
Browsing No
WebInterface No
DefaultAuthType Basic
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit Cancel-Job>
    AuthType Default
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_BUS = """\
<busconfig>
  <type>session</type>
  <listen>unix:path={root}/bus</listen>
  <policy context="default"><allow send_destination="*"/><allow own="*"/><allow receive_sender="*"/></policy>
</busconfig>
"""
_COMMAND = """\
#!/bin/sh
# What the printer does with a job: notes the options and the document that it received, once nothing halts it.
if [ -e "{halt}" ]; then
    why=$(cat "{halt}")
    echo "STATE: +$why" >&2
    while [ -e "{halt}" ]; do sleep 0.05; done
    echo "STATE: -$why" >&2
fi
cp "$1" "{received}/$IPP_JOB_NAME.pdf"
env | grep '^IPP_' >"{received}/$IPP_JOB_NAME.part"
mv "{received}/$IPP_JOB_NAME.part" "{received}/$IPP_JOB_NAME.env"
"""


@dataclass(frozen=True)
class Received:
    """A job as a printer got it: IPP attributes by their names, and the document."""

    options: Mapping[str, str]
    document: bytes


@dataclass
class VirtualPrinter:
    """A printer: its queue, and the folder where it puts what it receives."""

    name: str
    folder: Path
    port: int = 0

    @property
    def halt(self) -> Path:
        """While this file is there the printer prints nothing; it holds the keyword that says why."""
        return self.folder / "halt"

    def received(self, title: str) -> Received:
        """The job of a title, once it has arrived."""
        options = self.folder / f"{title}.env"
        await_that(options.exists, f"{self.name} to receive {title}")
        lines = (line.partition("=") for line in options.read_text("utf-8").splitlines())
        named = {name.removeprefix("IPP_").lower().replace("_", "-"): value for name, _, value in lines}
        return Received(named, (self.folder / f"{title}.pdf").read_bytes())

    def has(self, title: str) -> bool:
        """Whether a job of this title has come so far."""
        return (self.folder / f"{title}.env").exists()


@dataclass
class Cups:
    """The scheduler: its folder, and its printers by name."""

    root: Path
    printers: dict[str, VirtualPrinter] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What CUPS's programs must be told to speak with this scheduler, and to see nobody's settings."""
        return {
            "CUPS_SERVER": f"{self.root}/cups",
            "CUPS_SERVERROOT": f"{self.root}/etc",
            "HOME": f"{self.root}/home",
            "PATH": SYSTEM_PATH,
        }

    def tell(self, *command: str) -> None:
        """Run a program of CUPS that changes the scheduler."""
        everywhere = {**os.environ, **self.environment, "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, text=True, env=everywhere, timeout=LIMIT, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def spooled(self) -> set[str]:
        """Names of the documents that the scheduler keeps."""
        return {path.name for path in (self.root / "spool").glob("d*")}

    def notes(self) -> dict[str, bytes]:
        """All that the scheduler has written about jobs, apart from the documents: control files, logs, settings."""
        kept = [path for path in self.root.rglob("*") if path.is_file() and not path.name.startswith("d0")]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in kept if path.suffix != ".pdf"}


def await_that(true: Callable[[], T | None], what: str) -> T:
    """What `true` gives as soon as that is something; fails where it stays nothing."""
    end = time.monotonic() + LIMIT
    while not (found := true()):
        if time.monotonic() > end:
            pytest.fail(f"waited {LIMIT:g} s for {what}")
        time.sleep(LOOK)
    return found


@contextmanager
def scheduler() -> Iterator[Cups]:
    """A scheduler with three printers: `desk` (colour, both sides, trays), `plain` (black, one side), `away` (gone)."""
    _need()
    # A socket's path must be short, and the scheduler's own account must be able to pass.
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        cups = Cups(Path(folder))
        cups.root.chmod(0o755)
        for name in ("etc", "cache", "state", "spool/tmp", "log", "home"):
            (cups.root / name).mkdir(parents=True)
        _write_settings(cups.root)
        settings = ("-c", f"{folder}/cupsd.conf", "-s", f"{folder}/files.conf")
        bus = ("--nofork", "--nopidfile", f"--config-file={folder}/bus.xml")
        stack.enter_context(_daemon(cups, cups.root / "bus", "dbus-daemon", *bus))
        stack.enter_context(_daemon(cups, cups.root / "cups", "cupsd", "-f", *settings))
        stack.enter_context(_printer(cups, "desk", "受付プリンター", "-a", str(HERE / "desk.conf")))
        stack.enter_context(_printer(cups, "plain", "診察室1", "-s", "20,0", "-f", "application/pdf"))
        cups.tell("lpadmin", "-p", "away", "-D", "事務室", "-E", "-v", f"ipp://localhost:{_free_port()}/ipp/print")
        cups.tell("lpadmin", "-d", "desk")
        yield cups


def _need() -> None:
    missing = [name for name in PROGRAMS if shutil.which(name, path=SYSTEM_PATH) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    if not any((Path(lib) / "cups" / PDF_FILTER).exists() for lib in ("/usr/lib", "/usr/libexec")):
        pytest.skip("not installed: cups-filters (pdftopdf)")


def _write_settings(root: Path) -> None:
    import grp
    import pwd

    # Root hands its filters to the account that Debian makes for this; anybody else runs them as themselves.
    user = "lp" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    group = "lp" if os.geteuid() == 0 else grp.getgrgid(os.getegid()).gr_name
    files = {"files.conf": _FILES, "cupsd.conf": _SETTINGS, "bus.xml": _BUS}
    for name, text in files.items():
        text = text.format(root=root, user=user, group=group)
        # The administrators' group must not be the one that filters run in.
        text = text.replace(f"SystemGroup {group}", "SystemGroup root") if os.geteuid() == 0 else text
        (root / name).write_text(text, encoding="utf-8")


@contextmanager
def _printer(cups: Cups, name: str, label: str, *options: str) -> Iterator[VirtualPrinter]:
    """A printer that runs, and its queue."""
    printer = VirtualPrinter(name, cups.root / f"printer-{name}", _free_port())
    printer.folder.mkdir()
    command = printer.folder / "command"
    command.write_text(_COMMAND.format(halt=printer.halt, received=printer.folder), encoding="utf-8")
    command.chmod(0o755)
    spool = printer.folder / "spool"
    spool.mkdir()
    arguments = ["-r", "off", "-n", "localhost", "-p", str(printer.port), "-d", str(spool), "-c", str(command)]
    with _daemon(cups, ("localhost", printer.port), "ippeveprinter", *arguments, *options, label):
        uri = f"ipp://localhost:{printer.port}/ipp/print"
        cups.tell("lpadmin", "-p", name, "-D", label, "-E", "-v", uri, "-m", "everywhere")
        # The scheduler asks the printer what it can do after it has said yes.
        await_that((cups.root / "etc" / "ppd" / f"{name}.ppd").exists, f"the queue {name}")
        cups.printers[name] = printer
        yield printer


@contextmanager
def _daemon(cups: Cups, address: Path | tuple[str, int], program: str, *arguments: str) -> Iterator[None]:
    """A program that listens meanwhile; ended by its own number, the hard way where it does not go."""
    path = shutil.which(program, path=SYSTEM_PATH)
    assert path is not None
    own = {**os.environ, **cups.environment, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={cups.root}/bus", "LC_ALL": "C"}
    said = cups.root / "log" / f"{program}.out"
    with said.open("ab") as log:
        process = subprocess.Popen([path, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=own)

    def listens() -> bool:
        assert process.poll() is None, f"{program} ended: {said.read_text(errors='replace')}"
        return _answers(address)

    try:
        await_that(listens, f"{program} to listen")
        yield
    finally:
        process.terminate()
        try:
            process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: Path | tuple[str, int]) -> bool:
    """Whether somebody listens there."""
    with suppress(OSError):
        if isinstance(address, Path):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(address))
        else:
            socket.create_connection(address, timeout=LIMIT).close()
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])
