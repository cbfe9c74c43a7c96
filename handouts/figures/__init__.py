"""The posable figure: poses are sources, pictures are compiled; a build only reads pictures."""
