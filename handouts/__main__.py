"""The one entry point, of `handouts` and of `python -m handouts`: whenever Ctrl-C comes, no traceback is seen."""

GARBAGE = (100_000, 20, 20)
"""When the collector looks for garbage: what a build reads and sets lives to its end, and to look through it every 700
objects, as Python does by itself, takes a tenth of the build."""


def main() -> None:
    """Run the command line; even its import, the longest part of a short command, may be broken off."""
    import gc

    gc.set_threshold(*GARBAGE)
    try:
        from handouts.cli import main as command

        command()
    except KeyboardInterrupt:
        import sys

        from handouts.english import asked, told

        with asked(sys.argv[1:2] == ["--english"]):
            print(told("中止しました。"), file=sys.stderr)
        sys.exit(1)
    finally:
        # All of it dies with the process; the interpreter would first look through it for garbage, several times.
        gc.freeze()


if __name__ == "__main__":
    main()
