"""Tables of stored files."""

from huancheng.platform.files.models.stored_file import StoredFile

__all__ = ["StoredFile"]
