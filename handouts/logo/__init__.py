"""A clinic's logo, from its file in `assets/` to what a sheet can print: a flat picture, or pixels on white."""

from handouts.logo.read import ENDINGS, examine, logo_of

__all__ = ["ENDINGS", "examine", "logo_of"]
