"""What start.py and maintainers run; the helpers never import it."""

import sys

# JupyterLab, nbformat and nbval import jsonschema, which for a second compiles the grammar of
# rfc3987_syntax, to check addresses that nothing here checks. With this it does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
