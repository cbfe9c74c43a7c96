"""page-validation, the second opinion beside veraPDF: stricter in places, and needs no Java."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import page

from tests.validators.verapdf import Result

PROFILES = {
    "ua1": page.ValidationProfile.PDF_UA_1,
    "2a": page.ValidationProfile.PDF_A_2A,
    "3a": page.ValidationProfile.PDF_A_3A,
}


def page_validation(path: Path, flavour: str = "ua1") -> Result:
    """The verdict on one file against one profile of `PROFILES`; it counts rules, not single checks."""
    report = page.validate_pdf(path, profile=PROFILES[flavour])
    counts = Counter((failure.rule_id, failure.message) for failure in report.failures)
    failures = [f"{rule} × {count}: {message}" for (rule, message), count in sorted(counts.items())]
    return Result(path, flavour, report.is_compliant, report.rules.total, failures=failures)
