"""The small modules that the notebooks share, in the order of the story.

``log`` and ``estimate`` say what a viewing log and an uncertain number are; ``make`` and
``read`` bring a log; ``ask`` puts questions to it; ``judge``, ``show`` and ``learn`` score,
draw and teach. Imports go in that order only.
"""
