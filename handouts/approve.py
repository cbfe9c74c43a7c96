"""Approving: what a named professional of the clinic read is written, with its digest, into the clinic's folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from handouts.checks.content import check_handout
from handouts.library import Library
from handouts.library.approval import COPIES, FILE
from handouts.library.folders import CLINIC_FILE
from handouts.model import Role
from handouts.output import made_folder, write_whole
from handouts.problems import NOWHERE, Place, Problem, Problems, Severity

_HEAD = "# handouts approve が書くファイルです。だれが、いつ、どの内容を確認したかの記録です。\n"
MOST = 40
"""Characters of a name at the most: it is printed in the footer."""


def approve(library: Library, name: str, by: str, role: Role, on: date) -> Path:
    """Writes the approval of a topic's present content; other topics' stay. Raises Problems; then nothing changes."""
    folder = library.folders.clinic
    if folder is None:
        hint = f"医院のフォルダー({CLINIC_FILE} のある所)で行うか、--clinic で指定してください。"
        raise Problems([Problem(NOWHERE, "確認を書き込む医院のフォルダーがありません。", hint)])
    by = " ".join(by.split())
    if not by or len(by) > MOST or not by.isprintable():
        raise Problems([Problem(NOWHERE, f"--by には、確認した方の名前を {MOST} 文字までで書いてください。")])
    handout = library.handout(name)
    wrong = [problem for problem in check_handout(handout) if problem.severity is Severity.ERROR]
    if wrong:
        raise Problems(wrong)
    known = {
        str(topic): {"by": str(entry.by), "role": entry.role.value, "on": str(entry.on), "content": str(entry.content)}
        for topic, entry in library.approvals().items()
    }
    known[name] = {"by": by, "role": role.value, "on": on.isoformat(), "content": library.digest(handout)}
    text = yaml.safe_dump(dict(sorted(known.items())), allow_unicode=True, sort_keys=False, width=1000)
    target = folder / FILE
    _keep(folder / COPIES, name, library.content(handout))
    write_whole(target, (_HEAD + text).encode())
    return target


def _keep(folder: Path, name: str, content: dict[str, Any]) -> None:
    """Keep what was approved, so that `handouts diff` can say later what has changed."""
    copy = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    with made_folder(folder):
        write_whole(folder / f"{name}.json", copy.encode())


def unapproved(library: Library, name: str) -> Problem:
    """What is said where a clinic prints nothing without an approval."""
    message = f"「{name}」の今の内容は、まだ確認されていないか、確認の期限が切れています(require_approval)。"
    hint = f"handouts approve {name} --by 名前 --role 医師 で確認を記録するか、--draft で下書きを作ります。"
    return Problem(Place(library.folders.clinic_file().shown), message, hint)
