"""JupyterLab as the workbook starts it: silent, for this computer only, the reader's own intact."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import lab

TOKEN = "0123456789abcdef"


def _flags() -> dict[str, str]:
    pairs = [
        each.removeprefix("--").split("=", 1) for each in lab.flags(9000, TOKEN, browser=False)
    ]
    return {pair[0]: pair[-1] for pair in pairs}


def test_it_listens_on_this_computer_only_and_asks_for_a_token() -> None:
    flags = _flags()
    assert flags["ServerApp.ip"] == "127.0.0.1"
    assert flags["IdentityProvider.token"] == TOKEN
    assert flags["ServerApp.port"] == "9000"
    assert flags["ServerApp.port_retries"] == "0"


def test_no_news_no_updates_no_catalogue() -> None:
    flags = _flags()
    assert flags["LabApp.news_url"] == "None"
    assert flags["LabApp.check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    assert flags["LabApp.extension_manager"] == "readonly"
    assert Path(flags["LabApp.app_settings_dir"], "overrides.json").is_file()


def test_every_option_is_one_that_jupyterlab_knows() -> None:
    from jupyter_lsp.manager import LanguageServerManager
    from jupyter_server.auth.identity import IdentityProvider
    from jupyter_server.serverapp import ServerApp
    from jupyter_server.services.contents.manager import ContentsManager
    from jupyterlab.labapp import LabApp
    from traitlets.config import Application

    known = (
        *(Application, ContentsManager, IdentityProvider, LabApp, LanguageServerManager, ServerApp),
    )
    traits = {f"{one.__name__}.{name}" for one in known for name in one.class_traits(config=True)}
    assert set(_flags()) - {"allow-root"} <= traits


def test_the_settings_are_ones_that_jupyterlab_knows() -> None:
    """A plugin or a setting that got another name would be silently ignored."""
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas")
    overrides = json.loads((lab.SETTINGS / "overrides.json").read_text())
    for plugin, settings in overrides.items():
        package, name = plugin.split(":")
        schema = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))
        assert set(settings) <= set(schema["properties"]), plugin
    disabled = json.loads((lab.SETTINGS / "page_config.json").read_text())["disabledExtensions"]
    bundles = Path(sys.prefix, "share", "jupyter", "lab", "static")
    text = "".join(each.read_text(encoding="utf-8") for each in bundles.glob("jlab_core*.js"))
    for name in disabled:
        assert name in text or (schemas / name).is_dir(), name


def test_root_is_allowed_only_where_one_is_root(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, allowed in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user, raising=False)
        assert ("allow-root" in _flags()) is allowed


def test_the_address_is_that_of_the_first_chapter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lab, "ROOT", tmp_path)
    assert lab.address(9000, TOKEN) == f"http://127.0.0.1:9000/lab?token={TOKEN}"
    (tmp_path / "notebooks").mkdir()
    (tmp_path / lab.FIRST).touch()
    chapter = "/lab/tree/notebooks/00-start-here.ipynb"
    assert lab.address(9000, TOKEN) == f"http://127.0.0.1:9000{chapter}?token={TOKEN}"
    assert _flags()["LabApp.default_url"] == chapter


@pytest.fixture
def taken() -> Iterator[int]:
    """A port in use."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        yield plug.getsockname()[1]


def test_a_busy_port_that_was_asked_for_is_said(taken: int) -> None:
    with pytest.raises(
        lab.LabError, match=rf"Port {taken} is in use: choose another with --port N"
    ):
        lab.free_port(taken)


def test_the_next_port_is_taken_when_none_was_asked_for(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "PORT", taken)
    assert taken < lab.free_port(None) < taken + lab.NEXT


def test_no_free_port_at_all_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "PORT", taken)
    monkeypatch.setattr(lab, "NEXT", 1)
    with pytest.raises(lab.LabError, match=f"The ports {taken} to {taken} are all in use"):
        lab.free_port(None)


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(
        lab.LabError, match=f"Port {port} is none: expected a number from 1 to 65535"
    ):
        lab.free_port(port)


def test_settings_and_history_stay_in_the_workbook(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    chosen = lab.surroundings()
    for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        assert Path(chosen[name]).is_relative_to(tmp_path / "cache" / "jupyter")


def test_a_folder_that_can_only_be_read_gets_settings_for_one_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()  # where a folder would have to be made
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    chosen = lab.surroundings()
    assert Path(chosen["JUPYTER_CONFIG_DIR"]).parent.is_dir()
    assert not Path(chosen["JUPYTER_CONFIG_DIR"]).is_relative_to(tmp_path)


def test_a_home_that_can_not_be_written_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home").touch()
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "home" / "runtime"))
    assert Path(lab.surroundings()["JUPYTER_RUNTIME_DIR"]).is_dir()


def test_the_end_is_quiet_and_trouble_is_not() -> None:
    def record(text: str) -> logging.LogRecord:
        return logging.LogRecord("ServerApp", logging.CRITICAL, "", 0, text, None, None)

    assert not lab._worth_saying(record("Shutting down..."))
    assert lab._worth_saying(record("ERROR: the Jupyter server could not be started"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """JupyterLab in a home whose own settings ask for news, other doors and missing extensions."""
    home = tmp_path_factory.mktemp("home")
    user = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    user.mkdir(parents=True)
    (user / "notification.jupyterlab-settings").write_text('{"fetchNews": "true"}')
    (home / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.ServerApp.ip = '0.0.0.0'\nc.ServerApp.jpserver_extensions = {'no_such_thing': True}\n"
        "c.IdentityProvider.token = ''\nc.ServerApp.base_url = '/other/'\n"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
    surroundings = {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData"),
        "FIFTY_THREE_DATA": str(tmp_path_factory.mktemp("data")),
        "PYTHONPATH": str(lab.ROOT),
    }
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    log = home / "said.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools", "lab", "--no-browser", "--port", str(port)],
            env=surroundings,
            stdout=out,
            stderr=out,
            cwd=home,
        )
        try:
            end = time.monotonic() + 60
            while not _answers(port):
                assert process.poll() is None and time.monotonic() < end, log.read_text()
                time.sleep(0.1)
            token = re.search(r"token=(\w+)", log.read_text())
            assert token, log.read_text()
            yield f"http://127.0.0.1:{port}", token[1], home
        finally:
            process.terminate()
            process.wait(30)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).read()
    except OSError:
        return False
    return True


def _get(served: tuple[str, str, Path], path: str) -> str:
    request = urllib.request.Request(
        served[0] + path, headers={"Authorization": f"token {served[1]}"}
    )
    return urllib.request.urlopen(request, timeout=20).read().decode()


def test_the_workbook_serves_silent_settings_whatever_the_reader_has_at_home(
    served: tuple[str, str, Path],
) -> None:
    plugin = "@jupyterlab/apputils-extension:notification"
    found = json.loads(_get(served, f"/lab/api/settings/{plugin}"))
    assert found["settings"] == {}
    assert found["schema"]["properties"]["fetchNews"]["default"] == "false"
    assert found["schema"]["properties"]["checkForUpdates"]["default"] is False
    page = _get(served, "/lab")
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)[1])
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
    assert config["news"] == {"disabled": True}
    assert json.loads(_get(served, "/lab/api/news")) == {"news": []}


def test_without_the_token_nothing_is_shown(served: tuple[str, str, Path]) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(served[0] + "/api/contents", timeout=20)


def test_the_whole_workbook_is_in_reach(served: tuple[str, str, Path]) -> None:
    names = {each["name"] for each in json.loads(_get(served, "/api/contents"))["content"]}
    assert {"notebooks", "helpers", "data"} <= names


def test_one_line_is_said_and_nothing_at_home_is_changed(served: tuple[str, str, Path]) -> None:
    home = served[2]
    said = (home / "said.txt").read_text().splitlines()
    assert len(said) == 1, said
    assert re.fullmatch(
        r"The workbook is at http://127\.0\.0\.1:\d+/lab\S* \(Ctrl-C here .*\)", said[0]
    )
    files = {each.relative_to(home).as_posix() for each in home.rglob("*") if each.is_file()}
    runtime = {each for each in files if "/runtime/" in each}
    settings = ".jupyter/lab/user-settings/@jupyterlab/apputils-extension"
    assert files - runtime == {
        "said.txt",
        ".jupyter/jupyter_server_config.py",
        f"{settings}/notification.jupyterlab-settings",
    }
