"""What ends a cell: figures with a description and their numbers, tables, sentences, panels."""

from helpers.show.calendar import calendar
from helpers.show.charts import against, bars, grid, histogram, lines
from helpers.show.figure import Figure, ShowError, Table, say, table
from helpers.show.panels import crowd, desk, recount, risk
from helpers.show.tradeoff import tradeoff
