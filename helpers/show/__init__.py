"""What ends a cell: figures with a description and their numbers, tables, sentences. All chapters.

figure      a figure with its words and its numbers; a table; a sentence
charts      bars, lines, histograms, ours against theirs
calendar    02: one row a viewer, one mark a day
tradeoff    08, 10: success left against use left
panels      what counts again when something is changed
"""

from helpers.show.calendar import calendar
from helpers.show.charts import against, bars, grid, histogram, lines
from helpers.show.figure import Figure, ShowError, Table, say, table
from helpers.show.panels import crowd, desk, recount, risk, upload
from helpers.show.tradeoff import tradeoff
