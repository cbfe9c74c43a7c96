"""The commands of the command line, one module each; `handouts.cli` puts them together."""
