"""Measures content and finished files; each module says what it looks at."""
