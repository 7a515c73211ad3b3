"""JupyterLab as the workbook starts it: silent, for this computer only, a person's own intact."""

import json
import os
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jupyter_client import BlockingKernelClient

from tests import browser


@dataclass
class Served:
    base: str
    token: str
    said: Path
    home: Path
    folder: Path

    def ask(self, path: str, data: Any = None, method: str | None = None) -> str:
        """What the server answers to somebody with the token."""
        body = None if data is None else json.dumps(data).encode()
        head = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.base + path, body, head, method=method)
        return urllib.request.urlopen(request, timeout=60).read().decode()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """JupyterLab in a home whose own settings ask for news, other doors, missing extensions."""
    home = tmp_path_factory.mktemp("home")
    user = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    user.mkdir(parents=True)
    (user / "notification.jupyterlab-settings").write_text('{"fetchNews": "true"}')
    (home / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.ServerApp.ip = '0.0.0.0'\nc.ServerApp.jpserver_extensions = {'no_such_thing': True}\n"
        "c.IdentityProvider.token = ''\nc.ServerApp.base_url = '/other/'\n"
    )
    folder = browser.copied(tmp_path_factory.mktemp("place"))
    homes = {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home / "AppData")}
    with browser.lab(folder, **homes) as (address, said):
        found = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/lab/tree/my/00\S*token=(\w+)", address)
        assert found, address
        yield Served(*found.groups(), said, home, folder)


def test_settings_are_silent_whatever_a_person_has_at_home(served):
    plugin = "@jupyterlab/apputils-extension:notification"
    found = json.loads(served.ask(f"/lab/api/settings/{plugin}"))
    assert found["settings"] == {}
    assert found["schema"]["properties"]["fetchNews"]["default"] == "false"
    assert json.loads(served.ask("/lab/api/news")) == {"news": []}


def test_nothing_is_shown_without_the_token_and_the_workbook_can_not_be_written_over(served):
    text = {"type": "file", "format": "text", "content": "hello"}
    assert "helpers" in served.ask("/api/contents")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{served.base}/api/contents", timeout=20)
    served.ask("/api/contents/my/notes.md", text, "PUT")
    glossary, mine = "/api/contents/notebooks/glossary.md", "/api/contents/my/notes.md"
    before = (served.folder / "notebooks" / "glossary.md").read_bytes()
    for path, data, method in (
        (glossary, text, "PUT"),
        (glossary, {**text, "chunk": -1}, "PUT"),  # the end of an upload
        ("/api/contents/my/%2e%2e/notebooks/glossary.md", {**text, "chunk": 2}, "PUT"),
        (glossary, {"path": "my/glossary.md"}, "PATCH"),
        (mine, {"path": "notebooks/notes.md"}, "PATCH"),
        (glossary, None, "DELETE"),
        ("/api/contents/notebooks", None, "DELETE"),
        ("/api/contents/notebooks", {"copy_from": "my/notes.md"}, "POST"),
        (f"{glossary}/checkpoints/checkpoint", {}, "POST"),
    ):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            served.ask(path, data, method)
    assert (served.folder / "notebooks" / "glossary.md").read_bytes() == before
    assert not (served.folder / "notebooks" / "notes.md").exists()
    served.ask(mine, {"path": "my/moved.md"}, "PATCH")
    served.ask("/api/contents/my", {"copy_from": "notebooks/glossary.md"}, "POST")
    served.ask("/api/contents/my/moved.md", {**text, "chunk": 1}, "PUT")
    served.ask("/api/contents/my/moved.md", {**text, "chunk": -1}, "PUT")
    assert (served.folder / "my" / "moved.md").read_text() == "hellohello"
    assert (served.folder / "my" / "glossary.md").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no socket files that Jupyter can use")
def test_a_kernel_in_my_finds_the_helpers_in_private_and_after_a_restart(served):
    session = {"path": "my/00-start-here.ipynb", "name": "", "type": "notebook"}
    made = served.ask("/api/sessions", {**session, "kernel": {"name": "python3"}})
    kernel = json.loads(made)["kernel"]["id"]
    (path,) = Path("/tmp").glob(f"*/kernel-{kernel}.json")
    assert json.loads(path.read_text())["transport"] == "ipc"
    assert path.parent.stat().st_mode & 0o077 == 0
    for _ in range(2):
        client = BlockingKernelClient(connection_file=str(path))
        client.load_connection_file()
        client.start_channels(hb=False)
        client.wait_for_ready(60)
        lines: list[str] = []
        client.execute_interactive(
            "import os, helpers; print(os.getcwd(), os.path.dirname(helpers.__file__))",
            output_hook=lambda message, to=lines: to.append(message["content"].get("text", "")),
            timeout=60,
        )
        client.stop_channels()
        assert "".join(lines) == f"{served.folder / 'my'} {served.folder / 'helpers'}\n"
        served.ask(f"/api/kernels/{kernel}/restart", {})


def test_one_line_is_said_and_nothing_at_home_is_changed(served):
    lines = served.said.read_text("utf-8").splitlines()
    assert len(lines) == 1, lines
    files = {path.name for path in served.home.rglob("*") if path.is_file()}
    assert files == {"jupyter_server_config.py", "notification.jupyterlab-settings"}
