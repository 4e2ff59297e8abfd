"""Our mark in an event's description: found again whatever Odoo or people make of the text around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.integrations.odoo.booking_marks import BookingMark, found_mark, with_customer, with_key

pytestmark = pytest.mark.unit

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXTS.filter(bool), TEXTS, st.integers(1, 2**31 - 1), TEXTS)
def test_a_mark_is_found_as_it_was_written_whoever_is_named(
    key: str, service: str, customer: int, name: str
) -> None:
    mark = BookingMark(key, service, customer)
    assert found_mark(mark.written(name)) == mark


def test_the_mark_is_a_sentence_that_people_understand() -> None:
    written = BookingMark("conv-2", "CORTE", 49).written("Maria & Filhas")
    assert written == (
        "<p>Agendado pelo atendimento. Referência: [conv-2]. Serviço: [CORTE]."
        " Cliente: [49] Maria &amp; Filhas.</p>"
    )


def test_a_customer_whose_name_is_a_mark_is_not_taken_for_one() -> None:
    forged = BookingMark("alheia", "CORTE", 7).written("")
    mark = BookingMark("minha", "CORTE", 49)
    assert found_mark(mark.written(forged)) == mark


@pytest.mark.parametrize(
    "around",
    ["<div><b>{}</b></div>", "Ligar antes! {} <p>Chegou tarde.</p>", "<p>Nota</p>\n{}"],
)
def test_people_may_write_around_it(around: str) -> None:
    mark = BookingMark("a1", "CORTE", 49)
    assert found_mark(around.format(mark.written("Maria"))) == mark


def test_spaces_that_an_editor_changed_do_not_matter() -> None:
    mark = BookingMark("a1", "CORTE", 49)
    assert found_mark(mark.written("Maria").replace(" ", "&nbsp;\n")) == mark


@pytest.mark.parametrize(
    "description", ["", "<p>Retorno</p>", "Referência: [a1]", "Agendado pelo atendimento."]
)
def test_other_descriptions_have_none(description: str) -> None:
    assert found_mark(description) is None


def test_conditions_name_the_whole_value_and_mean_signs_literally() -> None:
    assert with_key("a_1") == ["description", "ilike", r"[a\_1]"]
    assert with_key("50%") == ["description", "ilike", r"[50\%25]"]
    assert with_customer(4) == ["description", "ilike", "Cliente: [4]"]
