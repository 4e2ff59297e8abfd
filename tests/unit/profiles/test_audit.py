"""What is wrong with the rules of a profile although every value is well-formed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.fixtures.talking import Shop, profile_of

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.profiles.audit import Weight, audit
from chatwootai.integrations.profiles.erp_audit import audit_against_erp
from chatwootai.integrations.profiles.loading import read_profile

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 25)
GOOD = """\
negocio: Bela
assistente: Bia
atendimento:
  fuso: America/Sao_Paulo
  semana:
    segunda: "09:00-18:00"
"""
RULE = """\
  - assunto: {subject}
    titulo: {title}
    texto: "{text}"
"""


FREE_FROM = """\
entrega:
  formas: [{nome: PAC, preco: "9,90", gratis_a_partir: "199,00", prazo_minimo: 1, prazo_maximo: 3}]
"""


def told(folder: Path, rest: str) -> list[str]:
    """The objections to a profile, each with its line."""
    path = folder / "loja.yaml"
    path.write_text(GOOD + rest, encoding="utf-8")
    loaded = read_profile(path)
    return [
        loaded.told(each.place, f"{each.weight.value}: {each.text}").removeprefix(f"{folder.name}/")
        for each in audit(loaded.profile, TODAY)
    ]


def rules(*texts: Mapping[str, str]) -> str:
    return "regras:\n" + "".join(RULE.format_map(text) for text in texts)


def rule(subject: str, text: str, title: str = "Regra") -> dict[str, str]:
    return {"subject": subject, "title": title, "text": text}


@pytest.mark.parametrize("name", ["cosmeticos", "saude", "varejo"])
def test_the_sample_profiles_contradict_nothing(name: str) -> None:
    assert audit(profile_of(name), TODAY) == []


def test_a_rule_that_has_expired_is_an_error_at_its_line(tmp_path: Path) -> None:
    text = rules(rule("promocao", "Tudo pela metade.", "Natal")) + "    ate: 2026-11-24\n"
    assert told(tmp_path, text) == [
        'loja.yaml:8: erro: a regra "Natal" venceu em 24/11/2026; apague-a ou mude a data'
    ]


def test_a_rule_holds_on_its_last_day(tmp_path: Path) -> None:
    assert told(tmp_path, rules(rule("promocao", "Tudo.", "Natal")) + "    ate: 2026-11-25\n") == []


def test_closed_days_that_are_over_are_a_warning(tmp_path: Path) -> None:
    (objection,) = told(tmp_path, "  fechado_em: [2025-12-24, 2026-12-24]\n")
    assert objection.startswith("loja.yaml:7: aviso: estes dias já passaram: 24/12/2025")


def test_two_rules_that_contradict_each_other_are_found(tmp_path: Path) -> None:
    text = rules(rule("sobre", "Vendemos no atacado.", "Atacado"), rule("sobre", "Só varejo.", "atacado"))
    (objection,) = told(tmp_path, text)
    assert objection.startswith("loja.yaml:11: erro: há duas regras")


def test_two_rules_of_different_days_contradict_nothing(tmp_path: Path) -> None:
    text = (
        rules(rule("sobre", "Vendemos no atacado.", "Atacado"))
        + "    ate: 2026-12-31\n"
        + RULE.format_map(rule("sobre", "Só varejo.", "Atacado"))
        + "    de: 2027-01-01\n"
    )
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("figures", "subject", "text", "said"),
    [
        ("pagamento: {parcelas: 3}\n", "pagamento", "Em até 6 vezes.", "o texto fala em 6x"),
        ("pagamento: {parcelas: 3}\n", "pagamento", "Em até 10x.", "pagamento.parcelas diz 3"),
        ("trocas: {arrependimento_dias: 7}\n", "troca", "Trocamos em até 15 dias.", "fala em 15 dias"),
        (
            "agenda:\n  cancelamento_gratis_horas: 4\n  servicos: [{codigo: A, minutos: 30}]\n",
            "agenda",
            "Cancele até 24 horas antes.",
            "cancelamento_gratis_horas diz 4",
        ),
        (
            FREE_FROM,
            "entrega",
            "Frete grátis a partir de R$ 150,00.",
            "a partir de R$ 150,00; nenhuma forma de entrega diz isso",
        ),
    ],
)
def test_a_text_that_tells_another_figure_than_the_rules_is_found(
    tmp_path: Path, figures: str, subject: str, text: str, said: str
) -> None:
    (objection,) = told(tmp_path, figures + rules(rule(subject, text)))
    assert said in objection
    assert "erro" in objection


@pytest.mark.parametrize(
    ("figures", "subject", "text"),
    [
        ("pagamento: {parcelas: 6}\n", "pagamento", "Em até 6 vezes sem juros."),
        ("trocas: {defeito_dias: 90}\n", "troca", "Com defeito, 90 dias; por arrependimento, 7 dias."),
        ("pagamento: {parcelas: 6}\n", "sobre", "Fundada há 40 vezes."),
    ],
)
def test_a_text_that_agrees_with_the_rules_is_left_alone(
    tmp_path: Path, figures: str, subject: str, text: str
) -> None:
    assert told(tmp_path, figures + rules(rule(subject, text))) == []


def test_a_way_of_delivery_named_twice_is_found(tmp_path: Path) -> None:
    way = '    - {nome: PAC, preco: "9,90", prazo_minimo: 1, prazo_maximo: 3}\n'
    assert told(tmp_path, f"entrega:\n  formas:\n{way}{way.replace('PAC', 'pac')}") == [
        'loja.yaml:10: erro: "pac" aparece duas vezes'
    ]


def test_a_question_with_two_answers_is_found(tmp_path: Path) -> None:
    text = (
        "perguntas:\n"
        '  - {perguntas: ["Tem wifi?"], resposta: Sim.}\n'
        '  - {perguntas: ["Abre cedo?", "tem wifi?"], resposta: Não.}\n'
    )
    (objection,) = told(tmp_path, text)
    assert objection == 'loja.yaml:9: erro: a pergunta "tem wifi?" tem duas respostas diferentes'


def test_a_calendar_crew_without_services_is_found(tmp_path: Path) -> None:
    (objection,) = told(tmp_path, "equipes: [agenda]\n")
    assert objection.startswith("loja.yaml:7: erro")


def test_hours_that_overlap_are_refused_at_their_line(tmp_path: Path) -> None:
    path = tmp_path / "loja.yaml"
    path.write_text(GOOD.replace('"09:00-18:00"', '["09:00-13:00", "12:00-18:00"]'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"loja\.yaml:6: .*12:00 começa antes de acabar"):
        read_profile(path)


async def test_a_profile_that_names_what_the_erp_sells_is_right() -> None:
    shop = Shop("cosmeticos")
    assert await audit_against_erp(shop.profile, shop.catalog, shop.calendar) == []


async def test_what_the_erp_does_not_have_is_named_with_what_was_likely_meant(tmp_path: Path) -> None:
    shop = Shop("cosmeticos")
    source = Path(__file__).parents[3] / "profiles" / "cosmeticos.yaml"
    text = source.read_text(encoding="utf-8").replace("SV-MAQ", "SV-MAX").replace("Ana Lima", "Ana Lemos")
    path = tmp_path / "loja.yaml"
    path.write_text(
        text.replace("  defeito_dias: 30\n", "  defeito_dias: 30\n  so_por_defeito: [Shampo]\n"),
        encoding="utf-8",
    )
    loaded = read_profile(path)
    calendar = Shop("cosmeticos").calendar
    found = await audit_against_erp(loaded.profile, shop.catalog, calendar)
    texts = [each.text for each in found]
    assert {each.weight for each in found} == {Weight.ERROR}
    assert any('o serviço de código "SV-MAX"' in text for text in texts)
    assert any('o profissional "Ana Lemos"' in text and '"Ana Lima"?' in text for text in texts)
    assert any('a categoria nem o código "Shampo"' in text for text in texts)
    services = next(each for each in found if "SV-MAX" in each.text)
    written = path.read_text(encoding="utf-8").splitlines()
    assert "SV-MAX" in written[loaded.marked.line(services.place) - 1]


def test_the_next_days_are_no_past() -> None:
    profile = profile_of("cosmeticos")
    assert audit(profile, min(profile.hours.closed_on) - timedelta(days=1)) == []
