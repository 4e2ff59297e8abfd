"""Tables of texts, taken apart into records and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models.imported_rows import Imported, numbers_in, plain_value, records_in
from chatwootai.simulators.odoo.orm.fields import Field, Json, Kind

pytestmark = pytest.mark.unit

PATHS = [("name",), ("order_line", "product_id"), ("order_line", "quantity")]
LISTS = frozenset({"order_line"})


def test_a_row_of_lines_only_continues_the_record_before() -> None:
    table = [["A", "mesa", "1"], ["", "cadeira", "4"], ["B", "", ""]]
    assert list(records_in(PATHS, table, LISTS)) == [
        Imported(
            {("name",): "A"},
            {
                "order_line": [
                    {("product_id",): "mesa", ("quantity",): "1"},
                    {("product_id",): "cadeira", ("quantity",): "4"},
                ]
            },
        ),
        Imported({("name",): "B"}),
    ]


@given(st.lists(st.lists(st.text(max_size=3), max_size=4), max_size=6))
def test_no_cell_is_lost_and_none_is_invented(table: list[list[str]]) -> None:
    found = list(records_in(PATHS, table, LISTS))
    cells = [text for record in found for text in record.cells.values()]
    cells += [
        text for record in found for line in record.lines.get("order_line", ()) for text in line.values()
    ]
    given_cells = [text for row in table for text in row[: len(PATHS)] if text]
    assert sorted(cells) == sorted(given_cells)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.BOOLEAN, "Sim", True),
        (Kind.BOOLEAN, "0", False),
        (Kind.INTEGER, "7", 7),
        (Kind.FLOAT, "1.5", 1.5),
        (Kind.SELECTION, "rascunho", "draft"),
        (Kind.SELECTION, "draft", "draft"),
        (Kind.CHAR, "1.5", "1.5"),
    ],
)
def test_texts_become_values_of_the_field(kind: Kind, text: str, value: Json) -> None:
    field = Field(kind, "Campo", selection=(("draft", "Rascunho"),))
    assert plain_value("campo", field, text) == value


@pytest.mark.parametrize(("kind", "text"), [(Kind.INTEGER, "sete"), (Kind.SELECTION, "outra")])
def test_what_does_not_fit_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(BadValue):
        plain_value("campo", Field(kind, "Campo"), text)


def test_ids_are_separated_by_commas() -> None:
    assert numbers_in("3, 4") == [3, 4]
    for text in ("", "x", "-1", "1,,2"):
        with pytest.raises(BadValue):
            numbers_in(text)
