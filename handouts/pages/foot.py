"""What stands at the foot of a sheet, and what must be said of its review."""

from __future__ import annotations

import re
from datetime import date

from handouts.library.approval import review
from handouts.model import Handout, Review, SourceKind, Text, place_of
from handouts.pages.blocks import Foot, HoursRow
from handouts.text.markup import escape, plain

_WEEK = "月火水木金土日祝"
_DAY = re.compile("([月火水木金土日祝])(?:曜日?|(?<=祝)日)?[・、 ]?")


def review_notice(handout: Handout, printed: date) -> str:
    """What must be said of the review at the head of the sheet; empty where a valid one stands."""
    labels = handout.labels
    said = {Review.VALID: "", Review.EXPIRED: labels.expired}
    return said.get(review(handout, printed), labels.unreviewed)


def _review_state(handout: Handout, printed: date) -> str:
    """The same in the footer, with who reviewed it and when."""
    approval, labels = handout.approval, handout.labels
    state = review(handout, printed)
    if approval is None or state is Review.MISSING:
        return labels.unreviewed_footer
    if state is not Review.VALID:
        return labels.expired_footer if state is Review.EXPIRED else labels.changed_footer
    on = date.fromisoformat(approval.on)
    word = labels.reviewed[handout.clinic.kind]
    return f"{word} {approval.role.value} {escape(approval.by)}({on.year}年{on.month}月)"


def compose_foot(handout: Handout, printed: date, *, draft: bool = False) -> Foot:
    """The footers: topic, edition, date and review state; clinic, hours, QR code and sources."""
    topic, clinic, labels = handout.topic, handout.clinic, handout.labels
    mark = f"**{labels.draft}** " if draft else ""
    edition = labels.edition.replace("#", str(topic.edition))
    shut = closed_days(clinic.closed or "") if clinic.hours else ""
    days = "".join(day for day in _WEEK if day in shut or any(day in hours.days for hours in clinic.hours))
    return Foot(
        edition=Text(
            f"{mark}{escape(bare_title(topic.title))} {edition} {printed.year}年{printed.month}月",
            place_of(topic.title),
        ),
        state=_review_state(handout, printed),
        clinic=clinic.name,
        phone=Text(f"{labels.phone} {clinic.phone}", place_of(clinic.phone)),
        address=(
            Text(f"〒{clinic.postal_code} {clinic.address}", place_of(clinic.address))
            if clinic.postal_code
            else clinic.address
        ),
        hours_label=labels.hours[clinic.kind],
        days=tuple(days),
        hours=tuple(HoursRow(hours.time, tuple(day in hours.days for day in days)) for hours in clinic.hours),
        open=labels.open,
        shut=labels.shut,
        closed=Text(f"{labels.closed} {clinic.closed}", place_of(clinic.closed)) if clinic.closed and not shut else "",
        url=clinic.url or "",
        url_label=labels.qr,
        url_alt=labels.qr_alt,
        draft=labels.draft if draft else "",
        sources=Text(f"{labels.sources}:{_source_names(handout)}。", topic.place),
        sources_elsewhere=labels.sources_elsewhere,
        disclaimer=labels.disclaimer,
    )


def closed_days(closed: str) -> str:
    """The weekdays that are closed where nothing else is said (日・祝, 水曜、日曜); empty for any other words.

    They stand in the table itself, which saves a line.
    """
    return "".join(_DAY.findall(closed)) if closed and not _DAY.sub("", closed) else ""


def _source_names(handout: Handout) -> str:
    """Public bodies by name, once each, articles by clinics last under one common name (content.md)."""
    names: dict[str, None] = {}
    articles = False
    for source in handout.sources.values():
        if source.kind is SourceKind.CLINIC_ARTICLE:
            articles = True
        else:
            names[escape(source.printed or source.publisher)] = None
    if articles:
        names[handout.labels.article] = None
    return "、".join(names)


def bare_title(title: str) -> str:
    """A title on one line: without marks, readings and hand-made breaks."""
    return plain(title).replace("\n", "")
