"""Which marked content an object of a page stands in (ISO 32000-1, 14.6): a numbered one, an artifact, or none."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct


class Mark(Struct, frozen=True, gc=False):
    """`number` is the marked-content number, -1 where there is none; an artifact is left out of reading on purpose."""

    number: int = -1
    artifact: bool = False

    @property
    def told(self) -> bool:
        """Whether the file says what a reader is to make of it."""
        return self.artifact or self.number >= 0


NO_MARK, ARTIFACT = Mark(), Mark(artifact=True)


def mark_of(handle: Any) -> Mark:
    """The mark of a page object."""
    number = pdfium.FPDFPageObj_GetMarkedContentID(handle)
    if number >= 0:
        return Mark(number)
    names = (_name(pdfium.FPDFPageObj_GetMark(handle, index)) for index in range(pdfium.FPDFPageObj_CountMarks(handle)))
    return ARTIFACT if "Artifact" in names else NO_MARK


def says_otherwise(handle: Any) -> bool:
    """Whether a mark of an object replaces its text (ActualText)."""
    marks = (pdfium.FPDFPageObj_GetMark(handle, index) for index in range(pdfium.FPDFPageObj_CountMarks(handle)))
    return any(pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") for mark in marks)


def _name(mark: Any) -> str:
    """The tag of a mark; names of marks that matter are short."""
    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64, length):
        return ""
    return buffer.raw[: max(0, length.value - 2)].decode("utf-16-le", "replace")
