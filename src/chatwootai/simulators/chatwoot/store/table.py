"""Rows of one table as frozen records."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

import orjson

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence


class Record(Protocol):
    """A dataclass whose fields are named as the columns of its table."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[object]]]

    @property
    def id(self) -> int:
        """Primary key."""


R = TypeVar("R", bound=Record)
Value = object


class Table(Generic[R]):
    """Reads and writes records of type `R`; columns in `json` and `boolean` are converted both ways."""

    def __init__(
        self, record: Callable[..., R], name: str, *, json: Sequence[str] = (), boolean: Sequence[str] = ()
    ) -> None:
        fields = dataclasses.fields(record)  # type: ignore[arg-type]  # a Record is a dataclass
        self.name = name
        self.columns = tuple(field.name for field in fields)
        self._record = record
        self._json = frozenset(json)
        self._json_places = tuple(index for index, column in enumerate(self.columns) if column in self._json)
        self._boolean_places = tuple(index for index, column in enumerate(self.columns) if column in boolean)
        self._select = f"SELECT {', '.join(self.columns)} FROM {name}"  # noqa: S608  # names from our own schema

    def load(self, row: Sequence[object]) -> R:
        """The record of a row whose columns stand in the order of `columns`."""
        values = list(row)
        for index in self._json_places:
            values[index] = orjson.loads(str(values[index]))
        for index in self._boolean_places:
            values[index] = bool(values[index])
        return self._record(*values)

    def first(self, db: sqlite3.Connection, where: str, *values: Value) -> R | None:
        """The first record that meets `where`, which may end in an ORDER BY."""
        row = db.execute(f"{self._select} WHERE {where} LIMIT 1", values).fetchone()
        return self.load(row) if row else None

    def find(self, db: sqlite3.Connection, key: int | None) -> R | None:
        """The record with this primary key."""
        return None if key is None else self.first(db, "id = ?", key)

    def require(self, db: sqlite3.Connection, key: int) -> R:
        """The record that a foreign key promises.

        Raises:
            LookupError: it is gone, as Chatwoot's jobs find after a deletion.
        """
        found = self.find(db, key)
        if found is None:
            raise LookupError(f"{self.name} {key} does not exist")
        return found

    def all(self, db: sqlite3.Connection, where: str, *values: Value) -> list[R]:
        """Every record that meets `where`."""
        return [self.load(row) for row in db.execute(f"{self._select} WHERE {where}", values)]

    def count(self, db: sqlite3.Connection, where: str, *values: Value) -> int:
        """How many records meet `where`."""
        row = db.execute(f"SELECT count(*) FROM {self.name} WHERE {where}", values).fetchone()  # noqa: S608  # as above
        return int(row[0])

    def insert(self, db: sqlite3.Connection, **values: Value) -> R:
        """Add a row; columns that are not named take the default of the schema."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {self.name} ({names}) VALUES ({marks}) RETURNING {', '.join(self.columns)}"  # noqa: S608  # as above
        (row,) = db.execute(sql, tuple(self._stored(values))).fetchall()
        return self.load(row)

    def update(self, db: sqlite3.Connection, key: int, **values: Value) -> R:
        """Change columns of one row and read it back.

        Raises:
            LookupError: no such row.
        """
        settings = ", ".join(f"{column} = ?" for column in values)
        sql = f"UPDATE {self.name} SET {settings} WHERE id = ? RETURNING {', '.join(self.columns)}"  # noqa: S608  # as above
        rows = db.execute(sql, (*self._stored(values), key)).fetchall()
        if not rows:
            raise LookupError(f"{self.name} {key} does not exist")
        return self.load(rows[0])

    def delete(self, db: sqlite3.Connection, key: int) -> None:
        """Remove one row, if it is there."""
        db.execute(f"DELETE FROM {self.name} WHERE id = ?", (key,))  # noqa: S608  # as above

    def _stored(self, values: dict[str, Value]) -> Iterator[Value]:
        for column, value in values.items():
            yield orjson.dumps(value).decode() if column in self._json else value
