"""The contenders of the benchmark, one small module each; `peer.py` says what a contender is."""
