"""The looks of every component, apart from a layout's geometry: lengths in mm, type and rules in pt."""

from typing import Annotated

from msgspec import Meta

from handouts.model.parts import Colour, NonNegative, Positive, Record


class TypeStyle(Record, frozen=True, kw_only=True):
    """Size and leading in pt; `tracking` in em."""

    size: Annotated[float, Meta(ge=5, le=100)]
    leading: Annotated[float, Meta(ge=5, le=200)]
    strong: bool = False
    tracking: Annotated[float, Meta(ge=-0.1, le=0.5)] = 0.0


class TypeStyles(Record, frozen=True, kw_only=True):
    """The few styles of a theme, by role."""

    title: TypeStyle
    heading: TypeStyle
    numeral: TypeStyle
    purpose: TypeStyle
    item: TypeStyle
    phone: TypeStyle
    cover: TypeStyle
    cover_purpose: TypeStyle
    body: TypeStyle
    strong: TypeStyle
    check: TypeStyle
    note: TypeStyle
    unit: TypeStyle
    cell: TypeStyle


class RuleWidths(Record, frozen=True, kw_only=True):
    """Line widths in pt; `bar` in mm."""

    bar: Positive
    frame: Positive
    section: Positive
    label: Positive
    box: Positive
    table: Positive
    hairline: Positive


class Ink(Record, frozen=True, kw_only=True):
    """Colours; `accent` is replaced by the clinic's own unless the theme says `accent_fixed`."""

    ink: Colour
    paper: Colour
    accent: Colour
    accent_fixed: bool = False
    tint: Colour


class HeadingLook(Record, frozen=True, kw_only=True):
    """Section heading: mm from rule to slot, slot to content, width of the number's column, gap to the note."""

    above: NonNegative
    below: NonNegative
    number: NonNegative
    note: NonNegative


class HeaderLook(Record, frozen=True, kw_only=True):
    """First page's head: mm from bar to title, title to purpose; the most that the clinic's logo takes."""

    above_title: NonNegative
    above_purpose: NonNegative
    logo: Annotated[float, Meta(ge=4, le=10)] = 8.0
    logo_width: Annotated[float, Meta(ge=4, le=36)] = 30.0


class WarningLook(Record, frozen=True, kw_only=True):
    """The framed box: paddings, icon, labels and check boxes in mm; `label_height` in pt."""

    top: NonNegative
    sides: NonNegative
    bottom: NonNegative
    icon: Positive
    icon_line: Positive
    icon_gap: NonNegative
    below_heading: NonNegative
    beside: Positive
    """The steps stand beside each other in so much room, else one under the other."""
    abreast: Positive = 200
    """In so much room they stand beside each other where they need more than a side one under the other."""
    label_height: Positive
    label_padding: NonNegative
    label_gap: NonNegative
    below_label: NonNegative
    call_padding: NonNegative
    call_gap: NonNegative


class CheckLook(Record, frozen=True, kw_only=True):
    """Check boxes: size, drop from the slot's top, gap to the text, in mm."""

    size: Positive
    drop: NonNegative
    gap: NonNegative


class ItemLook(Record, frozen=True, kw_only=True):
    """Items of a section: gap between them, gap from title to text, in mm; the list square and its indent."""

    gap: NonNegative
    below_title: NonNegative
    square: Positive
    square_drop: NonNegative
    indent: NonNegative


class FigureLook(Record, frozen=True, kw_only=True):
    """Pictures, mm: width of one of a pair, gap between them, gap to the caption; bounds of a card's picture."""

    pair: Positive
    pair_gap: NonNegative
    caption: NonNegative
    card: Positive
    card_most: Positive
    card_height: Positive
    card_least: Positive
    panel: Positive
    """Width of a card's picture on a panel of a folded sheet."""


class CoverLook(Record, frozen=True, kw_only=True):
    """Cover of a folded sheet, mm: bar to title, title to purpose, to the picture; its greatest width and height.

    `enlarged` is how much wider than drawn the picture may be; `logo` the most that the clinic's logo takes.
    """

    title: NonNegative
    purpose: NonNegative
    above_figure: NonNegative
    figure: Positive
    height: Positive
    enlarged: Annotated[float, Meta(ge=1, le=1.6)]
    logo: Annotated[float, Meta(ge=4, le=10)] = 8.0
    logo_width: Annotated[float, Meta(ge=4, le=36)] = 30.0


class TableLook(Record, frozen=True, kw_only=True):
    """Self-check tables: height of a one-line row, drop of its first slot, width of the key columns, in mm."""

    row: Positive
    drop: NonNegative
    header: Positive
    gap: NonNegative
    """White between columns, at least."""
    keys: Annotated[tuple[Positive, ...], Meta(min_length=1, max_length=3)]
    stack: NonNegative


class CardLook(Record, frozen=True, kw_only=True):
    """Exercise card: padding above and below, letter and number columns, gaps, in mm."""

    padding: NonNegative
    letter: Positive
    number: Positive
    below_title: NonNegative
    above_stop: NonNegative
    above_also: NonNegative
    stop_gap: NonNegative


class DoseLook(Record, frozen=True, kw_only=True):
    """Dose panel: pitch of rows and its least, padding, label column, gap to the unit, in mm."""

    row: Positive
    row_least: Positive
    padding: NonNegative
    label: Positive
    unit: NonNegative
    least: Positive
    """Narrowest panel, with the labels above the values."""


class FormLook(Record, frozen=True, kw_only=True):
    """Forms, mm: height of a row, gaps between label and content, between fields, between boxes; a blank's `_`.

    `cell` and `scale` are width and height of a scale's numbers, `ends` the gap to what its ends mean.
    """

    row: Positive
    label: NonNegative
    field: NonNegative
    option: NonNegative
    blank: Positive
    cell: Positive
    scale: Positive
    ends: NonNegative
    sections: NonNegative


class WriteLook(Record, frozen=True, kw_only=True):
    """Writing lines: pitch and its greatest value, in mm; how many lines at the most."""

    pitch: Positive
    pitch_most: Positive
    lines_most: Annotated[int, Meta(ge=2, le=12)]


class AnswerLook(Record, frozen=True, kw_only=True):
    """Questions and answers: letter column and gap between pairs, in mm."""

    letter: Positive
    gap: NonNegative


class SummaryLook(Record, frozen=True, kw_only=True):
    """Summary: paddings and the gap above, in mm."""

    top: NonNegative
    sides: NonNegative
    bottom: NonNegative
    above: NonNegative


class FooterLook(Record, frozen=True, kw_only=True):
    """Footers, mm: gaps, the last side's four columns, the gap between them, the QR code's modules."""

    above_line: NonNegative
    below_rule: NonNegative
    columns: Annotated[tuple[Positive, ...], Meta(min_length=4, max_length=4)]
    gap: NonNegative
    above_note: NonNegative
    below_note: NonNegative
    hours_key: Positive
    hours_padding: NonNegative
    qr: Positive
    stacked: bool = False
    """The last side's foot in two rows: clinic and hours, then sources, the code's label and the code."""


class DiaryLook(Record, frozen=True, kw_only=True):
    """Diary, mm: columns for name and for what tells rows apart, row, box to tick, width of a box for a number.

    `weeks` stand side by side in a strip, `gap` apart; `strips` is the white above a strip, `air` within a cell.
    """

    weeks: Annotated[int, Meta(ge=1, le=4)] = 2
    name: Positive = 33
    mark: Positive = 16.5
    row: Positive = 8.8
    box: Annotated[float, Meta(ge=5, le=20)] = 7
    pain: Positive = 8.8
    gap: NonNegative = 2
    strips: NonNegative = 5
    air: NonNegative = 1.2


class PersonLook(Record, frozen=True, kw_only=True):
    """Head of a personalised sheet, mm: column of labels, white above and below a value, an empty row, the figure.

    `figure` is the figure's greatest height, `ring` the radius of what goes round the knee, `spot` width and height of
    the mark in it, `spread` how far from the knee's middle its inner and outer side are, `leader` the line to the word.
    """

    label: Positive = 27
    above: NonNegative = 1.0
    below: NonNegative = 0.7
    empty: Positive = 9
    figure: Positive = 66
    ring: Positive = 4.6
    spot: Annotated[tuple[Positive, ...], Meta(min_length=2, max_length=2)] = (2.0, 4.6)
    spread: NonNegative = 1.8
    leader: Positive = 7
    mark: Colour = "#F59A5B"
    title: NonNegative = 2.2
    """White between the title, the topic and the rows."""


class Theme(Record, frozen=True, kw_only=True):
    """The looks of every component, apart from a layout's geometry. Lengths in mm, type and rules in pt."""

    smallest: Annotated[float, Meta(ge=9, le=36)] = 12
    """No text that is read is smaller, pt; 9 is for cards alone, 18 for large print."""
    type: TypeStyles
    rules: RuleWidths
    ink: Ink
    heading: HeadingLook
    header: HeaderLook
    warning: WarningLook
    check: CheckLook
    item: ItemLook
    figure: FigureLook
    cover: CoverLook
    table: TableLook
    card: CardLook
    dose: DoseLook
    write: WriteLook
    form: FormLook
    answer: AnswerLook
    summary: SummaryLook
    diary: DiaryLook = DiaryLook()
    person: PersonLook = PersonLook()
    footer: FooterLook
