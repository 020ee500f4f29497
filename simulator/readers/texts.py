"""Bytes of a file as text: UTF-8, or UTF-16 where Excel wrote it."""

from __future__ import annotations

from simulator.errors import DataError
from simulator.readers.workbook_bounds import OLE, ZIP

UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(content: bytes, file: str) -> str:
    """The text of a file; :class:`DataError` if it is empty, in another encoding or no text."""
    if content.startswith((OLE, ZIP)):
        raise DataError("input_is_workbook", file=file)
    try:
        # Excel's "Unicode text" is UTF-16 and says so in its first two bytes.
        text = content.decode("utf-16" if content[:2] in UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise DataError("input_encoding", file=file) from None
    if "\0" in text:
        raise DataError("input_encoding", file=file)
    if not text.strip():
        raise DataError("input_empty", file=file)
    return text
