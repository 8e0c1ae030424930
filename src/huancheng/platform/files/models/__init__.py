"""Tables of stored files."""

from huancheng.platform.files.models.stored_file import StoredFile
from huancheng.platform.files.models.upload import Upload

__all__ = ["StoredFile", "Upload"]
