"""What Sphinx is told about the pages that tools/publish/stage.py lays out."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
project = html_title = "Fifty-Three Viewers"
author, language = "", "en"
extensions = ["myst_nb", "extension"]
nb_execution_mode = "off"  # the stored outputs are the book
myst_heading_anchors = 4
html_theme = "sphinx_book_theme"
html_theme_options = {
    "navbar_persistent": [],  # the search box of the side bar is enough
    "use_download_button": False,
    "home_page_in_toc": True,
}
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["search-field.html", "sbt-sidebar-nav.html"]}
html_static_path = ["build/static"]  # beside this file
html_css_files = ["book.css"]
html_favicon = "icon.svg"
html_copy_source = html_show_sourcelink = False
html_show_search_summary = False  # it is fetched, which no page in a plain folder may do
