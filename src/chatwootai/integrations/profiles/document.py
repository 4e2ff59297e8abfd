"""A profile as its owner writes it. Keys are Portuguese; the domain's names stay inside."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
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
from chatwootai.integrations.profiles.municipal import (
    MUNICIPAL_SCHEMA,
    municipal_holiday,
    require_known,
)
from chatwootai.integrations.profiles.periods import PERIOD_PATTERN, periods

State = Literal[
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA",
    "PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
]  # fmt: skip

PERIOD_SCHEMA: dict[str, object] = {
    "type": "string",
    "pattern": PERIOD_PATTERN,
    "examples": ["09:00-18:00"],
}
YES_OR_NO = {"sim": True, "não": False, "nao": False}


def _boolean(written: object) -> object:
    return YES_OR_NO.get(written.strip().lower(), written) if isinstance(written, str) else written


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f'fuso "{name}" não existe; exemplo: America/Sao_Paulo')
    return name


def _iso_date(written: object) -> object:
    # YAML reads 2026-12-25 as a date by itself; a quoted one arrives as text.
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise ValueError(f'"{written}" não é uma data; escreva ano-mês-dia, como 2026-12-25') from error


Text = Annotated[str, Field(min_length=1, max_length=200)]
YesNo = Annotated[
    bool,
    BeforeValidator(_boolean),
    WithJsonSchema({"enum": [True, False, "sim", "não"], "description": "sim ou não"}),
]
Day = Annotated[
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
ClosedDay = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]

MunicipalHoliday = Annotated[
    MonthDay | Feast, BeforeValidator(municipal_holiday), WithJsonSchema(MUNICIPAL_SCHEMA)
]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Week(Section):
    """Dias que faltam são dias fechados."""

    monday: Day = Field(default=(), alias="segunda")
    tuesday: Day = Field(default=(), alias="terca")
    wednesday: Day = Field(default=(), alias="quarta")
    thursday: Day = Field(default=(), alias="quinta")
    friday: Day = Field(default=(), alias="sexta")
    saturday: Day = Field(default=(), alias="sabado")
    sunday: Day = Field(default=(), alias="domingo")

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
    closed_on: tuple[ClosedDay, ...] = Field(
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


class Tone(Section):
    emoji: YesNo = Field(default=True, description="Se as respostas podem ter emoji.")


class ProfileDocument(Section):
    """Perfil de um negócio no ChatwootAI."""

    business: Text = Field(alias="negocio", description="Nome do negócio, como os clientes o conhecem.")
    assistant: Text = Field(alias="assistente", description="Nome com que o robô se apresenta.")
    address: Text | None = Field(default=None, alias="endereco", description="Endereço, em uma linha.")
    attendance: Attendance = Field(alias="atendimento", description="Quando há pessoas atendendo.")
    forwarding: Forwarding = Field(
        default_factory=Forwarding, alias="encaminhamento", description="Para quem vão as conversas."
    )
    tone: Tone = Field(default_factory=Tone, alias="tom")

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
        )
