"""Words that stand for one another when the wish behind a sentence is guessed, folded and singular.

They let a sentence about a sofa teach something about one about a lamp. A word may have one concept only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from chatwootai.crews.understanding.words import is_size, singular

_CONCEPTS: Final[dict[str, str]] = {
    "product": """
        shampoo xampu condicionador creme mascara serum hidratante locao batom gloss base po primer rimel
        delineador blush iluminador sombra paleta corretivo perfume colonia desodorante sabonete esfoliante
        tonico demaquilante protetor filtro bronzeador oleo esmalte acetona ampola gel mousse pomada leave
        reparador matizador tintura secador chapinha babyliss escova pente pincel esponja kit necessaire
        vestido camisa camiseta blusa calca bermuda short saia jaqueta casaco moletom pijama cueca calcinha
        sutia meia tenis sapato sandalia chinelo bota bolsa mochila carteira cinto oculos relogio colar anel
        brinco pulseira bone chapeu celular carregador fone cabo capa capinha pelicula notebook computador
        mouse teclado tv televisao monitor tablet impressora caixa som camera videogame controle geladeira
        fogao microondas liquidificador airfryer batedeira cafeteira sanduicheira ventilador aspirador ferro
        panela frigideira prato copo talher faca garrafa pote jarra forma toalha lencol edredom coberta
        cobertor travesseiro colchao cortina tapete almofada sofa cadeira mesa estante armario guarda cama
        berco luminaria lampada abajur espelho quadro vaso planta vela difusor brinquedo boneca carrinho
        bicicleta bola patinete livro caderno caneta racao coleira areia suplemento whey creatina colageno
        vitamina fralda mamadeira produto item peca modelo mercadoria aparelho cesta presente lembrancinha
        """,
    "treatment": """
        consulta retorno limpeza peeling botox toxina preenchimento depilacao laser massagem drenagem
        manicure pedicure progressiva luzes mechas maquiagem sobrancelha cilios avaliacao exame ultrassom
        raio fisioterapia pilates sessao procedimento clareamento canal obturacao terapia vacina checkup
        microagulhamento radiofrequencia criolipolise escleroterapia bioestimulador micropigmentacao
        eletrocardiograma hemograma ressonancia tomografia endoscopia colonoscopia mamografia biopsia
        cirurgia implante extracao protese lente skinbooster ultraformer lipo tratamento atendimento podologia
        acupuntura quiropraxia spa hidrafacial carboxiterapia lifting tricologia cauterizacao botoxcapilar
        """,
    "professional": """
        dr dra doutor doutora medico medica dentista dermato dermatologista fisioterapeuta fisio nutricionista
        nutri psicologo psicologa esteticista cabeleireiro cabeleireira profissional especialista pediatra
        ginecologista gineco cardiologista cardio ortopedista orto oftalmologista oftalmo urologista
        neurologista endocrinologista endocrino psiquiatra podologa podologo massagista maquiadora barbeiro
        enfermeira enfermeiro biomedica biomedico
        """,
    "symptom": """
        alergia alergico alergica coceira cocando coca coceirinha vermelhidao ardencia
        ardendo arde ardeu ardido inchado inchada inchou inchaco inchando bolha queimou queimadura queimando
        ferida machucado irritou irritacao irritada irritado descamando descamacao febre dor doendo doi doeu
        sangrando sangramento sangrou infeccao infeccionou inflamado inflamada inflamou reacao tontura tonta
        enjoo vomito vomitando desmaiei desmaio caroco nodulo pus bolinha empipocada empipocado formigamento
        dormente fraqueza urticaria hematoma latejando empipocou
        """,
    "condition": """
        gravida gestante gravidez gestacao amamentando amamento lactante diabetica diabetico diabetes
        hipertensa hipertenso hipertensao marcapasso lupus rosacea psoriase dermatite epilepsia epileptico
        cancer quimio quimioterapia roacutan isotretinoina tireoide remedio anticoagulante cardiaco cardiaca
        asma asmatica herpes labirintite trombose bebe recem
        """,
    "insurer": """
        unimed bradesco amil sulamerica hapvida notredame intermedica convenio plano cassi geap porto
        odontoprev golden prevent reembolso carteirinha guia particular sus ipasgo ipsemg
        """,
    "means": """
        pix boleto cartao credito debito dinheiro parcela parcelar parcelado parcelamento juros visa master
        mastercard elo amex vale crediario carne fiado picpay mercadopago paypal cheque
        """,
    "kin": """
        mae pai filho filha marido esposa esposo mulher namorado namorada noivo noiva sogra sogro irma irmao
        avo tia tio sobrinha sobrinho prima primo neto neta amiga afilhada cunhada
        """,
    "day": """
        segunda terca quarta quinta sexta sabado domingo hoje amanha feriado natal reveillon carnaval pascoa
        manha tarde noite meio almoco fds janeiro fevereiro marco abril maio junho julho agosto setembro
        outubro novembro dezembro
        """,
    "body": """
        pele cabelo rosto corpo unha mao pe olho labio fio cilio perna barriga axila virilha buço couro
        cabeludo braco costa
        """,
    "place": """
        bairro cidade interior capital estado zona centro santos campinas sorocaba guarulhos osasco curitiba
        recife fortaleza salvador brasilia goiania manaus belem niteroi florianopolis bahia minas parana
        sp rj mg rs sc pr df ce exterior portugal cep
        """,
    "looks": """
        feio feia estragado estragada quebrado quebrada rasgado rasgada amassado amassada vazando vazou
        vazado vencido vencida rachado rachada trincado trincada manchado manchada furado furada defeito
        defeituoso defeituosa aberto violado violada lacrado danificado danificada queimado queimada torto
        descosturado riscado lascado
        """,
}
CONCEPT_OF: Final[dict[str, str]] = {
    word: concept for concept, words in _CONCEPTS.items() for word in words.split()
}
CLOCK: Final = re.compile(r"\d{1,2}:\d{2}|\d{1,2}h(?:s|\d{2})?")
DATE: Final = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")
LONG_NUMBER: Final = 4


@lru_cache(maxsize=8192)
def concept_of(norm: str) -> str:
    """The concept of a comparable word (see `words`), "" for none."""
    if norm[0].isdigit():
        return _figure(norm)
    return CONCEPT_OF.get(norm) or CONCEPT_OF.get(singular(norm), "")


def _figure(norm: str) -> str:
    if CLOCK.fullmatch(norm):
        return "clock"
    if DATE.fullmatch(norm):
        return "day"
    if is_size(norm):
        return "size"
    return "code" if norm.isdigit() and len(norm) >= LONG_NUMBER else "number"
