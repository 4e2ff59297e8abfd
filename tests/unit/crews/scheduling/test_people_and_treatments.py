from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache

import pytest
from tests.fixtures.talking import FOLDERS, SHOPS

from chatwootai.crews.scheduling.facts import ProfessionalFacts, ServiceFacts
from chatwootai.crews.scheduling.people import person_named, stranger
from chatwootai.crews.scheduling.treatments import Treatments

pytestmark = pytest.mark.unit

PEOPLE = [
    ProfessionalFacts(1, "Dra. Alice Fontoura"),
    ProfessionalFacts(2, "Débora Nogueira"),
    ProfessionalFacts(3, "Márcia Teles"),
    ProfessionalFacts(4, "Ana Lima"),
    ProfessionalFacts(5, "Everton Luz"),
]


@cache
def treatments(shop: str) -> Treatments:
    with (SHOPS / FOLDERS[shop] / "services.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["name"]]
    return Treatments([_service(place, row) for place, row in enumerate(rows, start=1)])


def _service(place: int, row: dict[str, str]) -> ServiceFacts:
    price, category, description = Decimal(row["price"]), row["category"], row["description"]
    return ServiceFacts(place, row["name"], row["code"], 30, price, category, description)


@pytest.mark.parametrize(
    ("shop", "said", "meant"),
    [
        ("cosmeticos", "quero marcar manicure", ["Manicure"]),
        ("cosmeticos", "mao e pe", ["Manicure e pedicure"]),
        ("cosmeticos", "pé e mão com a cris", ["Manicure e pedicure"]),
        ("cosmeticos", "fazer a unha", ["Manicure"]),
        ("cosmeticos", "unha do pé", ["Pedicure"]),
        ("cosmeticos", "manicuri", ["Manicure"]),
        ("cosmeticos", "progresiva", ["Progressiva sem formol"]),
        ("cosmeticos", "corte masculino", ["Corte masculino"]),
        ("cosmeticos", "escova", ["Escova lisa", "Escova modelada"]),
        ("cosmeticos", "cortar o cabelo", ["Corte feminino", "Corte masculino", "Corte para crianças"]),
        ("cosmeticos", "massagem", ["Massagem relaxante"]),
        ("saude", "cardio", ["Consulta em cardiologia"]),
        ("saude", "cardiologista", ["Consulta em cardiologia"]),
        ("saude", "médico do coração", ["Consulta em cardiologia"]),
        ("saude", "clínico geral", ["Consulta em clínica geral"]),
        ("saude", "psicóloga", ["Sessão de psicoterapia"]),
        ("saude", "nutri", ["Consulta com nutricionista"]),
        ("saude", "retorno com a nutri", ["Retorno com nutricionista"]),
        ("saude", "ultra de abdomen", ["Ultrassom de abdômen total"]),
        ("saude", "raio x do torax", ["Raio X de tórax"]),
        ("saude", "limpeza de pele", ["Limpeza de pele médica"]),
        ("saude", "vacina da gripe", ["Vacina contra a gripe"]),
        ("varejo", "medir minha cozinha", ["Visita técnica para medidas"]),
        ("varejo", "limpar o sofá", ["Higienização a seco"]),
    ],
)
def test_customers_words_find_the_treatment(shop: str, said: str, meant: list[str]) -> None:
    assert sorted(each.name for each in treatments(shop).find(said).found) == sorted(meant)


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        ("cosmeticos", "dentista"),
        ("cosmeticos", "limpeza de pele"),
        ("saude", "oftalmologista"),
        ("saude", "ressonância"),
    ],
)
def test_what_there_is_not_is_not_guessed(shop: str, said: str) -> None:
    meant = treatments(shop).find(said)
    assert meant.found == ()
    assert meant.rest


@pytest.mark.parametrize("said", ["quero marcar um horário", "tem vaga amanhã?", "sexta às 15h", ""])
def test_who_names_nothing_is_not_taken_to_name_something(said: str) -> None:
    meant = treatments("saude").find(said)
    assert not meant.found
    assert not meant.rest


def test_blood_tests_are_many_and_asked_about() -> None:
    assert len(treatments("saude").find("exame de sangue").found) > 5


@pytest.mark.parametrize(
    ("said", "count"),
    [("corte e escova", 2), ("mão e pé", 1), ("manicure e pedicure", 1), ("hemograma, glicemia e tsh", 3)],
)
def test_several_treatments_of_one_message_are_told_apart(said: str, count: int) -> None:
    shop = "saude" if "hemograma" in said else "cosmeticos"
    assert len(treatments(shop).several(said)) == count


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("com a dra. Alice", 1),
        ("quero a Débora", 2),
        ("com a debora nogueira", 2),
        ("pode ser a Marcia", 3),
        ("doutora alice", 1),
        ("com o dr Luz", 5),
        ("quero fazer luz", None),
        ("minha mãe Maria", None),
        ("tanto faz", None),
    ],
)
def test_people_are_known_by_their_names(said: str, person: int | None) -> None:
    assert person_named(said, PEOPLE) == person


def test_a_patient_is_no_professional_of_the_same_name() -> None:
    assert person_named("minha filha Ana quer cortar o cabelo", PEOPLE, ["Ana"]) is None
    assert person_named("minha filha Ana quer cortar com a Ana", PEOPLE, ["Ana"]) == 4


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("com a dra Paula", "Dra. Paula"),
        ("dr. alice", ""),
        ("doutora pra amanhã", ""),
        ("dr cardiologista", ""),
    ],
)
def test_a_doctor_whom_nobody_knows_is_told_as_such(said: str, who: str) -> None:
    assert stranger(said, PEOPLE) == who


@pytest.mark.parametrize("said", ["Pedro", "os dois", "Dona Célia Ramos"])
def test_names_and_numbers_are_no_treatments(said: str) -> None:
    assert not treatments("cosmeticos").find(said).found
