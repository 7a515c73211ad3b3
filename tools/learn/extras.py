"""`with spark`: what start.py has added to .venv, and whether there is a Java that it runs on."""

import argparse

from helpers.ask import spark


def main(argv: list[str]) -> int:
    """0 when Spark can start; what is missing is said, with a line for each system."""
    parser = argparse.ArgumentParser(prog="start.py with", description=__doc__)
    parser.add_argument("name", choices=["spark"], help="Apache Spark, for chapter 12")
    parser.parse_args(argv)
    print(f"Ready: {spark.java()}.")
    return 0
