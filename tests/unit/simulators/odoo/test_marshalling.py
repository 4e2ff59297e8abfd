"""XML-RPC's values on the way in and out."""

from __future__ import annotations

from typing import Any
from xmlrpc import client

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwootai.simulators.odoo.errors import BadArguments, OdooError, Unforeseen
from chatwootai.simulators.odoo.orm.fields import Json
from chatwootai.simulators.odoo.orm.model import Recordset
from chatwootai.simulators.odoo.wire import marshalling

pytestmark = pytest.mark.unit

SCALARS = (
    st.booleans()
    | st.integers(-(2**31), 2**31 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("ab<&é\U0001f9f4]]> \n")
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab<&é"), inner, max_size=4)
)


def call(argument: Any) -> bytes:
    return client.dumps((argument,), "execute_kw").encode()


@given(VALUES)
def test_what_goes_out_comes_in_again(value: Json) -> None:
    (read,), _ = client.loads(marshalling.answer(value))
    assert read == value
    assert marshalling.read_call(call(value)) == ("execute_kw", [value])


def test_times_become_odoos_text() -> None:
    moment = client.DateTime("20261123T09:00:38")
    assert marshalling.read_call(call(moment)) == ("execute_kw", ["2026-11-23 09:00:38"])


def test_a_binary_is_refused() -> None:
    with pytest.raises(BadArguments):
        marshalling.read_call(call(client.Binary(b"x")))


def test_records_cannot_be_sent() -> None:
    with pytest.raises(BadArguments, match=r"cannot marshal <class 'odoo\.api\.mail\.activity'> objects"):
        marshalling.answer(Recordset("mail.activity", (31,)))


def test_none_cannot_be_sent() -> None:
    with pytest.raises(BadArguments, match="cannot marshal None unless allow_none is enabled"):
        marshalling.answer(None)


def test_an_int_over_two_to_the_31_cannot_be_sent() -> None:
    with pytest.raises(Unforeseen, match="int exceeds XML-RPC limits"):
        marshalling.answer([2**31])


def test_control_characters_are_dropped() -> None:
    (read,), _ = client.loads(marshalling.answer({"a\x01": ["b\x00c\n"]}))
    assert read == {"a": ["bc\n"]}


def test_a_document_type_is_refused_before_its_entities_grow() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><methodCall><methodName>&b;</methodName>'
    with pytest.raises(Unforeseen, match="not allowed"):
        marshalling.read_call(bomb)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"<a>",
        b"<methodCall><params></params></methodCall>",
        b"<methodCall><methodName>x</methodName><params><param><value><boolean>2</boolean></value></param>",
        b"<methodCall></array></methodCall>",
        b"<methodResponse><fault><value><string>x</string></value></fault></methodResponse>",
        b"<x><params><value><int></int></value></params></x>",
        b"<x><params><value><bigdecimal>x</bigdecimal></value></params></x>",
        b"<x><params><value><struct><member><value><array><data/></array></value></member></struct></value></params></x>",
        b"<?xml version='1.0' encoding='nonsense'?><methodCall/>",
    ],
)
def test_what_is_no_call_is_an_error_of_odoo(body: bytes) -> None:
    with pytest.raises(OdooError):
        marshalling.read_call(body)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["<array>", "</array>", "<data>", "<value>", "</value>", "<struct>", "</struct>", "<member>",
             "<int>", "1", "</int>", "<nil/>", "<params>", "</params>", "<methodName>", "x", "</methodName>",
             "<fault>", "</fault>", "<name>", "</name>", "<base64>", "</base64>", "<a:double>", "</a:double>"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_bogus_xml_ends_in_a_call_or_an_error_of_odoo(parts: list[str]) -> None:
    body = f"<methodCall xmlns:a='a'>{''.join(parts)}</methodCall>".encode()
    try:
        method, arguments = marshalling.read_call(body)
    except OdooError:
        return
    assert isinstance(method, str)
    assert isinstance(arguments, list)
