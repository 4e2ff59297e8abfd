"""How customers ask about hours, appointments, the address and the rest, in their spelling."""

from __future__ import annotations

from chatwootai.hub.passages.topics import Topic, topic

TOPICS: tuple[Topic, ...] = (
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
    topic(
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
