"""What start.py and maintainers run: nothing here is part of a chapter."""

import sys

# jsonschema, which JupyterLab, nbformat and nbval bring along, would compile a grammar of internet
# addresses here for more than a second. No schema of ours asks for one, and it does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
