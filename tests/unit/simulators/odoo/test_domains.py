"""Domains are parsed into SQL or refused, whatever comes in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue, OdooError
from chatwootai.simulators.odoo.orm.domains import condition
from chatwootai.simulators.odoo.orm.environment import Environment, User
from chatwootai.simulators.odoo.orm.fields import Json
from chatwootai.simulators.odoo.orm.ordering import ordering
from chatwootai.simulators.odoo.orm.registry import model_named
from chatwootai.simulators.odoo.orm.values import parse_datetime
from chatwootai.simulators.odoo.settings import Login

pytestmark = pytest.mark.unit

PRODUCT = model_named("product.product", 18)
USER = User(7, "agente", "Agente", 3, 1, (1,), frozenset({"sale_all", "stock_user"}))
ENVIRONMENT = Environment.of(USER, 18, {"lang": "pt_BR"})
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(
    [
        "id",
        "name",
        "categ_id",
        "categ_id.name",
        "active",
        "write_date",
        "list_price",
        "free_qty",
        "taxes_id",
        "no",
    ]
)
OPERATORS = st.sampled_from(
    ["=", "!=", "<", ">=", "in", "not in", "like", "=ilike", "not ilike", "=?", "child_of", "any", "?"]
)
LEAVES = st.tuples(NAMES, OPERATORS, VALUES).map(list)
DOMAINS = st.lists(st.sampled_from(["&", "|", "!"]) | LEAVES | VALUES, max_size=8)


@given(DOMAINS)
def test_any_domain_becomes_sql_or_is_refused_as_odoo_refuses(domain: list[Json]) -> None:
    with suppress(OdooError):
        assert isinstance(condition(PRODUCT, domain, ENVIRONMENT).sql, sql.Composable)


@given(VALUES | st.text(alphabet="abcdenis,. ", max_size=20))
def test_any_order_becomes_sql_or_is_refused_as_odoo_refuses(order: Json) -> None:
    with suppress(OdooError):
        assert isinstance(ordering(PRODUCT, order, ENVIRONMENT), sql.Composable)


def test_a_domain_of_endless_depth_is_refused() -> None:
    with pytest.raises(BadValue):
        condition(PRODUCT, [*["!"] * 5000, ["id", "=", 1]], ENVIRONMENT)
    with pytest.raises(BadValue):
        condition(PRODUCT, [["product_tmpl_id.product_variant_id." * 500, "=", 1]], ENVIRONMENT)


def test_nested_domains_of_endless_depth_are_refused() -> None:
    domain: list[Json] = [["id", "=", 1]]
    for _ in range(200):
        domain = [["parent_id", "any", domain]]
    with pytest.raises(BadValue, match="steps"):
        condition(model_named("product.category", 18), domain, ENVIRONMENT)


def test_a_date_alone_is_midnight_in_utc() -> None:
    assert parse_datetime("2026-11-23") == parse_datetime("2026-11-23 00:00:00")


@given(st.text(min_size=1).filter(lambda text: ":" not in text), st.text(min_size=1))
def test_a_login_is_read_back_even_when_its_key_has_colons(login: str, key: str) -> None:
    assert Login.parse(f"{login}:{key}:2,1") == Login(login, key, (2, 1))


@pytest.mark.parametrize("text", ["", "a", "a:b", "a:b:", "a:b:x", "a:b:1,", "a::1", ":b:1"])
def test_a_malformed_login_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError, match="expected login:key:company"):
        Login.parse(text)


@pytest.mark.parametrize("operator", [[], {}, None, 1, ["="]])
def test_an_operator_that_is_no_text_is_refused(operator: Json) -> None:
    with pytest.raises(BadValue):
        condition(PRODUCT, [[1, operator, 1]], ENVIRONMENT)
