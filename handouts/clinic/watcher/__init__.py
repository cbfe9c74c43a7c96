"""Shows a sheet again at every save: looks for changes, builds in memory, serves the pages to this machine's browser.

Files are looked at by their time of change, twenty times a second, and not by the system's own notices: a clinic's
folder often lies on a shared drive, from which no notice comes; a few dozen files cost less than a millisecond.
"""
