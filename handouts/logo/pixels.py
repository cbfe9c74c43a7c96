"""A PNG or JPEG logo → pixels on white, trimmed, in sRGB, as many as paper can show."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageChops, ImageCms, ImageOps, UnidentifiedImageError
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from handouts.logo.size import LEAST_SHARP, LONGEST, MOST_PIXELS, SHARP, TALLEST, USUAL, USUAL_WIDE, WIDEST, printed
from handouts.pages.blocks import Logo
from handouts.pages.sheet import Bitmap
from handouts.problems import Place, Problem, Problems, Severity

FAINT = 200
"""Lightest grey (0–255) that is still seen on white paper: about 1.6 to 1."""
DARK, DARK_SHARE = 70, 0.8
"""A logo more than so much of which is darker than this prints as a block that eats toner and hides its own lines."""
_WHITE = 250
_MM = 25.4


def read_pixels(data: bytes, place: Place) -> tuple[Logo, tuple[Problem, ...]]:
    """The logo and its warnings. Raises Problems: damaged, huge, too small, empty, too pale, too long."""
    image = _on_white(_opened(data, place))
    image = _trimmed(image, place)
    ratio = image.width / image.height
    if max(ratio, 1 / ratio) > LONGEST:
        message = f"ロゴが細長すぎます(縦と横の比は 1:{LONGEST:g} まで)。"
        raise _wrong(place, message, "正方形か横長のロゴを使ってください。")
    told = (*_sharpness(image, ratio, place), *_darkness(image, place))
    wide, tall = printed(ratio, TALLEST, WIDEST)
    most = max(1, round(wide / _MM * SHARP)), max(1, round(tall / _MM * SHARP))
    if image.width > most[0]:
        image = image.resize(most, Image.Resampling.LANCZOS)
    grey = image.convert("L")
    plain = ImageChops.difference(grey.convert("RGB"), image).getextrema()
    image = grey if all(high <= 2 for _, high in plain) else image  # type: ignore[misc]  # pairs, as it is RGB
    colour = _bitmap(image)
    return Logo(ratio, bitmaps=(colour, colour if image is grey else _bitmap(grey)), place=place), told


def _opened(data: bytes, place: Place) -> Image.Image:
    """The first picture of the file, upright, all of it decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > MOST_PIXELS:
                raise DecompressionBombError
            image.load()
            return ImageOps.exif_transpose(image)
    except (DecompressionBombError, DecompressionBombWarning):
        message = f"ロゴの画素が多すぎます({MOST_PIXELS // 1_000_000} 百万画素まで)。"
        raise _wrong(place, message, "横 1000 ピクセルくらいに縮めてください。") from None
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, EOFError, MemoryError):
        message = "ロゴのファイルが壊れているか、途中で切れています。"
        raise _wrong(place, message, "もとのファイルから、もう一度写してください。") from None


def _on_white(image: Image.Image) -> Image.Image:
    """In sRGB and without transparency."""
    see_through = image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info
    if image.mode.startswith("I"):  # greys of 16 bits
        image = image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if see_through else None
    colours = _in_srgb(image)
    if alpha is None:
        return colours
    paper = Image.new("RGB", image.size, "white")
    paper.paste(colours, mask=alpha)
    return paper


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours by the file's profile; without one, or with a broken one, as the mode says."""
    profile = image.info.get("icc_profile")
    plain = image.convert("RGB") if image.mode in ("P", "PA", "RGBA", "LA", "RGBa", "La", "1", "L") else image
    if profile and plain.mode in ("RGB", "CMYK"):
        try:
            made = ImageCms.profileToProfile(
                plain, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None
        if made is not None:
            return made
    return plain.convert("RGB")


def _trimmed(image: Image.Image, place: Place) -> Image.Image:
    """Without white margins, which would push the logo away from the name."""
    grey = image.convert("L")
    box = grey.point(lambda value: 255 if value < _WHITE else 0).getbbox()
    low = grey.getextrema()[0]
    if box is None or (isinstance(low, int | float) and low > FAINT):
        message = "ロゴが白いか薄すぎて、白い紙の上で見えません。"
        raise _wrong(place, message, "白抜きではない、濃い色のロゴを使ってください。")
    return image.crop(box)


def _sharpness(image: Image.Image, ratio: float, place: Place) -> list[Problem]:
    wide, _ = printed(ratio, USUAL, USUAL_WIDE)
    sharp = image.width / (wide / _MM)
    needed = round(wide / _MM * SHARP)
    hint = f"余白を除いて横 {needed} ピクセル以上の画像か、SVG を使ってください。"
    if sharp < LEAST_SHARP:
        message = f"ロゴが小さすぎます(横 {image.width} ピクセル)。印刷すると、ぎざぎざに見えます。"
        raise _wrong(place, message, hint)
    if sharp < SHARP * 0.875:  # 350 an inch, what a print shop asks for
        message = f"ロゴは窓口の印刷には足りますが、印刷所に出すには小さい画像です(横 {image.width} ピクセル)。"
        return [Problem(place, message, hint, Severity.WARNING)]
    return []


def _darkness(image: Image.Image, place: Place) -> list[Problem]:
    grey = image.convert("L")
    counts = grey.histogram()
    share = sum(counts[:DARK]) / (image.width * image.height)
    if share <= DARK_SHARE:
        return []
    message = f"ロゴの {share:.0%} が黒に近い色です。白黒の印刷では、黒い四角に見えることがあります。"
    return [Problem(place, message, "白い地に描いたロゴがあれば、そちらを使ってください。", Severity.WARNING)]


def _bitmap(image: Image.Image) -> Bitmap:
    return Bitmap(image.width, image.height, 1 if image.mode == "L" else 3, image.tobytes())


def _wrong(place: Place, message: str, hint: str) -> Problems:
    return Problems([Problem(place, message, hint)])
