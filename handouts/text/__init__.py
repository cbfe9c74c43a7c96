"""A string with markup and a measure become lines of Japanese, by the rules of docs/line-breaking.md."""
