"""What a file says of itself: XMP, information dictionary, language, viewer preferences, colour space."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handouts import __version__
from handouts.pdf import srgb
from handouts.pdf.objects import Stream, text_string

if TYPE_CHECKING:
    from handouts.pages.sheet import Document
    from handouts.pdf.objects import Canvas

CREATOR = f"handouts {__version__}"
PRODUCER = "ReportLab PDF Library"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{properties}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def write(canvas: Canvas, document: Document, tree: int) -> None:
    """Sets the catalogue and the information dictionary; `tree` is the number of the StructTreeRoot."""
    metadata = canvas.add(Stream(_xmp(document).encode(), "/Type/Metadata/Subtype/XML", plain=True))
    profile = canvas.add(Stream(srgb.profile(), "/N 3"))
    canvas.catalog(
        StructTreeRoot=f"{tree} 0 R",
        Metadata=f"{metadata} 0 R",
        MarkInfo="<</Marked true>>",
        Lang=f"({document.language})",
        ViewerPreferences=_viewer_preferences(document),
        OutputIntents=(
            "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
            f"/DestOutputProfile {profile} 0 R>>]"
        ),
    )
    canvas.information(_information(document))


_DUPLEX = {"long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge"}


def _viewer_preferences(document: Document) -> str:
    """The title in the window's bar, no scaling on paper, and over which edge both sides are turned."""
    entries = "/DisplayDocTitle true/PrintScaling/None"
    if len(document.sheets) > 1 and document.edge in _DUPLEX:
        entries += f"/Duplex/{_DUPLEX[document.edge]}"
    return f"<<{entries}>>"


def _information(document: Document) -> bytes:
    """The information dictionary, equal to the XMP; dates at midnight UTC."""
    entries = {
        b"/Title": text_string(document.title),
        b"/Author": text_string(document.author) if document.author else b"",
        b"/Creator": text_string(CREATOR),
        b"/Producer": text_string(PRODUCER),
    }
    if document.date:
        day = f"(D:{document.date.replace('-', '')}000000+00'00')".encode()
        entries |= {b"/CreationDate": day, b"/ModDate": day}
    return b"<<" + b"".join(key + value for key, value in entries.items() if value) + b">>"


def _xmp(document: Document) -> str:
    title = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(document.title)}</rdf:li></rdf:Alt>'
    properties = [
        f"<dc:title>{title}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escape(document.language)}</rdf:li></rdf:Bag></dc:language>",
        f"<xmp:CreatorTool>{escape(CREATOR)}</xmp:CreatorTool>",
        f"<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
    ]
    if document.author:
        properties.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq></dc:creator>")
    if document.date:
        moment = f"{document.date}T00:00:00+00:00"
        properties += [f"<xmp:{name}Date>{moment}</xmp:{name}Date>" for name in ("Create", "Modify")]
    return _XMP.format(properties="\n".join(properties))
