"""Numbers that stand beside a chapter's own, and the numbers that a chapter claims. All chapters.

stored      what others published and what our studies measured: the tables in data/
numbers     the numbers of one chapter: `found = judge.Numbers("06")`
paper_2008  05, 05b: the cells of Narayanan and Shmatikov beside ours
"""

from helpers.facts.stored import (
    Fact,
    FactsError,
    data_folder,
    fitted,
    ladder,
    measured,
    measured_table,
    measured_under,
    published,
    published_under,
)
