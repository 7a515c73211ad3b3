"""What the book adds to Sphinx: a page made of references.bib, and two mends for screen readers."""

import re
from pathlib import Path

from pybtex.database import parse_file
from pybtex.plugin import find_plugin


def bibliography(app):
    """Write references.bib as a page: a plain list, which screen readers can read."""
    source = Path(app.confdir).parent / "notebooks" / "references.bib"
    entries = parse_file(source).entries.values()
    for entry in entries:
        place = entry.fields.get("howpublished", "")
        entry.fields["howpublished"] = re.sub(r"\\url\{(.+?)\}", r"\1", place)
        entry.fields["title"] = f"{{{entry.fields['title']}}}"  # in the capitals that it has
    style = find_plugin("pybtex.style.formatting", "plain")()
    markdown = find_plugin("pybtex.backends", "markdown")()
    page = "# Bibliography\n\n"
    for entry in style.format_entries(entries):
        line = " ".join(entry.text.render(markdown).split())
        bare = r"(?<![(\[])https?:\S+[\w/]"  # an address that is no link yet
        page += f"- {re.sub(bare, lambda url: f'<{url[0]}>'.replace(chr(92), ''), line)}\n"
    (Path(app.srcdir) / "bibliography.md").write_text(page, "utf-8")


def mended(app, page, template, context, doctree):
    """Leave out what misleads a screen reader: a label that hides a summary's own words, and
    headers of tables with nothing in them."""
    body = context.get("body", "").replace(' aria-label="Toggle hidden content"', "")
    context["body"] = re.sub(r"<th\b[^>]*>(?:<p></p>)?</th>", "<td></td>", body)


def setup(app):
    app.connect("builder-inited", bibliography)
    app.connect("html-page-context", mended)
