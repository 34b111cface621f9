"""Reading files: inside one root, up to a size, each once.

Templates come from strangers. Nothing outside the root is opened, whatever a path or a link says,
nor anything that is no regular file.
"""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

MAX_BYTES = 16 * 1024 * 1024
MAX_SOURCE = 4 * 1024 * 1024
"""Bytes of Terraform or of a template: AWS takes no template above one mebibyte."""
OUTSIDE = "this lies outside the repository and is not read"


def too_large(most: int) -> str:
    """What is said of a file with more bytes than that."""
    return f"this is larger than {most >> 20} MiB"


class Unreadable(Exception):
    """A file that cannot be read; the message says why, for a person."""


class Withheld(Unreadable):
    """A file whose content somebody else may read, but not this program."""


class Files:
    """The files of a run.

    `root` is the folder that nothing read may leave; `working` is the folder that file names are
    shown from, with `/`.
    """

    def __init__(self, root: Path, working: Path | None = None) -> None:
        self.root = Path(os.path.realpath(root))
        self.working = Path(os.path.realpath(working or Path.cwd()))
        self._prefix = str(self.working).rstrip(os.sep) + os.sep
        self._texts: dict[str, str] = {}
        self._marked: set[str] = set()
        self._bytes: dict[str, bytes] = {}

    def name(self, path: Path | str) -> str:
        """The path as it is shown: from the working folder, with `/`."""
        absolute = os.path.normpath(os.path.join(self.working, path))  # noqa: PTH118
        return Path(os.path.relpath(absolute, self.working)).as_posix()

    def absolute(self, name: str) -> str:
        """The absolute path of a shown name, its links not followed."""
        return os.path.normpath(f"{self._prefix}{name}")

    def path(self, name: str) -> Path:
        """The place of a shown name."""
        return Path(os.path.normpath(self.working / name))

    def place(self, name: str) -> str:
        """Where a shown name lies in its repository, links followed; without one, as shown.

        Raises nothing: what is not there is where it would be.
        """
        if not (self.root / ".git").exists():
            return name
        real = os.path.realpath(self.path(name))
        inside = os.path.relpath(real, self.root)
        return name if inside.startswith(os.pardir) else Path(inside).as_posix()

    def inside(self, name: str) -> bool:
        """Whether a shown name, its links followed, stays below the root."""
        try:
            real = os.path.realpath(self.path(name))
        except ValueError:
            return False  # no file can be called so: a null character, half a character
        root = str(self.root)
        return real == root or real.startswith(root.rstrip(os.sep) + os.sep)

    def is_file(self, name: str) -> bool:
        """Whether there is a file; what the system does not let us look at is none."""
        return os.path.isfile(self.path(name))  # noqa: PTH113

    def is_folder(self, name: str) -> bool:
        """Whether there is a folder; what the system does not let us look at is none."""
        return os.path.isdir(self.path(name))  # noqa: PTH112

    def raw(self, name: str) -> bytes:
        """The content of a file by its shown name.

        Raises `Withheld` if it is outside the root, no regular file or larger than `MAX_BYTES`, and
        `Unreadable` if the system refuses.
        """
        if name in self._texts:
            return (codecs.BOM_UTF8 if name in self._marked else b"") + self._texts[name].encode()
        if name not in self._bytes:
            self._bytes[name] = self._read(name)
        return self._bytes[name]

    def text(self, name: str, most: int = MAX_BYTES) -> str:
        """The content as UTF-8 text, without a byte order mark and with its line ends as they are.

        Raises `Unreadable` as `raw` does, if it is no UTF-8 text, and if it has more bytes.
        """
        if name not in self._texts:
            raw = self.raw(name)
            if len(raw) > most:
                raise Withheld(too_large(most))
            if b"\0" in raw[:8192]:
                raise Unreadable("this is no text but binary data")
            try:
                self._texts[name] = raw.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise Unreadable(f"this is no UTF-8 text (byte {error.start})") from None
            # The bytes of a text can be had from it: they are not kept beside it.
            if self._bytes.pop(name).startswith(codecs.BOM_UTF8):
                self._marked.add(name)
        return self._texts[name]

    def _read(self, name: str) -> bytes:
        if not self.inside(name):
            raise Withheld(OUTSIDE)
        try:
            # Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
            handle = os.open(self.path(name), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            raise Unreadable(error.strerror or "this cannot be opened") from None
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Withheld("this is no regular file")
            if status.st_size > MAX_BYTES:
                raise Withheld(too_large(MAX_BYTES))
            return _whole(handle)
        except OSError as error:
            raise Unreadable(error.strerror or "this cannot be read") from None
        finally:
            os.close(handle)


def _whole(handle: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := os.read(handle, 1 << 20):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise Withheld(too_large(MAX_BYTES))
    return b"".join(parts)
