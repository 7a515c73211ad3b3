"""The texts of `ask` and `attack`, which are DuckDB's, in the words of other engines."""

from typing import Any

from helpers.ask.engine import AskError

DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery")
# The local day, whatever the zone of the session is. What Spark has for AT TIME ZONE moves with the
# session, and errs in the hour that a clock shows twice.
DAYS = {
    "spark": """CAST(CONVERT_TIMEZONE('UTC', {zone}, DATE_ADD(
        MICROSECOND, UNIX_MICROS({moment}), TIMESTAMP_NTZ '1970-01-01 00:00:00')) AS DATE)""",
    "bigquery": "DATE({moment}, {zone})",
}


def written(text: str, dialect: str) -> str:
    """A text of DuckDB's in the words of one of `DIALECTS`.

    >>> print(written("SELECT DATE '2017-12-10' - 17", "postgres"))
    SELECT
      CAST('2017-12-10' AS DATE) - 17
    """
    if dialect not in DIALECTS:
        raise AskError(f"dialect={dialect!r}; give one of {', '.join(DIALECTS)}")
    if dialect == "duckdb":
        return text
    import sqlglot  # takes most of a second

    return worded(sqlglot.parse_one(text, read="duckdb"), dialect)


def worded(tree: Any, dialect: str) -> str:
    """A statement in the words of a dialect, where sqlglot's own would answer differently."""
    import sqlglot
    from sqlglot import exp

    def own(node: Any) -> Any:
        if isinstance(node, exp.Cast) and isinstance(node.this, exp.AtTimeZone):
            moment, zone = node.this.this.sql(dialect), node.this.args["zone"].sql(dialect)
            if dialect in DAYS:
                day = DAYS[dialect].format(moment=moment, zone=zone)
                return sqlglot.parse_one(day, read=dialect)
        if isinstance(node, exp.DateDiff) and dialect == "spark":
            # With a unit it counts hours of the session's zone: a day short where midnight is lost.
            return exp.Anonymous(this="DATEDIFF", expressions=[node.this, node.expression])
        if isinstance(node, exp.Round) and dialect == "postgres":  # which rounds 22.5 to 22
            return exp.Floor(this=exp.Add(this=node.this, expression=exp.Literal.number("0.5")))
        return node

    return str(tree.transform(own).sql(dialect, pretty=True))
