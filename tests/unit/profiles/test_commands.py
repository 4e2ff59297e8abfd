"""`chatwootai profile check` and `new`, as the owner types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.cli.profile import app
from chatwootai.entrypoints.profiles.conversation import NEEDS_ERP, Rehearsal
from chatwootai.integrations.profiles import load_profile

pytestmark = pytest.mark.unit

GOOD = """\
negocio: Bela
assistente: Bia
atendimento:
  fuso: America/Sao_Paulo
  semana:
    segunda: "09:00-18:00"
"""
EXPIRED = GOOD + "regras:\n  - {assunto: sobre, titulo: A, texto: B, ate: 2020-01-01}\n"
WARNED = GOOD + "  fechado_em: [2020-12-24]\n"


def run(*arguments: str, typed: list[str] | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input="\n".join(typed or []) + "\n")


def check(folder: Path, *names: str) -> Result:
    return run("check", *names, "--pasta", str(folder), "--sem-erp")


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_profile_is_called_good(tmp_path: Path) -> None:
    put(tmp_path, "loja", GOOD)
    result = check(tmp_path, "loja")
    assert result.exit_code == 0
    assert result.output == f"{tmp_path.name}/loja.yaml: tudo certo (sem consultar o ERP).\n"


def test_without_names_every_profile_is_checked(tmp_path: Path) -> None:
    put(tmp_path, "a", GOOD)
    put(tmp_path, "b", EXPIRED)
    result = check(tmp_path)
    assert result.exit_code == 1
    assert "a.yaml: tudo certo" in result.output
    assert f'{tmp_path.name}/b.yaml:8: erro: a regra "A" venceu' in result.output


def test_an_unknown_key_is_told_with_file_and_line(tmp_path: Path) -> None:
    put(tmp_path, "loja", GOOD + "telefone: 1\n")
    result = check(tmp_path, "loja")
    assert result.exit_code == 1
    assert f'{tmp_path.name}/loja.yaml:7: chave desconhecida "telefone"' in result.output


def test_a_warning_does_not_fail(tmp_path: Path) -> None:
    put(tmp_path, "loja", WARNED)
    result = check(tmp_path, "loja")
    assert result.exit_code == 0
    assert "aviso" in result.output


def test_a_profile_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    put(tmp_path, "loja", GOOD)
    result = check(tmp_path, "padaria")
    assert isinstance(result.exception, ConfigurationError)
    assert "existentes: loja" in str(result.exception)


ANSWERS = [
    "Padaria do Zé",
    "",  # the name that is proposed
    "varejo",
    "vendas, agenda, informacoes",
    "Zeca",
    "Rua A, 10, Centro, Recife – PE",
    "",
    "06:00-20:00",
    "06:00-12:00, 13:00-16:00",
    "fechado",
    "pe",
    "sim",
    "não",
    "Pix, dinheiro",
    "2",
    "SV-BOLO",
    "90",
    "",
    "sim",
    "https://odoo.padaria.example",
    "padaria",
    "robo@padaria.example",
    "",
    "7",
]


def test_the_wizard_makes_a_profile_that_is_right(tmp_path: Path) -> None:
    result = run("new", "--pasta", str(tmp_path), "--sem-conversa", typed=ANSWERS)
    assert result.exit_code == 0, result.output
    profile = load_profile(tmp_path / "padaria_do_ze.yaml")
    assert (profile.business, profile.assistant) == ("Padaria do Zé", "Zeca")
    assert profile.crews == {"sales", "scheduling", "info"}
    assert profile.payment.instalments == 2
    assert "SV-BOLO" in profile.booking.services
    assert profile.hours.holidays_state == "PE"
    assert not profile.emoji
    assert len(profile.hours.week[5]) == 2
    assert "Conferido: o perfil está certo." in result.output
    assert "CHATWOOTAI_ACCOUNTS__PADARIA_DO_ZE__ODOO__URL=https://odoo.padaria.example" in result.output
    assert "CHATWOOTAI_ACCOUNTS__PADARIA_DO_ZE__CHATWOOT__ACCOUNT_ID=7" in result.output
    assert check(tmp_path).exit_code == 0


def test_what_cannot_be_is_asked_again(tmp_path: Path) -> None:
    put(tmp_path, "loja", GOOD)
    wrong = {
        "varejo": ["padeiros"],
        "06:00-20:00": ["6 às 20", "20:00-06:00"],
        "2": ["muitas", "99"],
        "90": ["1"],
    }
    typed = ["Padaria do Zé", "Com Acento", "loja", "padaria"]
    typed += [line for answer in ANSWERS[2:] for line in (*wrong.get(answer, ()), answer)]
    result = run("new", "--pasta", str(tmp_path), "--sem-conversa", typed=typed)
    assert result.exit_code == 0, result.output
    for told in (
        "use letras minúsculas",
        "já existe loja.yaml",
        "“padeiros” não existe; escolha entre",
        "não é um horário",
        "termina antes de começar",
        "de 1 a 48",
        "de 5 a 1440",
    ):
        assert told in result.output
    assert load_profile(tmp_path / "padaria.yaml").business == "Padaria do Zé"
    assert (tmp_path / "loja.yaml").read_text(encoding="utf-8") == GOOD


async def test_a_new_profile_can_be_talked_to_before_anything_is_connected(tmp_path: Path) -> None:
    rehearsal = Rehearsal(load_profile(put(tmp_path, "loja", GOOD + "pagamento: {formas: [Pix]}\n")))
    assert "segunda" in await rehearsal.answer("que horas abre?")
    assert (await rehearsal.answer("aceita pix?")).startswith("Sim")
    assert await rehearsal.answer("cadê meu pedido?") == NEEDS_ERP
