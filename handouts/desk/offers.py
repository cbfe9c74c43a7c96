"""Which layouts and editions a topic really has room in: each is set once, ahead of being asked for."""

from __future__ import annotations

from datetime import date

from handouts.consult.discreet import discreet
from handouts.desk.sheets import press
from handouts.desk.shelf import Shelf
from handouts.model import Edition, Handout
from handouts.offer import lacking
from handouts.problems import Problems
from handouts.setting import Job, set_handout

FIRST = ("a4", "trifold", "bifold", "card")
"""Layouts in the order of a front desk; the others after them."""


def offers(shelf: Shelf, handout: Handout, today: date) -> dict[str, tuple[Edition, ...]]:
    """The editions of each layout that this topic can be had in; what can be had in none is left out.

    What was found is remembered on the shelf, which a change of any file replaces.
    """
    key = str(handout.id), today
    if key not in shelf.offers:
        shelf.offers[key] = dict(_found(shelf, handout, today))
    return shelf.offers[key]


def _found(shelf: Shelf, handout: Handout, today: date) -> list[tuple[str, tuple[Edition, ...]]]:
    found = []
    names = shelf.library.layouts()
    for name in sorted(names, key=lambda one: (FIRST.index(one) if one in FIRST else len(FIRST), one)):
        try:
            layout = shelf.library.layout(name)
        except Problems:
            continue
        if lacking(layout, handout):
            continue
        editions = tuple(edition for edition in layout.editions if _fits(shelf, handout, Job(today, name, edition)))
        if editions:
            found.append((name, editions))
    return found


def _fits(shelf: Shelf, handout: Handout, job: Job) -> bool:
    if job.edition is Edition.EASY and handout.topic.easy is None:
        return False
    try:
        with press, discreet():
            set_handout(shelf.library, handout, job)
    except Problems:
        return False
    return True
