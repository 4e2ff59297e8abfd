"""How customers ask about delivery, payment, exchanges, promotions and points, in their spelling."""

from __future__ import annotations

from chatwootai.hub.passages.topics import INSURANCE, Topic, topic

TOPICS: tuple[Topic, ...] = (
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
        "payment",
        INSURANCE,
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
)
