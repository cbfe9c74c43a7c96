"""The one entry point, of `handouts` and of `python -m handouts`: whenever Ctrl-C comes, no traceback is seen."""


def main() -> None:
    """Run the command line; even its import, the longest part of a short command, may be broken off."""
    try:
        from handouts.cli import main as command

        command()
    except KeyboardInterrupt:
        import sys

        print("中止しました。", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
