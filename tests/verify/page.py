"""The kept page on what `handouts verify` measures: `python -m tests.verify.page` writes it anew, a test compares."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from handouts.checks.file.rules import RULES
from handouts.checks.file.verify import PAGES
from handouts.problems import Severity
from tests.verify.defects import DEFECTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verify.md"
_HEAD = f"""# `handouts verify`: the finished file, measured

Written by `python -m tests.verify.page` from `handouts/checks/file/rules/`; a test compares.

```sh
handouts verify running.pdf            # できた PDF を測る。問題があれば終了コード 1
handouts verify --json 資料/*.pdf       # 機械が読む形で。長さは mm、ページの左上から
```

It opens any PDF, ours or not, with a reader that knows nothing of how it was made (PDFium), and QR codes with another
(ZXing-C++): no YAML, no layout, no theme. Each finding names the page, the place in mm from the upper left corner of
the paper as it lies, and what stands there. All findings of all files come at once; an error (E) makes the command end
with 1, a warning (W) is told. A file that cannot be opened (not there, no PDF, damaged, empty, locked by a password) is
told in one line. Of a file with more than {PAGES} pages the first {PAGES} are measured, and that is said
(`--all-pages` measures them all).

`build` asks the rules marked ● of every file, before it is put in place: those that look at positions and words, are
errors, and render nothing. They cost 10 to 20 ms a page, and once 25 to 45 ms to load the reader. A finding there is a
defect of the program or of a layout, not of the words: it is told, and nothing is written. With `--draft` the file is
written all the same, and the finding told: whoever mends a layout must see the page, and a draft says so on every
side. `--no-verify` leaves the rules out. The test page, which prints up to the edge on purpose, is not measured.

| rule | | ● | asks | limit | from |
|---|---|---|---|---|---|"""
_TAIL = """
## How it is measured

- **Size** is that of the em on paper, after every scaling. Readings above words are told by their tags, or by being
  small kana close above larger text.
- **Contrast** is that of the text's own colour to every colour that makes up a tenth or more of the dots under a
  character, on a rendering of the page (150 dpi) without its text.
- **Hidden** text is found by rendering the page with and without its text: what makes no difference is not seen.
- **Folds** are told by their ticks: short lines in the margin at both ends. With two or more each way, they are cuts.
- **Lines** are rebuilt from where the characters stand, whatever order they were drawn in, upside down ones too;
  paragraphs from the tags, or from lines that begin and follow alike.
- **Black and white**: upright and level lines and frames at 300 dpi, once through an 8 × 8 screen as a printer makes
  dots, once split at grey 128 as a copier does.
- **Persons**: the file's name, its information dictionary, XMP and the names of attachments are searched for the name
  that is printed before 様, and for what looks like a name with 様 or さん, a date of birth, a mobile number, a mail
  address, a patient's number, a user's folder.

## What it cannot tell

- Whether the words are right: `handouts check` asks that of the YAML, a professional of the sheet.
- A name without 様, さん or 殿 that is not on the page; a name in a custom entry of the information dictionary.
- Whether a picture shows what its words say, whether the reading order is sensible, whether a heading is one.
- Whether a file in which text is a picture (a scan, outlined letters) is large enough to read: it says that it is one.
- Curved lines and fills that vanish in black and white; a QR code whose corners are gone, unless its words say QR.
- Where a fold is, when no mark shows it.
"""


def page() -> str:
    """docs/verify.md."""
    count = Counter(defect.rule for defect in DEFECTS)
    lines = [_HEAD]
    for rule in RULES:
        letter = "E" if rule.severity is Severity.ERROR else "W"
        built = "●" if rule.cheap and rule.severity is Severity.ERROR else ""
        limit = rule.limit.replace("|", "\\|")
        lines.append(f"| `{rule.id}` | {letter} | {built} | {rule.meaning} | {limit} | {rule.source} |")
    lines.append(
        f"\n{len(RULES)} rules; {sum(count.values())} files with a single defect each (`tests/verify/defects.py`), "
        "every one found by its rule and by no other."
    )
    return "\n".join(lines) + "\n" + _TAIL


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
