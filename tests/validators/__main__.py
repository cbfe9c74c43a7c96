"""Both validators on the files named: `python -m tests.validators FILE.pdf …`; exit 1 where one says not valid."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf


def main(names: list[str]) -> int:
    """0 if every file is PDF/UA-1 to both validators, 1 if one is not, 2 if nothing could be said."""
    paths = [Path(name) for name in names]
    if not paths:
        print("name the files to validate", file=sys.stderr)
        return 2
    try:
        results = [("veraPDF", result) for result in verapdf(paths)]
    except pytest.skip.Exception as missing:
        print(missing, file=sys.stderr)
        return 2
    results += [("page-validation", page_validation(path)) for path in paths]
    for validator, result in results:
        print(f"{validator}: {result}")
    return 0 if all(result.valid for _, result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
