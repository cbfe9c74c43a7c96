"""Logos for the tests, drawn here: good ones, and every way in which a clinic's file is wrong."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

INK = (10, 90, 140)
SVG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    '<g transform="translate(10 10)"><path d="M0 0h80v80h-80zM20 20v40h40v-40z" fill="#0a6"/>'
    '<circle cx="140" cy="40" r="38" style="fill:#ffd700;stroke:#333;stroke-width:4"/>'
    '<path d="M200 80 Q240 -40 280 80" fill="none" stroke="navy" stroke-width="8"/>{}</g></svg>'
)


def badge(width: int = 1000, height: int = 1000, mode: str = "RGB", ink: object = INK) -> Image.Image:
    """A disc with a white triangle, on white or on nothing."""
    ground = (0, 0, 0, 0) if mode == "RGBA" else "white"
    image = Image.new("RGBA" if mode == "RGBA" else "RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, width - 1, height - 1), fill=ink)  # type: ignore[arg-type]
    draw.polygon([(width * 0.3, height * 0.7), (width * 0.5, height * 0.25), (width * 0.7, height * 0.7)], fill="white")
    return image if mode in ("RGB", "RGBA") else image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **fields: object) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    image.save(file, kind, **fields)
    return file.getvalue()


def clinic(folder: Path, data: bytes, name: str = "logo.png", **fields: str) -> Path:
    """A clinic's folder with this logo."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "assets" / name).write_bytes(data)
    said = {"name": "みなと整形外科", "address": "見本市港町2-3-4", "phone": "000-111-2222", "logo": name, **fields}
    (folder / "clinic.yaml").write_text("".join(f"{key}: {value}\n" for key, value in said.items()), encoding="utf-8")
    return folder
