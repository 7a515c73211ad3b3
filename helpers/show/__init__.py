"""What ends a cell: figures with a description and their numbers, tables, sentences, two panels."""

from helpers.show.calendar import calendar
from helpers.show.charts import against, bars, histogram, lines
from helpers.show.figure import Figure, ShowError, Table, say, table
from helpers.show.panels import crowd, recount

__all__ = ["Figure", "ShowError", "Table", "against", "bars", "calendar", "crowd"]
__all__ += ["histogram", "lines", "recount", "say", "table"]
