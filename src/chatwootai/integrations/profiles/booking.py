"""What a profile says of appointments."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, model_validator

from chatwootai.domain.calendars import ServiceRule
from chatwootai.domain.profiles import BookingRules
from chatwootai.integrations.profiles.kinds import Count, LongText, Percent, Section, Text


class ServiceSection(Section):
    code: Text = Field(alias="codigo", description="Código do serviço no ERP.")
    minutes: int = Field(alias="minutos", ge=5, le=1440, strict=True, description="Duração.")
    gap: Count = Field(default=0, alias="intervalo_minutos", description="Livre depois de cada um.")
    professionals: tuple[Text, ...] = Field(
        default=(), alias="profissionais", description="Nomes como no ERP; sem eles, todos atendem."
    )
    preparation: LongText | None = Field(default=None, alias="preparo")

    def rule(self) -> ServiceRule:
        return ServiceRule(timedelta(minutes=self.minutes), self.professionals, timedelta(minutes=self.gap))


class BookingSection(Section):
    step: int = Field(default=30, alias="passo_minutos", ge=5, le=240, strict=True)
    notice: Count = Field(default=2, alias="antecedencia_horas", description="Para marcar.")
    horizon: int = Field(default=60, alias="ate_dias", ge=1, le=365, strict=True)
    free_until: Count = Field(
        default=24, alias="cancelamento_gratis_horas", description="Antes disso, remarcar não custa."
    )
    late_fee: Percent | None = Field(
        default=None, alias="taxa", description="Porcentagem do preço, depois desse prazo."
    )
    tolerance: Count = Field(default=15, alias="tolerancia_minutos", description="De atraso.")
    daily_limit: int | None = Field(default=None, alias="por_dia", ge=1, strict=True)
    insurance: LongText | None = Field(default=None, alias="convenios")
    services: tuple[ServiceSection, ...] = Field(default=(), alias="servicos")

    @model_validator(mode="after")
    def each_code_once(self) -> BookingSection:
        codes = [service.code for service in self.services]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            raise ValueError(f'o serviço "{twice}" aparece duas vezes')
        return self

    def rules(self) -> BookingRules:
        return BookingRules(
            services={service.code: service.rule() for service in self.services},
            step=timedelta(minutes=self.step),
            notice=timedelta(hours=self.notice),
            horizon=timedelta(days=self.horizon),
            free_until=timedelta(hours=self.free_until),
            late_fee=self.late_fee,
            tolerance=timedelta(minutes=self.tolerance),
            daily_limit=self.daily_limit,
            preparation={s.code: s.preparation for s in self.services if s.preparation},
            insurance=self.insurance,
        )
