"""How customers ask about the rules of a house, in their spelling: aliases of its policies.

A rule says "formas de pagamento", a customer "dá pra dividir". What follows is general; what only one
business is asked belongs into the questions of its profile.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """`subject` as in `Policy.subject`; `cue` matches a title, or else a text, folded, that is about it."""

    subject: str
    cue: re.Pattern[str]
    questions: tuple[str, ...]


_INSURANCE = r"convenio|plano de saude"
_SAME = {"insurance": "payment"}
"""Subjects of fields of a profile that have no topic of their own."""


def aliases(subject: str, title: str, text: str = "") -> tuple[str, ...]:
    """How customers ask for a rule: of the topics that its title names, else of those that its text does."""
    topics = [topic for topic in TOPICS if topic.subject == _SAME.get(subject, subject)]
    for told in (title, text):
        named = [topic for topic in topics if topic.cue.search(folded(told))]
        if named:
            return tuple(question for topic in named for question in topic.questions)
    return ()


def is_about_insurance(title: str) -> bool:
    """Whether a rule, of whatever subject, is the one about health plans."""
    return re.search(_INSURANCE, folded(title)) is not None


def folded(text: str) -> str:
    """Small letters without their accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _topic(subject: str, cue: str, questions: str) -> Topic:
    return Topic(subject, re.compile(cue), tuple(line.strip() for line in questions.strip().splitlines()))


TOPICS: tuple[Topic, ...] = (
    _topic(
        "delivery",
        r"prazo|entrega de produto|entregas?$|^entrega|envio",
        """
        em quanto tempo chega
        quantos dias demora a entrega
        chega quando se eu comprar hoje
        qual o prazo pra minha cidade
        demora muito pra chegar
        vcs mandam pelo correio
        manda por sedex ou pac
        entrega por motoboy
        entregam no meu bairro
        fazem entrega em outra cidade ou estado
        vcs enviam pra todo brasil
        entrega em casa ou só retira na loja
        consigo receber amanhã
        quando vai ser enviado
        previsão de entrega do pedido
        atende o interior
        """,
    ),
    _topic(
        "delivery",
        r"frete|taxa de entrega",
        """
        quanto fica o frete
        qual o valor da entrega
        cobra pra entregar
        taxa de entrega do motoboy
        frete pra minha cidade é quanto
        tem entrega de graça
        valor mínimo pra frete grátis
        acima de quanto o frete sai grátis
        preciso gastar quanto pra não pagar frete
        calcula o frete pro meu cep
        o frete é por conta de quem
        entrega gratuita
        """,
    ),
    _topic(
        "delivery",
        r"acesso|porta|escada|elevador",
        """
        vai passar na porta
        meu prédio não tem elevador
        sobe escada com o móvel
        não coube no elevador
        e se não entrar no apartamento
        qual a medida da embalagem pra ver se passa
        vocês sobem até o andar
        entregam dentro do apartamento
        precisa içar pela janela
        cabe no elevador do prédio
        corredor estreito, será que passa
        quem confere se passa na escada
        """,
    ),
    _topic(
        "delivery",
        r"resultado|laudo",
        """
        quando sai o resultado
        meu resultado já tá pronto
        onde vejo o resultado do exame
        como pego meu laudo
        recebo o resultado por email ou whats
        manda o laudo por aqui
        dá pra ver o exame pela internet
        esqueci a senha do portal de resultados
        preciso buscar o resultado aí
        quanto tempo pra sair o exame
        outra pessoa pode pegar meu resultado
        quero o pdf do meu exame
        """,
    ),
    _topic(
        "pickup",
        r"",
        """
        posso retirar na loja
        dá pra buscar aí
        compro aqui e pego na loja
        retirada tem custo
        passo aí pra pegar
        quando fica pronto pra buscar
        minha mãe pode buscar pra mim
        prefiro retirar pessoalmente
        separa pra mim que eu busco
        até que horas posso retirar
        precisa de documento pra retirar
        tem como reservar e pegar depois
        """,
    ),
    _topic(
        "payment",
        r"pagamento|pagar|parcel|pix|cartao",
        """
        posso parcelar em quantas vezes
        aceita pix
        parcela no cartão sem juros
        dá pra dividir
        divide em até quantas vezes
        quais cartões vcs aceitam
        passa cartão de crédito ou débito
        pagar com boleto
        posso pagar na entrega
        aceita dinheiro
        pagando à vista tem desconto
        desconto no pix
        qual a chave pix
        manda o link de pagamento
        parcela mínima
        faz em 10x
        tem juros no parcelado
        aceita vale alimentação
        metade agora e metade depois
        como faço pra pagar
        """,
    ),
    _topic(
        "payment",
        _INSURANCE,
        """
        aceita meu convênio
        atende pelo plano
        trabalham com unimed
        aceita bradesco saúde, amil ou sulamérica
        pega plano de saúde
        quais convênios vcs atendem
        é particular ou convênio
        tem reembolso do plano
        preciso de recibo pro reembolso
        a consulta é só particular
        cobre pelo convênio
        vocês são credenciados
        """,
    ),
    _topic(
        "exchange",
        r"troca|devolu|desist|arrepend",
        """
        quero trocar
        posso devolver
        não gostei, dá pra trocar
        me arrependi da compra
        quero meu dinheiro
        quero reembolso
        como faço pra devolver um produto
        até quantos dias pra trocar
        prazo pra devolução
        não serviu
        veio errado
        veio quebrado ou com defeito
        já abri, posso trocar
        preciso da nota fiscal pra trocar
        quem paga o frete da devolução
        estorno no cartão
        ganhei de presente e quero trocar
        """,
    ),
    _topic(
        "exchange",
        r"alerg|reac",
        """
        me deu alergia
        minha pele ficou vermelha
        tive uma reação com o produto
        tá coçando depois que usei
        deu irritação
        queimou minha pele
        fiquei toda empolada
        apareceram bolinhas
        fez mal pra mim
        posso usar se sou alérgica
        inchou depois de passar
        deu reação, vocês devolvem
        """,
    ),
    _topic(
        "exchange",
        r"medida|encomenda|personaliza",
        """
        fiz sob medida e não gostei
        a medida veio errada
        troca peça feita sob encomenda
        posso cancelar encomenda
        o móvel planejado ficou diferente
        mandei fazer e veio torto
        personalizado tem troca
        encomendei e desisti
        tamanho errado na peça encomendada
        vocês refazem se errar a medida
        dá pra mudar a encomenda
        a cor veio diferente da que encomendei
        """,
    ),
    _topic(
        "warranty",
        r"garantia (?!de procedencia)|garantia$|defeito",
        """
        tem garantia
        quanto tempo de garantia
        garantia de quantos anos
        estragou, está na garantia
        parou de funcionar
        deu problema, como aciono a garantia
        quebrou sozinho
        apresentou defeito depois de uns meses
        a garantia cobre o quê
        assistência técnica
        perdi a nota, vale a garantia
        vocês consertam
        """,
    ),
    _topic(
        "warranty",
        r"procedencia|origina|validade|anvisa",
        """
        é original
        é falsificado
        tem nota fiscal
        tem registro na anvisa
        qual a validade
        tá vencendo
        é importado
        como sei que não é réplica
        de onde vêm os produtos
        é confiável comprar aí
        é primeira linha
        tem selo de autenticidade
        """,
    ),
    _topic(
        "hours",
        r"horario|funcionamento|atendimento",
        """
        que horas abre
        até que horas vcs ficam abertos
        tá aberto agora
        abre sábado
        abrem aos domingos
        abre no feriado
        fecha pro almoço
        horário de atendimento
        fecham que horas
        posso ir aí hoje à noite
        funciona fim de semana
        qual dia vcs não abrem
        a partir de que horas posso ir
        ainda dá tempo de passar aí
        """,
    ),
    _topic(
        "hours",
        r"balanco|inventario|manutencao|recesso|ferias",
        """
        vão fechar algum dia
        a loja vai fechar esse mês
        tem dia que não vai ter atendimento
        quando é o balanço
        por que estava fechado
        vcs entram em recesso
        fecham no fim do ano
        vai abrir normal essa semana
        tem algum dia sem funcionamento
        fui aí e estava fechado
        quando reabre
        até quando fica fechado
        """,
    ),
    _topic(
        "booking",
        r"cancel|remarc|desmarc|agendamento",
        """
        posso desmarcar
        preciso remarcar
        mudar meu horário pra outro dia
        quero cancelar o agendamento
        não vou poder ir
        surgiu um imprevisto
        paga multa se cancelar
        até quando posso cancelar
        cobram se eu faltar
        esqueci do meu horário e não fui
        dá pra trocar o dia
        adiar minha consulta
        cancelar em cima da hora tem taxa
        """,
    ),
    _topic(
        "booking",
        r"atras|tolerancia|cancelamento de horario",
        """
        vou chegar atrasada
        tô presa no trânsito
        posso atrasar uns minutinhos
        qual a tolerância de atraso
        se eu me atrasar ainda sou atendida
        cheguei tarde, perdi o horário
        vou me atrasar um pouco
        quantos minutos vcs esperam
        o médico espera se eu atrasar
        atrasei e agora
        chego em 20 min, tem problema
        o ônibus atrasou
        """,
    ),
    _topic(
        "booking",
        r"menor|crianca|acompanhante",
        """
        precisa ir com responsável
        menor pode ir sozinho
        minha filha tem 15 anos, posso marcar pra ela
        quem pode acompanhar a criança
        a avó pode levar
        adolescente precisa de acompanhante
        qual documento da criança
        posso levar meu bebê
        a babá pode ir com ele
        de menor entra sem os pais
        atendem criança
        preciso ir junto com meu filho
        """,
    ),
    _topic(
        "booking",
        r"montagem|instalacao|visita",
        """
        vocês montam o móvel
        a montagem está inclusa
        quando vem o montador
        agendar a montagem
        mudar o dia da montagem
        o montador não veio
        quem monta
        cobra pra montar
        vem montado ou desmontado
        entregaram e falta montar
        que dia o montador pode vir
        precisa ter alguém em casa pra montar
        """,
    ),
    _topic(
        "promotion",
        r"",
        """
        tem promoção
        tá com desconto
        tem cupom
        quais as ofertas de hoje
        algum produto em oferta
        tem código de desconto
        faz um desconto pra mim
        tá tendo alguma campanha
        vai ter black friday
        qual o cupom válido
        promoção da semana
        até quando vai a promoção
        """,
    ),
    _topic(
        "loyalty",
        r"",
        """
        tem programa de pontos
        como junto pontos
        quantos pontos eu tenho
        clube de fidelidade
        cartão fidelidade
        ganho cashback
        cliente antigo tem desconto
        como troco meus pontos
        meus pontos vencem
        como participo do clube
        vantagem pra quem compra sempre
        desconto de aniversário
        """,
    ),
    _topic(
        "address",
        r"",
        """
        onde fica a loja
        qual o endereço
        vcs ficam em que bairro
        me manda a localização
        como chego aí
        tem loja física
        fica perto do metrô
        qual a rua e o número
        manda o link do mapa
        é em qual cidade
        queria ir aí pessoalmente
        tem ponto de referência
        """,
    ),
    _topic(
        "parking",
        r"",
        """
        tem estacionamento
        onde paro o carro
        dá pra estacionar na porta
        tem vaga
        o estacionamento é pago
        tem convênio com estacionamento
        tem lugar pra moto
        vou de carro, onde deixo
        tem manobrista
        é fácil de parar
        vaga pra deficiente
        quanto custa o estacionamento
        """,
    ),
    _topic(
        "contact",
        r"",
        """
        qual o telefone
        tem instagram
        qual o site
        me passa o email
        número pra ligar
        como falo com vcs
        tem outro whatsapp
        qual o insta de vcs
        posso ligar
        tem página na internet
        onde vejo fotos
        telefone fixo da loja
        """,
    ),
    _topic(
        "health",
        r"",
        """
        é emergência
        passei mal
        tive uma reação
        posso usar grávida
        tem contraindicação
        estou amamentando, posso
        posso tomar com outro remédio
        é pra quem tem pressão alta
        tem efeito colateral
        estou com muita dor
        pode em criança pequena
        faz mal pra diabético
        """,
    ),
    _topic(
        "about",
        r"",
        """
        vendem no atacado
        tem preço pra revenda
        quero revender
        compra em quantidade tem desconto
        estão contratando
        onde deixo currículo
        tem vaga de emprego
        tem catálogo
        há quanto tempo existem
        quem são vocês
        vende pra empresa com cnpj
        fazem parceria com influencer
        """,
    ),
)
