"""Rules on what an ear needs: tags, language, title, words for pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handouts.checks.file.geometry import around
from handouts.checks.file.rules.rule import Finding, page_rule, rule
from handouts.checks.file.rules.words import told
from handouts.checks.file.view import Subject, View
from handouts.problems import Severity

_UA = "ISO 14289-1"
_NO_TITLE = (
    r"^(?:file:|[A-Za-z]:\\|/\w|https?://)",
    r"\.(?:pdf|docx?|html?|indd|pptx?|xlsx?|txt|ya?ml)$",
    r"^(?:untitled|\(anonymous\)|無題|名称未設定|Microsoft \w+ - )",
)
"""An address or a path, a file's name, what a program says of itself."""
_NO_WORDS = frozenset({"image", "picture", "figure", "photo", "画像", "図", "写真", "イラスト", "img"})
_IMAGE_NAME = re.compile(r"\.(?:png|jpe?g|gif|svg|tiff?|bmp|webp)$", re.I)


@rule("tagged", Severity.ERROR, "タグがある", f"{_UA} 7.1", cheap=True)
def tagged(subject: Subject) -> Iterator[Finding]:
    """The file is tagged: it says what is a heading, a list, a picture."""
    if not subject.metadata.tagged or not subject.tags.root.kids:
        yield Finding("タグがないので、音声で正しく読めません。", "タグ付き PDF(PDF/UA)で書き出してください。")


@page_rule("untagged-content", Severity.ERROR, "なし", f"{_UA} 7.1", cheap=True)
def untagged_content(view: View) -> Iterator[Finding]:
    """In a tagged file all that is printed is in a tag, or is said to be decoration."""
    tags, number = view.subject.tags, view.page.number
    if not tags.root.kids:
        return

    def lost(mark_number: int, artifact: bool) -> bool:
        return not artifact and (mark_number < 0 or (number, mark_number) not in tags.owners)

    texts = [one for one in view.inked if lost(one.run.mark.number, one.run.mark.artifact)]
    hint = "タグに入れるか、飾り(Artifact)にしてください。"
    yield from told(view, texts, "字がタグに入っていないので、音声で読まれません。", hint)
    shapes = [one.box for one in view.page.shapes if one.painted and lost(one.mark.number, one.mark.artifact)]
    if shapes:
        yield Finding(f"線か図 {len(shapes)} 個がタグに入っていません。", hint, number, around(shapes))


@rule("language", Severity.ERROR, "ja", f"{_UA} 7.2", cheap=True)
def language(subject: Subject) -> Iterator[Finding]:
    """The file says that it is in Japanese where it is."""
    said = subject.metadata.language.strip()
    kana = Counter("\u3040" <= one <= "\u30ff" for view in subject.views for one in view.page.text)[True]
    if not said:
        yield Finding("何語の文書か書かれていません。", "言語(Lang)を ja-JP にしてください。")
    elif kana and not said.lower().startswith("ja"):
        message = f"日本語の文書なのに、言語が {said} になっています。"
        yield Finding(message, "言語(Lang)を ja-JP にしてください。音声が外国語の読みになります。")


@rule("title", Severity.ERROR, "空でなく、ファイル名や untitled でない", f"{_UA} 7.1", cheap=True)
def title(subject: Subject) -> Iterator[Finding]:
    """The file has a title in words."""
    said = subject.metadata.title
    hint = "文書の情報に、紙の題名と同じ題名を入れてください。"
    if not said:
        yield Finding("文書の題名(Title)がありません。", hint)
    elif any(re.search(pattern, said, re.I) for pattern in _NO_TITLE):
        yield Finding("文書の題名(Title)が、題名になっていません。", hint, quote=said)


@rule("alt", Severity.ERROR, "すべての絵", f"{_UA} 7.3", cheap=True)
def alt(subject: Subject) -> Iterator[Finding]:
    """Every picture has words in its place."""
    tags = subject.tags
    for path, element in tags.elements.items():
        if element.role not in ("Figure", "Formula"):
            continue
        said = (element.alt or element.actual_text).strip()
        if not said or said.lower() in _NO_WORDS or _IMAGE_NAME.search(said):
            what = "絵の説明(代替テキスト)がありません。" if not said else "絵の説明が、絵のことを何も言っていません。"
            yield Finding(what, "絵が何を示すかを、1〜2文で書いてください。", tags.pages[path], quote=said)
