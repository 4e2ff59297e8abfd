"""Where the shop is, how else it is reached, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import not_here, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.crews import Request

ADDRESS = ("Nosso endereço é {address}.", "Estamos neste endereço: {address}.")
SHOP = ("Temos loja física, sim! Fica neste endereço: {address}.", "Nossa loja fica aqui: {address}.")
NO_ADDRESS = (
    "Não tenho o endereço aqui comigo. Quer que eu te passe para uma pessoa da equipe?",
    "O endereço eu não sei informar, mas uma pessoa da equipe sabe. Quer que eu te passe para ela?",
)
CONTACTS = ("Você também nos encontra aqui:", "Nossos contatos:")
ONE_CONTACT = ("Nosso {title} é {value}.", "O nosso {title}: {value}.")
PROPER = frozenset({"WhatsApp", "Instagram"})
PARKING = re.compile(
    r"\b(?:estacion\w+|vaga para (?:o )?carro|onde (?:eu )?(?:paro|deixo) o carro|manobrista)\b"
)
WANTED = (
    ("phone", "Telefone", re.compile(r"\b(?:telefones?|fone|ligar|ligacao|numero)\b")),
    ("whatsapp", "WhatsApp", re.compile(r"\b(?:whatsapp|numero)\b")),
    ("email", "E-mail", re.compile(r"\be ?mails?\b")),
    ("site", "Site", re.compile(r"\b(?:site|loja (?:online|virtual)|internet)\b")),
    ("instagram", "Instagram", re.compile(r"\b(?:insta|instagram|redes? sociais|rede social|arroba)\b")),
)


def address(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    where = visit.briefing.profile.address
    if not where:
        wording.offer_person()
        return wording.pick("no_address", NO_ADDRESS)
    said = {"address": quoted(visit, "address", where)}
    if any("loja fisica" in fold(request.text) for request in requests):
        return wording.pick("shop", SHOP, said)
    return wording.pick("address", ADDRESS, said)


def contact(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """What was asked for; all of it where that is not clear."""
    known = visit.briefing.profile.contact
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    parking = quoted(visit, "parking", known.parking) if PARKING.search(said) and known.parking else ""
    told = [(title, getattr(known, name), pattern) for name, title, pattern in WANTED if getattr(known, name)]
    wanted = [(title, value) for title, value, pattern in told if pattern.search(said)]
    if PARKING.search(said) and not wanted:
        return parking or not_here(visit, wording)
    contacts = _told(wanted or [(title, value) for title, value, _ in told], visit, wording)
    if not contacts:
        return not_here(visit, wording)
    return "\n\n".join(part for part in (parking, contacts) if part)


def _told(contacts: Sequence[tuple[str, str]], visit: Visit, wording: Wording) -> str:
    """A sentence for one, a list for several, "" for none."""
    if len(contacts) == 1:
        ((title, value),) = contacts
        name = title if title in PROPER else title.lower()
        return wording.pick(
            "one_contact", ONE_CONTACT, {"title": name, "value": quoted(visit, "contact", value)}
        )
    lines = [f"• {title}: {quoted(visit, 'contact', value)}" for title, value in contacts]
    return "\n".join([wording.pick("contacts", CONTACTS), *lines]) if lines else ""
