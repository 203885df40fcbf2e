"""Writing a file for the user: it is there complete, or the old one stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tcf_desktop.base.errors import EnvironmentTrouble


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes ``path`` when the block ends well.

    Raises ``export.unwritable``, or ``data.disk_full`` when that is why; the old file stays then.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tcf-", suffix=path.suffix)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
        temporary = None
    except OSError as error:
        if error.errno in _FULL:
            raise EnvironmentTrouble("data.disk_full", retryable=True) from error
        raise EnvironmentTrouble("export.unwritable", file=path.name) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


_FULL = {28, 122}  # ENOSPC, EDQUOT
