"""A PDF locked with a password for e-mailing: AES-256 (revision 6), all rights left, readers' aids among them."""

from __future__ import annotations

import io
import sys
from typing import Any

from handouts.english import told
from handouts.problems import NOWHERE, Problem, Problems

LEAST = 8
"""Fewest characters of a password."""
MOST = 127
"""Most bytes that revision 6 reads of a password (ISO 32000-2, 7.6.4.3.3)."""
_ARCHIVE = ("{http://www.aiim.org/pdfa/ns/id/}part", "{http://www.aiim.org/pdfa/ns/id/}conformance")


def encrypted(data: bytes, password: str) -> bytes:
    """The same PDF, opened by the password alone. Raises Problems where the password will not do, or pikepdf lacks.

    No bytes are the same twice: keys are random. Nothing is written to a file on the way.
    """
    check_password(password)
    pikepdf = _library()
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _no_archive(pdf)
        # Without an owner's password anybody could open it as its owner (ISO 32000-2, 7.6.4.1); a second, secret one
        # would only keep the patient from what everybody may do.
        lock = pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True, allow=_allowed(pikepdf))
        pdf.save(output, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def check_password(password: str) -> None:
    """Raise Problems where a password is too weak, or cannot be typed everywhere. None of them shows it."""
    problems = []
    if not all(" " <= character <= "~" for character in password):
        hint = "全角の字やかなは、開くときに打てないことがあります。"
        problems.append(Problem(NOWHERE, "パスワードに使えるのは、半角の英数字と記号だけです。", hint))
    if len(password) < LEAST:
        hint = "12字より長いものを勧めます。誕生日や電話番号は使わないでください。"
        problems.append(Problem(NOWHERE, f"パスワードが短すぎます。{LEAST}字以上にしてください。", hint))
    if len(password) > MOST:
        problems.append(Problem(NOWHERE, f"パスワードが長すぎます。{MOST}字までにしてください。"))
    if problems:
        raise Problems(problems)


def check_library() -> None:
    """Raise Problems where the library that encrypts is not installed; to be asked before anything else is."""
    _library()


def read_password(source: int | None = None) -> str:
    """A password from the terminal, asked twice and not shown, or the first line of a file descriptor.

    Raises Problems: not the same twice, no terminal, a descriptor that is not open.
    """
    if source is not None:
        return _line(source)
    import click

    if not sys.stdin.isatty():
        hint = "端末で打つか、--password-fd に番号を書いてください(例: --password-fd 3 3<パスワードのファイル)。"
        raise Problems([Problem(NOWHERE, "パスワードをたずねる端末がありません。", hint)])
    first: str = click.prompt(told("パスワード(画面には出ません)"), hide_input=True, err=True)
    check_password(first)
    again: str = click.prompt(told("もう一度"), hide_input=True, err=True)
    if first != again:
        raise Problems([Problem(NOWHERE, "2回のパスワードが違います。", "もう一度打ってください。")])
    return first


def _line(source: int) -> str:
    try:
        with open(source, "rb", closefd=False) as file:
            data = file.readline(4096)
    except (OSError, ValueError):
        message = f"パスワードを、ファイル記述子 {source} から読めません。"
        raise Problems([Problem(NOWHERE, message, "例: --password-fd 3 3<パスワードのファイル")]) from None
    # What cannot be decoded is no printable ASCII either, and is refused as such.
    return data.split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")


def _library() -> Any:
    try:
        import pikepdf
    except ImportError:
        hint = "pip install 'handouts[password]' で入ります。"
        message = "パスワードを付けるためのライブラリー(pikepdf)が入っていません。"
        raise Problems([Problem(NOWHERE, message, hint)]) from None
    return pikepdf


def _allowed(pikepdf: Any) -> Any:
    """Everything is allowed, reading it out above all (PDF/UA-1, 7.16)."""
    return pikepdf.Permissions(**dict.fromkeys(pikepdf.Permissions._fields, True))


def _no_archive(pdf: Any) -> None:
    """Take back the claim to be PDF/A, which forbids encryption (ISO 19005-2, 6.1.3); PDF/UA stays."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in _ARCHIVE:
            if key in metadata:
                del metadata[key]
