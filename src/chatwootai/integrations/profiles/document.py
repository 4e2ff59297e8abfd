"""A profile as its owner writes it. Keys are Portuguese; the domain's names stay inside."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from chatwootai.domain.profiles import (
    BusinessHours,
    Feast,
    HandoffRules,
    MonthDay,
    OpenPeriod,
    Profile,
)
from chatwootai.integrations.profiles.booking import BookingSection
from chatwootai.integrations.profiles.kinds import Day, LongText, Section, Text, YesNo
from chatwootai.integrations.profiles.municipal import (
    MUNICIPAL_SCHEMA,
    municipal_holiday,
    require_known,
)
from chatwootai.integrations.profiles.names import CREWS, INTENTS
from chatwootai.integrations.profiles.periods import PERIOD_PATTERN, periods
from chatwootai.integrations.profiles.telling import (
    ContactSection,
    FaqSection,
    ForeignSection,
    HealthSection,
    PolicySection,
    ToneSection,
)
from chatwootai.integrations.profiles.trading import DeliverySection, ExchangeSection, PaymentSection

State = Literal[
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA",
    "PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
]  # fmt: skip

Language = Literal["en", "es"]
CrewWord = Literal["vendas", "suporte", "agenda", "informacoes"]


def _intent(word: str) -> str:
    if word not in INTENTS:
        raise ValueError(f'"{word}" não é um assunto; use um destes: {", ".join(INTENTS)}')
    return word


IntentWord = Annotated[str, AfterValidator(_intent), WithJsonSchema({"enum": list(INTENTS)})]

PERIOD_SCHEMA: dict[str, object] = {
    "type": "string",
    "pattern": PERIOD_PATTERN,
    "examples": ["09:00-18:00"],
}


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f'fuso "{name}" não existe; exemplo: America/Sao_Paulo')
    return name


OpenDay = Annotated[
    tuple[OpenPeriod, ...],
    BeforeValidator(periods),
    WithJsonSchema(
        {
            "description": 'Um horário ("09:00-18:00"), uma lista deles, ou fechado.',
            "anyOf": [
                {"const": "fechado"},
                PERIOD_SCHEMA,
                {"type": "array", "items": PERIOD_SCHEMA},
            ],
        }
    ),
]
MunicipalHoliday = Annotated[
    MonthDay | Feast, BeforeValidator(municipal_holiday), WithJsonSchema(MUNICIPAL_SCHEMA)
]


class Week(Section):
    """Dias que faltam são dias fechados."""

    monday: OpenDay = Field(default=(), alias="segunda")
    tuesday: OpenDay = Field(default=(), alias="terca")
    wednesday: OpenDay = Field(default=(), alias="quarta")
    thursday: OpenDay = Field(default=(), alias="quinta")
    friday: OpenDay = Field(default=(), alias="sexta")
    saturday: OpenDay = Field(default=(), alias="sabado")
    sunday: OpenDay = Field(default=(), alias="domingo")

    @model_validator(mode="after")
    def open_some_day(self) -> Week:
        if not any(self.by_weekday().values()):
            raise ValueError('nenhum dia aberto; escreva ao menos um, como segunda: "09:00-18:00"')
        return self

    def by_weekday(self) -> dict[int, tuple[OpenPeriod, ...]]:
        days = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        return dict(enumerate(days))


class Holidays(Section):
    closed: YesNo = Field(default=True, alias="fecha", description="Se a loja fecha nos feriados.")
    state: State | None = Field(default=None, alias="uf", description="Estado cujos feriados valem.")
    # Before the city, which is judged by what is listed here.
    municipal: tuple[MunicipalHoliday, ...] | None = Field(
        default=None,
        alias="municipais",
        description="Todos os feriados da cidade, no lugar dos que já conhecemos; lista vazia se não há.",
    )
    city: Text | None = Field(default=None, alias="cidade", description="Cidade cujos feriados valem.")

    @field_validator("city")
    @classmethod
    def holidays_are_known(cls, city: str | None, others: ValidationInfo) -> str | None:
        if city is None or not {"state", "municipal"} <= others.data.keys():
            return city
        if others.data["municipal"] is None:
            require_known(city, others.data["state"])
        return city


class Attendance(Section):
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        alias="fuso", description="Fuso horário IANA, como America/Sao_Paulo."
    )
    week: Week = Field(alias="semana")
    holidays: Holidays = Field(default_factory=Holidays, alias="feriados")
    closed_on: tuple[Day, ...] = Field(
        default=(), alias="fechado_em", description="Outros dias fechados, como 2026-12-24."
    )


class Forwarding(Section):
    team: int | None = Field(default=None, alias="equipe", ge=1, strict=True, description="Id da equipe.")
    agent: int | None = Field(
        default=None,
        alias="atendente",
        ge=1,
        strict=True,
        description="Id do atendente; vale mais que a equipe.",
    )


class ProfileDocument(Section):
    """Perfil de um negócio no ChatwootAI."""

    business: Text = Field(alias="negocio", description="Nome do negócio, como os clientes o conhecem.")
    assistant: Text = Field(alias="assistente", description="Nome com que o robô se apresenta.")
    address: Text | None = Field(default=None, alias="endereco", description="Endereço, em uma linha.")
    attendance: Attendance = Field(alias="atendimento", description="Quando há pessoas atendendo.")
    forwarding: Forwarding = Field(
        default_factory=Forwarding, alias="encaminhamento", description="Para quem vão as conversas."
    )
    tone: ToneSection = Field(default_factory=ToneSection, alias="tom")
    crews: tuple[CrewWord, ...] = Field(
        default=("vendas", "suporte", "informacoes"), alias="equipes", description="Quem atende aqui."
    )
    contact: ContactSection = Field(default_factory=ContactSection, alias="contato")
    delivery: DeliverySection = Field(default_factory=DeliverySection, alias="entrega")
    payment: PaymentSection = Field(default_factory=PaymentSection, alias="pagamento")
    exchange: ExchangeSection = Field(default_factory=ExchangeSection, alias="trocas")
    booking: BookingSection = Field(default_factory=BookingSection, alias="agenda")
    health: HealthSection = Field(default_factory=HealthSection, alias="saude")
    policies: tuple[PolicySection, ...] = Field(default=(), alias="regras")
    faq: tuple[FaqSection, ...] = Field(default=(), alias="perguntas")
    languages: dict[Language, ForeignSection] = Field(default_factory=dict, alias="idiomas")
    examples: dict[IntentWord, tuple[Text, ...]] = Field(
        default_factory=dict, alias="exemplos", description="Frases de clientes, para o robô aprender."
    )
    about: LongText | None = Field(default=None, alias="sobre")
    loyalty: LongText | None = Field(default=None, alias="fidelidade")
    proposal_minutes: int = Field(
        default=15,
        alias="proposta_minutos",
        ge=2,
        le=1440,
        strict=True,
        description="Quanto tempo uma proposta espera pelo sim do cliente.",
    )

    def profile(self, name: str) -> Profile:
        """The domain's profile under the file's stem."""
        attendance = self.attendance
        return Profile(
            name=name,
            business=self.business,
            assistant=self.assistant,
            address=self.address,
            hours=BusinessHours(
                zone=ZoneInfo(attendance.zone),
                week=attendance.week.by_weekday(),
                closed_on=frozenset(attendance.closed_on),
                holidays_state=attendance.holidays.state,
                holidays_city=attendance.holidays.city,
                municipal_holidays=attendance.holidays.municipal,
                closed_on_holidays=attendance.holidays.closed,
            ),
            handoff=HandoffRules(team_id=self.forwarding.team, agent_id=self.forwarding.agent),
            emoji=self.tone.emoji,
            tone=self.tone.tone(),
            crews=frozenset(CREWS[word].value for word in self.crews),
            contact=self.contact.contact(),
            delivery=self.delivery.rules(),
            payment=self.payment.rules(),
            exchange=self.exchange.rules(),
            booking=self.booking.rules(),
            health=self.health.rules(),
            policies=tuple(each.policy() for each in self.policies),
            faq=tuple(each.faq() for each in self.faq),
            languages={language: each.texts() for language, each in self.languages.items()},
            examples={INTENTS[word].value: texts for word, texts in self.examples.items()},
            about=self.about,
            loyalty=self.loyalty,
            proposal_minutes=self.proposal_minutes,
        )
