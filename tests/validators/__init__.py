"""Independent validators of the finished file: veraPDF (Java) and page-validation (Rust)."""
