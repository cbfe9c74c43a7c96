"""Everything by name: the clinic's own folder first, then what is built in."""

from handouts.library.folders import find_clinic
from handouts.library.library import Library

__all__ = ["Library", "find_clinic"]
