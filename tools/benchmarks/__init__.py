"""What is measured for speed, one module a benchmark, each with `main(argv) -> int`."""
