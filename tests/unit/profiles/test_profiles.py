from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import ConfigurationError
from chatwootai.domain.profiles import Feast, HandoffRules, OpenPeriod
from chatwootai.integrations.profiles import load_profile, load_profiles, profile_schema
from chatwootai.integrations.profiles.periods import periods

pytestmark = pytest.mark.unit

FOLDER = Path(__file__).parents[3] / "profiles"

GOOD = """\
negocio: Bela
assistente: Bia
atendimento:
  fuso: America/Sao_Paulo
  semana:
    segunda: "09:00-18:00"
"""


def problems_of(folder: Path, text: str) -> list[str]:
    path = folder / "loja.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_profile(path)
    return [line.removeprefix(f"{folder.name}/") for line in str(caught.value).splitlines()]


def test_the_cosmetics_shop_is_read_whole() -> None:
    profile = load_profile(FOLDER / "cosmeticos.yaml")
    assert (profile.name, profile.business, profile.assistant) == ("cosmeticos", "Bela Cosméticos", "Bia")
    assert profile.hours.zone.key == "America/Sao_Paulo"
    assert profile.hours.week[0] == (OpenPeriod(time(9), time(18)),)
    assert profile.hours.week[5] == (OpenPeriod(time(9), time(13)),)
    assert profile.hours.week[6] == ()
    assert (profile.hours.holidays_state, profile.hours.holidays_city) == ("SP", "São Paulo")
    assert profile.hours.municipal_holidays is None
    assert profile.hours.closed_on_holidays
    assert date(2026, 12, 24) in profile.hours.closed_on
    assert profile.handoff == HandoffRules(team_id=1)
    assert profile.emoji


def test_the_two_sample_shops_differ() -> None:
    profiles = load_profiles(FOLDER)
    assert set(profiles) >= {"cosmeticos", "varejo"}
    assert profiles["varejo"].business == "Casa Verde"
    assert not profiles["varejo"].emoji
    assert len(profiles["varejo"].hours.week[0]) == 2
    assert profiles["varejo"].hours.holidays_city == "Curitiba"
    assert profiles["varejo"].hours.municipal_holidays == ((9, 8), Feast.CORPUS_CHRISTI)


def test_what_may_be_left_out_has_a_meaning(tmp_path: Path) -> None:
    path = tmp_path / "loja.yaml"
    path.write_text(GOOD, encoding="utf-8")
    profile = load_profile(path)
    assert profile.hours.week[1] == ()
    assert profile.hours.closed_on_holidays
    assert profile.handoff == HandoffRules()
    assert profile.address is None


def test_an_unknown_key_names_file_line_place_and_what_was_expected(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, GOOD + "  horario: cedo\n")
    assert problem == (
        'loja.yaml:7: chave desconhecida "horario" em "atendimento"; '
        "esperado: fuso, semana, feriados, fechado_em."
    )


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [("enderesso: Rua A", "endereco"), ("Negócio: B", "negocio"), ("encaminhamentos: {}", "encaminhamento")],
)
def test_a_key_that_is_nearly_right_is_recognised(tmp_path: Path, line: str, suggestion: str) -> None:
    (problem,) = problems_of(tmp_path, GOOD + line + "\n")
    assert problem.endswith(f'Você quis dizer "{suggestion}"?')


def test_all_problems_are_listed_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = """\
negocio: ""
atendimento:
  fuso: Brasil/Sampa
  semana:
    segunda: "18:00-09:00"
    terça: "09:00-18:00"
    quarta: 9 às 18
  feriados: {fecha: talvez, uf: XX}
  fechado_em: [25/12/2026]
encaminhamento: {equipe: vendas}
"""
    problems = problems_of(tmp_path, text)
    assert [problem.split(":")[1] for problem in problems] == [
        "1",
        "1",
        "3",
        "5",
        "6",
        "7",
        "8",
        "8",
        "9",
        "10",
    ]
    said = "\n".join(problems)
    for part in (
        'falta a chave "assistente"',
        'fuso "Brasil/Sampa" não existe',
        "termina antes de começar",
        'Você quis dizer "terca"?',
        '"9 às 18" não é um horário',
        "esperado: sim ou não",
        "a sigla de um estado",
        "ano-mês-dia",
        '"encaminhamento.equipe": o valor "vendas" não serve; esperado: um número inteiro',
    ):
        assert part in said


def test_text_that_is_no_yaml_names_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'negocio: "Bela\nassistente: Bia\n')
    assert "isto não é YAML" in problem


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, GOOD + "negocio: Outra\n")
    assert problem == 'loja.yaml:7: chave "negocio" escrita duas vezes; deixe uma só'


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "só um texto\n"])
def test_a_file_without_keys_is_refused_kindly(tmp_path: Path, text: str) -> None:
    assert all(problem.startswith("loja.yaml:1: ") for problem in problems_of(tmp_path, text))


def test_a_week_without_an_open_day_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, GOOD.replace('"09:00-18:00"', "fechado"))
    assert "nenhum dia aberto" in problem


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nada\.yaml: o arquivo não existe"):
        load_profile(tmp_path / "nada.yaml")


def test_a_folder_without_profiles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nenhum perfil"):
        load_profiles(tmp_path)


def test_the_problems_of_several_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("negocio: A\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("negocio: B\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_profiles(tmp_path)
    assert "a.yaml" in str(caught.value)
    assert "b.yaml" in str(caught.value)


@given(st.times(), st.times())
def test_a_period_reads_as_it_was_written_or_is_refused(opens: time, closes: time) -> None:
    written = f"{opens:%H:%M}-{closes:%H:%M}"
    begin, end = opens.replace(second=0, microsecond=0), closes.replace(second=0, microsecond=0)
    if end <= begin:
        with pytest.raises(ValueError, match="termina antes de começar"):
            periods(written)
    else:
        assert periods(written) == (OpenPeriod(begin, end),)


def test_overlapping_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="começa antes de acabar o anterior"):
        periods(["09:00-12:00", "11:00-18:00"])


def test_the_published_schema_is_in_step() -> None:
    assert json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")) == profile_schema()


class Core(yaml.SafeLoader):
    """What editors check: YAML 1.2 knows no dates."""


Core.add_constructor(
    "tag:yaml.org,2002:timestamp",
    lambda loader, node: str(node.value),
)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_sample_profiles_satisfy_the_schema(path: Path) -> None:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=Core)  # noqa: S506 a safe loader
    jsonschema.validate(document, profile_schema())
