"""What a message tells of receiving, paying and who she is, on the way to an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.sales.checkout import DELIVERY, PICKUP, Checkout
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.crews import Request
from chatwootai.domain.profiles import Profile

WAY_VALUES: Final = {f"way:{way}": way for way in (PICKUP, DELIVERY)}
"""Values of the choices that ask how she wants to receive."""
FREIGHT_VALUE: Final = "freight:"
PAYMENT_VALUE: Final = "payment:"

COLLECTS: Final = re.compile(
    r"\b(?:retirada|(?:retir\w+|busc\w+|peg\w+)(?: \w+){0,2} (?:na loja|ai|no (?:local|deposito|balcao)"
    r"|na recepcao|pessoalmente)"
    r"|para (?:retirar|buscar)(?= (?:ai|la|e|no|na|com|pix|boleto|cartao|hoje|amanha)\b|$)"
    r"|vou (?:retirar|buscar|pegar)|passo (?:ai|na loja)|buscar? ai)\b"
)
COLLECTS_SHORTLY: Final = re.compile(r"\b(?:retir\w+|busc\w+|peg\w+|loja|passo|vou ai)\b")
"""What says so where we asked."""
SENT: Final = re.compile(
    r"\b(?:entreg\w+|em casa|envi\w+ para|mand\w+ para(?! mim)|motoboy|correios?|sedex|pac|frete)\b"
)
STREET: Final = re.compile(
    r"\b(?:rua|r\.|avenida|av\.?|alameda|al\.|travessa|pra[çc]a|estrada|rodovia|largo|vila|quadra)\s+\S.*\d.*",
    re.IGNORECASE | re.DOTALL,
)
CEP: Final = re.compile(r"(?:cep\W{0,3})?\b\d{2}\.?\d{3}-?\d{3}\b", re.IGNORECASE)
MEANS: Final = ("pix", "boleto", "debito", "credito", "dinheiro", "cartao", "entrada")
"""Words by which a way of paying is known, the most telling first."""
NAME: Final = re.compile(r"[^\W\d_][^\d\n,;:!?]{1,59}")
BEFORE_NAME: Final = re.compile(
    r"^(?:oi|ol[áa]|eu|[ée]|o meu|meu|nome|me chamo|chamo|sou|a|o|\W)+\b(?:\s|:)*", re.IGNORECASE
)
ASKS: Final = re.compile(
    r"\?|^(?:voc[eê]s?|vcs?|aceit\w+|tem|qual|quais|quanto|qto|como|onde|quando|da pra|d[áa] para)\b"
)
"""A question about delivery or payment chooses neither."""
CODE: Final = re.compile(r"[^\W_][\w-]{2,23}$")
"""A coupon where we asked for one: the last word that she wrote."""
WITHOUT_COUPON: Final = re.compile(r"\b(?:tir\w+|remov\w+|esquec\w+|sem) (?:o |esse |este )?cupom$")
LONGEST_ADDRESS: Final = 200


def with_details(checkout: Checkout, request: Request, asks: str, profile: Profile) -> Checkout:
    """The checkout with what this request tells. `asks` is the slot of our open question, "" for none."""
    entities = request.entities
    found = checkout
    if request.chosen:
        found = _chosen(found, request.chosen, profile)
    elif not ASKS.search(request.text.strip().lower()):
        found = _way(found, request.text, asks)
        found = _paid(found, request.text, asks, profile.payment.methods)
        found = _freight(found, request.text, [each.name for each in profile.delivery.freights])
    codes = entities.postal_codes or (_bare_code(request.text) if asks == "postal_code" else ())
    if codes:
        found = replace(found, postal_code=codes[0], way=DELIVERY)
        if codes[0] != checkout.postal_code:
            found = replace(found, freight="", address="")
    if WITHOUT_COUPON.search(" ".join(norms_of(request.text))):
        found = replace(found, coupon="")
    found = replace(
        found,
        coupon=_coupon(request, asks if found == checkout else "") or found.coupon,
        phone=entities.phones[0] if entities.phones else found.phone,
        document=entities.documents[0] if entities.documents else found.document,
        name=entities.names[0] if entities.names else found.name,
    )
    return _named(_addressed(found, request, asks), request, asks)


def _chosen(checkout: Checkout, value: str, profile: Profile) -> Checkout:
    if value in WAY_VALUES:
        return replace(checkout, way=WAY_VALUES[value])
    if value.startswith(FREIGHT_VALUE):
        return replace(checkout, freight=value.removeprefix(FREIGHT_VALUE))
    place = value.removeprefix(PAYMENT_VALUE)
    if value.startswith(PAYMENT_VALUE) and place.isdecimal() and int(place) < len(profile.payment.methods):
        return replace(checkout, payment=profile.payment.methods[int(place)])
    return checkout


def _way(checkout: Checkout, text: str, asks: str) -> Checkout:
    said = " ".join(norms_of(text))
    if asks in ("payment", "address") and not _only_collects(text, said):
        return checkout  # "débito na loja" pays there; a street may be called anything
    if COLLECTS.search(said) or (asks == "postal_code" and COLLECTS_SHORTLY.search(said)):
        return replace(checkout, way=PICKUP)
    return replace(checkout, way=DELIVERY) if SENT.search(said) else checkout


def _only_collects(text: str, said: str) -> bool:
    """Whether she changes her mind: "na verdade vou buscar aí", not "pago na retirada"."""
    has_number = any(sign.isdigit() for sign in text)
    return COLLECTS.search(said) is not None and not has_number and "na retirada" not in said


def _paid(checkout: Checkout, text: str, asks: str, methods: Sequence[str]) -> Checkout:
    said = set(norms_of(text))
    means = next((word for word in MEANS if word in said), "")
    fitting = [method for method in methods if means and means in fold(method)]
    if not fitting and asks == "payment":
        fitting = [method for method in methods if fold(method) == fold(text).strip()]
    if means == "cartao":
        # Who says no more means the credit card.
        fitting.sort(key=lambda method: "credito" not in fold(method))
    return replace(checkout, payment=fitting[0]) if fitting else checkout


def _freight(checkout: Checkout, text: str, names: Sequence[str]) -> Checkout:
    said = set(norms_of(text))
    for name in names:
        own = {word for word in norms_of(name) if len(word) > 2}
        others = {word for other in names if other != name for word in norms_of(other)}
        if said & (own - others - {"entrega"}):
            return replace(checkout, freight=name)
    return checkout


def _addressed(checkout: Checkout, request: Request, asks: str) -> Checkout:
    if request.chosen:
        return checkout
    street = STREET.search(request.text)
    if street is not None:
        return replace(checkout, address=_one_line(street.group()), way=checkout.way or DELIVERY)
    rest = _one_line(CEP.sub(" ", request.text))
    has_place = any(sign.isalpha() for sign in rest)
    if asks == "address" and checkout.way == PICKUP:
        return checkout  # instead of an address she said that she comes
    if asks == "address" and has_place and "?" not in rest:
        return replace(checkout, address=rest)
    if asks == "postal_code" and has_place and any(sign.isdigit() for sign in rest):
        return replace(checkout, address=rest)
    return checkout


def _named(checkout: Checkout, request: Request, asks: str) -> Checkout:
    """A bare name, where we asked for one."""
    if asks != "name" or checkout.name or request.chosen:
        return checkout
    bare = BEFORE_NAME.sub("", request.text.strip())
    match = NAME.match(bare)
    name = " ".join(match.group().split()) if match else ""
    name = re.split(r"\s+(?:e|tel|telefone|cel|fone|cpf)\b", name, flags=re.IGNORECASE)[0].strip(" .-")
    return replace(checkout, name=name) if len(name) > 1 else checkout


def _coupon(request: Request, asks: str) -> str:
    if request.entities.coupons:
        return request.entities.coupons[0].upper()
    code = CODE.search(request.text) if asks == "coupon" and not request.chosen else None
    return code.group().upper() if code else ""


def _bare_code(text: str) -> tuple[str, ...]:
    match = CEP.search(text)
    return ("".join(sign for sign in match.group() if sign.isdigit()),) if match else ()


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ,.;-")[:LONGEST_ADDRESS]
