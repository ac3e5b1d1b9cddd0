"""Files that people hand in, read as tables: guarded before they are opened, streamed after.

Pure: no database, no clock. `open_book` refuses by name (`errors`), `Book.rows` streams.
"""

from gwa.collection.files.book import Book, Cell, Notice, Row, Sheet, Unreadable
from gwa.collection.files.opening import open_book

__all__ = ["Book", "Cell", "Notice", "Row", "Sheet", "Unreadable", "open_book"]
