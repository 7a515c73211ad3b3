"""JupyterLab's files: all can be read, and a person's own be written, renamed, moved and deleted.

JupyterLab imports this module by its name, once `lab` has set where its settings are.
"""

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from tools.learn import own


class OwnFiles(AsyncLargeFileManager):  # type: ignore[misc]
    """The usual manager, behind whose every change `own.may_change` stands."""

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        own.may_change(path)
        return await super().save(model, path)

    async def rename_file(self, old_path: str, new_path: str) -> None:
        own.may_change(old_path)
        own.may_change(new_path)
        await super().rename_file(old_path, new_path)

    async def delete_file(self, path: str) -> None:
        own.may_change(path)
        await super().delete_file(path)

    async def copy(self, from_path: str, to_path: str | None = None) -> Any:
        own.may_change(from_path if to_path is None else to_path)  # beside it, or where it is told
        return await super().copy(from_path, to_path)

    async def restore_checkpoint(self, checkpoint_id: str, path: str) -> None:
        own.may_change(path)
        await super().restore_checkpoint(checkpoint_id, path)
