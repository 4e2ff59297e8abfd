"""Domains over arbitrary rows find exactly what a plain reading of the same domains finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from tests.fixtures.odoo_domains import Category, Meaning, Thing

from chatwootai.simulators.odoo.orm.domains import condition
from chatwootai.simulators.odoo.orm.environment import Environment, User
from chatwootai.simulators.odoo.orm.fields import Field, Json, Kind, Link
from chatwootai.simulators.odoo.orm.model import Model, record

pytestmark = pytest.mark.integration

CATEGORIES = {
    row.id: row
    for row in (
        Category(901, "Casa", None),
        Category(902, "Mesa", 901),
        Category(903, "Ação", 902),
        Category(904, "casá", None),
    )
}
FIELDS = {
    "name": Field(Kind.CHAR, "Nome", "r.name"),
    "number": Field(Kind.FLOAT, "Número", "r.number"),
    "flag": Field(Kind.BOOLEAN, "Marca", "r.flag"),
    "day": Field(Kind.DATE, "Dia", "r.day"),
    "moment": Field(Kind.DATETIME, "Momento", "r.moment"),
    "owner": Field(Kind.MANY2ONE, "Dono", "r.owner", relation="product.category"),
    "tags": Field(
        Kind.MANY2MANY,
        "Marcadores",
        relation="product.category",
        link=Link("thing_tags", "thing_id", "category_id"),
    ),
}
THINGS = Model("thing", "Coisa", "things", "r.name", "id", record("r.name") | FIELDS)
USER = User(7, "agente", "Agente", 1, 1, (1,), frozenset())
ENVIRONMENT = Environment.of(USER, 18, {"lang": "pt_BR"})
MEANING = Meaning(CATEGORIES)

NAMES = st.text(alphabet="aAáÇcsM /", max_size=4)
NUMBERS = st.sampled_from([Decimal(text) for text in ("-1", "0", "1", "1.5", "2")])
DAYS = st.sampled_from([date(2026, 11, day) for day in (22, 23, 24)])
MOMENTS = st.sampled_from(
    [
        datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 23, 0, 0, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 14, 30, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 24, 0, 0, 0, tzinfo=UTC),
    ]
)
KNOWN = st.sampled_from(sorted(CATEGORIES))
ROWS = st.lists(
    st.builds(
        Thing,
        id=st.just(0),
        name=st.none() | NAMES,
        number=st.none() | NUMBERS,
        flag=st.none() | st.booleans(),
        day=st.none() | DAYS,
        moment=st.none() | MOMENTS,
        owner=st.none() | KNOWN,
        tags=st.sets(KNOWN, max_size=3).map(lambda found: tuple(sorted(found))),
    ),
    min_size=1,
    max_size=8,
)

EQUAL = st.sampled_from(["=", "!="])
MEMBER = st.sampled_from(["in", "not in"])
ORDERED = st.sampled_from(["<", "<=", ">", ">="])
LIKE = st.sampled_from(["like", "not like", "ilike", "not ilike", "=like", "=ilike"])
PATTERNS = st.text(alphabet="aAáÇcsM%_", max_size=3)
UNSET = st.just(False)
DAY_TEXTS = DAYS.map(date.isoformat)
MOMENT_TEXTS = MOMENTS.map(lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"))
NUMBERS_SENT = NUMBERS.map(float)


def _leaf(
    name: str, operators: st.SearchStrategy[str], values: st.SearchStrategy[object]
) -> st.SearchStrategy[object]:
    return st.tuples(st.just(name), operators, values).map(list)


def _scalar(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(
        _leaf(name, EQUAL, values | UNSET),
        _leaf(name, MEMBER, st.lists(values | UNSET, max_size=3)),
        _leaf(name, st.just("=?"), values | UNSET),
    )


def _linked(name: str) -> st.SearchStrategy[object]:
    inner = _scalar("name", NAMES) | _leaf("name", LIKE, PATTERNS)
    return st.one_of(
        _scalar(name, KNOWN),
        _leaf(name, EQUAL, st.sampled_from(["Casa / Mesa", "casá", "x"])),
        _leaf(name, LIKE, PATTERNS),
        _leaf(name, st.sampled_from(["child_of", "parent_of"]), KNOWN),
        _leaf(f"{name}.name", EQUAL, st.sampled_from(["Casa", "Mesa"])),
        _leaf(f"{name}.name", LIKE, PATTERNS),
        _leaf(name, st.sampled_from(["any", "not any"]), st.lists(inner, max_size=2)),
    )


LEAVES: dict[str, st.SearchStrategy[object]] = {
    "text": _scalar("name", NAMES),
    "pattern": _leaf("name", LIKE, PATTERNS),
    "number": _scalar("number", NUMBERS_SENT),
    "ordered numbers": _leaf("number", ORDERED, NUMBERS_SENT | UNSET),
    "flag": _scalar("flag", st.booleans()),
    "day": _scalar("day", DAY_TEXTS),
    "ordered days": _leaf("day", ORDERED, DAY_TEXTS | UNSET),
    "moment": _scalar("moment", MOMENT_TEXTS | DAY_TEXTS),
    "ordered moments": _leaf("moment", ORDERED, MOMENT_TEXTS | DAY_TEXTS),
    "link": _linked("owner"),
    "links": _linked("tags"),
}
DOMAINS: st.SearchStrategy[list[Json]] = st.recursive(
    st.one_of(*LEAVES.values()).map(lambda leaf: [leaf]),
    lambda inner: st.one_of(
        inner.map(lambda domain: ["!", *domain]),
        st.tuples(st.sampled_from("&|"), inner, inner).map(lambda parts: [parts[0], *parts[1], *parts[2]]),
    ),
    max_leaves=6,
)


@pytest.fixture
def connection(odoo_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(odoo_database, options="-c timezone=UTC") as opened:
        for row in CATEGORIES.values():
            opened.execute(
                "INSERT INTO erp.categories (id, name, parent_id) VALUES (%s, %s, %s)",
                (row.id, row.name, row.parent),
            )
        opened.execute(
            "CREATE TEMPORARY TABLE things (id integer, name text, number numeric, flag boolean, day date,"
            " moment timestamptz, owner integer, created_at timestamptz, updated_at timestamptz)"
        )
        opened.execute("CREATE TEMPORARY TABLE thing_tags (thing_id integer, category_id integer)")
        yield opened
        opened.rollback()


def _keep(connection: psycopg.Connection, rows: list[Thing]) -> None:
    connection.execute("DELETE FROM things")
    connection.execute("DELETE FROM thing_tags")
    for number, row in enumerate(rows):
        connection.execute(
            "INSERT INTO things VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (number, row.name, row.number, row.flag, row.day, row.moment, row.owner),
        )
        for tag in row.tags:
            connection.execute("INSERT INTO thing_tags VALUES (%s, %s)", (number, tag))


def _agree(connection: psycopg.Connection, rows: list[Thing], domain: list[Json]) -> None:
    query = sql.SQL("SELECT r.id FROM things r WHERE {} ORDER BY r.id").format(
        condition(THINGS, domain, ENVIRONMENT).sql
    )
    found = [row[0] for row in connection.execute(query).fetchall()]
    assert found == [number for number, row in enumerate(rows) if MEANING.holds([*domain], row)]


# The fixture may be shared: every example replaces its rows. One example is a few dozen statements.
BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@BOUNDED
@given(ROWS, st.lists(DOMAINS, min_size=1, max_size=3))
def test_a_domain_finds_what_its_plain_reading_finds(
    connection: psycopg.Connection, rows: list[Thing], domains: list[list[Json]]
) -> None:
    _keep(connection, rows)
    # Domains one after the other are joined by an implicit "and".
    _agree(connection, rows, [term for part in domains for term in part])


@pytest.mark.parametrize("kind", LEAVES)
@BOUNDED
@given(st.data())
def test_a_leaf_finds_what_its_plain_reading_finds(
    connection: psycopg.Connection, kind: str, data: st.DataObject
) -> None:
    rows = data.draw(ROWS)
    _keep(connection, rows)
    leaf = data.draw(LEAVES[kind])
    assert isinstance(leaf, list)
    _agree(connection, rows, [leaf])
