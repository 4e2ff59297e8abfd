"""Entrada: what leaves through each channel, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chatwootai.channels.api import Api
from chatwootai.channels.instagram import Instagram
from chatwootai.channels.plain import Plain
from chatwootai.channels.web_widget import WebWidget
from chatwootai.channels.whatsapp import WhatsApp
from chatwootai.domain.channels import Channel
from chatwootai.domain.conversations import ChannelKind

CHANNELS: Mapping[ChannelKind, Channel] = MappingProxyType(
    {
        ChannelKind.WHATSAPP: WhatsApp(),
        ChannelKind.INSTAGRAM: Instagram(),
        ChannelKind.WEB_WIDGET: WebWidget(),
        ChannelKind.API: Api(),
        ChannelKind.EMAIL: Plain(limit=10_000),
        # The tightest of the kinds that Chatwoot 4.10 does not name for us, SMS aside: WhatsApp at Twilio.
        ChannelKind.OTHER: Plain(limit=1_600),
    }
)

__all__ = ["CHANNELS"]
