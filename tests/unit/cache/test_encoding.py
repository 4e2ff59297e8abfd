"""What travels to Redis comes back equal and typed; names never meet; messages are understood or refused."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chatwootai.domain.catalog import Offer, Product, StockLevel
from chatwootai.domain.customers import Customer
from chatwootai.domain.knowledge import Found
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Quote
from chatwootai.domain.promotions import Promotion
from chatwootai.integrations.cache import layout
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.invalidation import MOST_DEBTS, MOST_NAMES, Debts, bounded, heard, told
from chatwootai.integrations.cache.keys import CacheKey, Invalidation, Kind, digest
from chatwootai.integrations.cache.shared import Loaded, Place, Ticket

pytestmark = pytest.mark.unit

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIGURES = st.decimals("-1000000", "1000000", places=3)
MONEY = st.builds(Money, FIGURES, st.sampled_from(["BRL", "USD"]))
st.register_type_strategy(Decimal, FIGURES)
st.register_type_strategy(Money, MONEY)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

OFFERS = Codec(TypeAdapter[Offer | None](Offer | None))
QUOTES = Codec(TypeAdapter(Quote))
LEVELS = Codec(TypeAdapter[StockLevel | None](StockLevel | None))
CUSTOMERS = Codec(TypeAdapter[tuple[Customer, ...]](tuple[Customer, ...]))
FOUND = Codec(TypeAdapter[tuple[Found, ...]](tuple[Found, ...]))
PROMOTIONS = Codec(TypeAdapter[tuple[Promotion, ...]](tuple[Promotion, ...]))


@given(st.none() | st.from_type(Offer))
def test_offers_come_back(value: Offer | None) -> None:
    back = OFFERS.decode(OFFERS.encode(value))
    assert back == value
    assert repr(back) == repr(value)


@given(st.from_type(Quote), st.none() | st.from_type(StockLevel))
def test_quotes_and_stock_come_back(quote: Quote, level: StockLevel | None) -> None:
    assert repr(QUOTES.decode(QUOTES.encode(quote))) == repr(quote)
    assert repr(LEVELS.decode(LEVELS.encode(level))) == repr(level)


@given(
    st.lists(st.from_type(Customer), max_size=2).map(tuple),
    st.lists(st.from_type(Found), max_size=2).map(tuple),
    st.lists(st.from_type(Promotion), max_size=2).map(tuple),
)
def test_customers_passages_and_promotions_come_back(
    customers: tuple[Customer, ...], found: tuple[Found, ...], promotions: tuple[Promotion, ...]
) -> None:
    assert repr(CUSTOMERS.decode(CUSTOMERS.encode(customers))) == repr(customers)
    assert repr(FOUND.decode(FOUND.encode(found))) == repr(found)
    assert repr(PROMOTIONS.decode(PROMOTIONS.encode(promotions))) == repr(promotions)


def test_digits_of_a_decimal_and_a_day_stay_as_they_were() -> None:
    offer = Offer(Product(7, "Sérum"), Money(Decimal("39.9")), Decimal("2.00"), expected=date(2026, 12, 1))
    back = OFFERS.decode(OFFERS.encode(offer))
    assert back is not None
    assert (str(back.available), str(back.price.amount), back.expected) == (
        "2.00",
        "39.90",
        date(2026, 12, 1),
    )
    assert type(back.price) is Money


def test_what_json_cannot_say_and_what_is_no_such_value_are_errors_of_value() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        CUSTOMERS.encode((Customer(1, "\ud800"),))
    for spoilt in (b"", b"{}", b'[{"id":"x"}]', b"\x80\x04."):
        with pytest.raises(ValueError, match="validation error"):
            CUSTOMERS.decode(spoilt)


def test_another_shape_is_another_version() -> None:
    versions = [codec.version for codec in (OFFERS, QUOTES, LEVELS, CUSTOMERS, FOUND, PROMOTIONS)]
    assert len(set(versions)) == len(versions)
    assert Codec(TypeAdapter(Quote)).version == QUOTES.version


@given(*[st.builds(CacheKey, TEXTS, st.sampled_from(Kind), TEXTS, TEXTS)] * 2)
def test_p12_two_keys_never_have_one_name_in_redis(one: CacheKey, other: CacheKey) -> None:
    def names(key: CacheKey) -> tuple[str, ...]:
        place = Place(key.account, key.kind, "v")
        return layout.entry_key(place, key), layout.claim_key(place, key)

    assert (names(one) == names(other)) == (one == other)
    assert (layout.mark_key(one) == layout.mark_key(other)) == (one[:3] == other[:3])


def test_names_that_look_alike_when_joined_are_apart() -> None:
    place = Place("a", Kind.OFFERS, "v")
    tricky = [("1:2", "3"), ("1", "2:3"), ("1:2:3", ""), ("", "1:2:3")]
    assert len({layout.entry_key(place, CacheKey("a", Kind.OFFERS, *pair)) for pair in tricky}) == 4
    assert layout.mark_key(CacheKey("a:1", Kind.OFFERS, "x")) != layout.mark_key(
        CacheKey("a", Kind.OFFERS, "x")
    )
    assert digest("a", "b") != digest("ab", "")


def test_an_entry_counts_only_under_its_marks_and_in_its_time() -> None:
    key = CacheKey("bela", Kind.OFFERS, "7")
    entry = layout.written(Loaded(key, b"a\nb", 30.0, Ticket(b"w", b"m", 100)))
    stored = layout.counting(entry, b"w", b"m", 100)
    assert stored is not None
    assert stored.payload == b"a\nb"
    assert 0 < stored.lasts <= 30
    for whole, mark, since in (
        (b"x", b"m", 100),
        (b"w", b"x", 100),
        (None, b"m", 0),
        (b"w", None, 0),
        (b"w", b"m", 101),
    ):
        assert layout.counting(entry, whole, mark, since) is None
    assert layout.counting(None, b"w", b"m", 0) is None
    ended = f"100 {int(time.time() * 1000) - 1} w m\n1".encode()
    assert layout.counting(ended, b"w", b"m", 0) is None


@given(TEXTS, st.sampled_from(Kind), st.none() | st.frozensets(TEXTS, max_size=5), TEXTS)
def test_an_invalidation_is_heard_as_it_was_told(
    account: str, kind: Kind, names: frozenset[str] | None, origin: str
) -> None:
    what = Invalidation(account, kind, names)
    assert heard(told(what, origin)) == (what, origin)


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff", b"[]", b'{"account":"a"}', b'{"origin":"o","account":"a","kind":"unknown","names":null}'],
)
def test_a_message_of_another_version_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        heard(message)


def test_too_many_names_are_the_whole_kind_and_too_many_debts_a_few_wholes() -> None:
    many = Invalidation("bela", Kind.OFFERS, frozenset(map(str, range(MOST_NAMES + 1))))
    assert bounded(many) == Invalidation("bela", Kind.OFFERS)
    debts = Debts()
    for number in range(MOST_DEBTS + 1):
        debts.add(Invalidation("bela", Kind.STOCK, frozenset({str(number)})))
    assert list(debts.all()) == [Invalidation("bela", Kind.STOCK)]


def test_a_debt_that_came_while_an_equal_one_was_paid_stays() -> None:
    debts = Debts()
    debts.add(Invalidation("bela", Kind.STOCK))
    owed = debts.all()
    debts.add(Invalidation("bela", Kind.STOCK))
    debts.paid(owed)
    assert len(debts.all()) == 1
