"""Writes docs/desk-screens.md, the list of the desk's pictures: `python -m tests.docs.screens`."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, FOLDER = DOCS / "desk-screens.md", DOCS / "images" / "desk"
WINDOWS = {"": "1280 × 720", "-short": "低い窓", "-tablet": "タブレット", "-320": "幅 320", "-en": "英語"}
"""What a picture's name ends with, and the window that it shows."""
STATES = {
    "01-start": "はじめ",
    "01-start-used": "今日使った形がある",
    "02-topic": "そのまま",
    "03-personal": "名前入り",
    "03a-personal-empty": "名前入りを開いたとき",
    "03b-calendar": "暦",
    "03c-six-exercises": "6つ目の体操を選んだ",
    "03d-large": "大きく見る",
    "03e-question": "入力を消してよいかを聞く",
    "04-problems": "決めるところがある",
    "05-done": "印刷した(名前入り)",
    "05-done-plain": "印刷した(そのまま)",
    "05a-sending": "送っている",
    "05a-waiting": "プリンターが待っている",
    "05b-printer": "プリンターを選ぶ",
    "05c-browser": "ブラウザーで印刷した",
    "06-clinic-broken": "医院のフォルダーに直すところがある",
    "06b-none": "見つからない",
    "06c-stopped": "止まった",
    "06d-stopped-start": "はじめの画面で止まった",
}
"""What each picture shows; one that is not here is called by its file's name."""
HEAD = """\
# 受付の画面のすべて

本物の画面を、窓の大きさと言葉を変えて写したものです。`python -m tests.desk.screenshots` が写し、
`python -m tests.docs.screens` がこの一覧を書きます(試験が比べます)。
使い方は [front-desk.md](front-desk.md)、しくみは [desk.md](desk.md) にあります。

*Every state of the desk's page, photographed from the real one.*

"""


def _split(stem: str) -> tuple[str, str]:
    window = next((end for end in WINDOWS if end and stem.endswith(end)), "")
    return stem.removesuffix(window), window


def page() -> str:
    """The page: a row for each state, a column for each window."""
    shown = {_split(path.stem) for path in FOLDER.glob("*.png")}
    rows = [list(WINDOWS.values()), ["---"] * len(WINDOWS)]
    names = ["画面", "---"]
    for state in sorted({state for state, _ in shown}):
        names.append(STATES.get(state, state))
        links = {end: f"[{name}](images/desk/{state}{end}.png)" for end, name in WINDOWS.items()}
        rows.append([link if (state, end) in shown else "" for end, link in links.items()])
    return HEAD + "".join(f"| {' | '.join([name, *row])} |\n" for name, row in zip(names, rows, strict=True))


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
