from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import ConfigurationError
from chatwootai.domain.profiles import Feast
from chatwootai.integrations.profiles import load_profile
from chatwootai.integrations.profiles.municipal import municipal_holiday

pytestmark = pytest.mark.unit

SHOP = """\
negocio: Bela
assistente: Bia
atendimento:
  fuso: America/Sao_Paulo
  semana:
    segunda: "09:00-18:00"
  feriados:
    fecha: sim
"""


def written(folder: Path, holidays: str) -> Path:
    path = folder / "loja.yaml"
    path.write_text(SHOP + "".join(f"    {line}\n" for line in holidays.splitlines()), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("holidays", "city", "municipal"),
    [
        ("uf: SP\ncidade: sao paulo", "sao paulo", None),
        ('uf: PR\nmunicipais: ["08/09", corpus christi]', None, ((9, 8), Feast.CORPUS_CHRISTI)),
        ("uf: PR\ncidade: Curitiba\nmunicipais:\n  - 8/9", "Curitiba", ((9, 8),)),
        ("uf: MG\ncidade: Tiradentes\nmunicipais: []", "Tiradentes", ()),
    ],
)
def test_a_city_is_known_or_listed(
    tmp_path: Path, holidays: str, city: str | None, municipal: tuple[object, ...] | None
) -> None:
    hours = load_profile(written(tmp_path, holidays)).hours
    assert (hours.holidays_city, hours.municipal_holidays) == (city, municipal)


@pytest.mark.parametrize(
    ("holidays", "line", "told"),
    [
        ("uf: PR\ncidade: Curitiba", 10, 'não conhecemos os feriados de "Curitiba" (PR); escreva a lista'),
        ("uf: SC\ncidade: Joinvile", 10, 'Você quis dizer "Joinville"?'),
        ("uf: SC\ncidade: Manaus", 10, "Ela fica em outro estado: AM?"),
        ("cidade: Joinville", 9, 'para usar os feriados de "Joinville", escreva também a uf'),
        ("municipais:\n  - 25/01\n  - 31/02", 11, '"31/02" não existe no calendário'),
        ("municipais: [25 de janeiro]", 9, '"25 de janeiro" não é um feriado; escreva dia/mês'),
        ("municipais: [Corpus Cristi]", 9, 'Você quis dizer "Corpus Christi"?'),
        ("municipais: [2026-01-25]", 9, "escreva dia/mês, como 25/01"),
    ],
)
def test_a_misspelt_holiday_or_city_is_told_with_what_may_be_meant(
    tmp_path: Path, holidays: str, line: int, told: str
) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(told)) as caught:
        load_profile(written(tmp_path, holidays))
    (problem,) = str(caught.value).splitlines()
    assert f"loja.yaml:{line}: " in problem


@given(st.dates())
def test_every_day_of_a_year_can_be_a_holiday(day: date) -> None:
    assert municipal_holiday(f"{day:%d/%m}") == (day.month, day.day)


@given(st.text() | st.integers() | st.none() | st.dates())
def test_whatever_is_written_is_a_holiday_or_said_to_be_none(item: object) -> None:
    with suppress(ValueError):
        assert isinstance(municipal_holiday(item), tuple | Feast)
