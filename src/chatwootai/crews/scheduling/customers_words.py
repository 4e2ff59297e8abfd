"""What customers call treatments, and the words around them that name none; folded, singular."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.understanding.words import singular

SPOKEN: Final = tuple(
    (re.compile(rf"\b(?:{spoken})\b"), meant)
    for spoken, meant in (
        (r"exames? d[oe] coracao", "exame xcoracao"),
        (r"maos? e (?:os |o )?pes?|pes? e (?:as |a )?maos?", "manicure pedicure"),
        (r"unhas? d[ao]s? pes?|pezinho|faz\w* (?:o |os |meu |meus )?pes?", "pedicure"),
        (r"unhas? d[ao]s? maos?", "manicure"),
        (r"unhas? (?:de|em) (?:gel|fibra)|alongar (?:as )?unhas?", "alongamento fibra"),
        (r"unhas?", "manicure"),
        (r"(?:corta|cortar|cortando) (?:o |meu )?cabelo|cortar|corta|aparar", "corte"),
        (r"degrade|barbeiro|social", "corte masculino"),
        (
            r"(?:homem|menino|marido|namorado) corte|corte (?:de |para |pra )?(?:homem|marido)",
            "corte masculino",
        ),
        (r"corte infantil|corte (?:de |pra |para )?(?:crianca|menino|menina|bebe)s?", "corte crianca"),
        (r"corte (?:de |pra |para )?(?:mulher|senhora)", "corte feminino"),
        (r"depilar|depila|cera", "depilacao"),
        (r"cilios?|lash", "lash"),
        (r"(?:make|maquiar|maquia)", "maquiagem"),
        (r"progre|alisamento|alisar", "progressiva"),
        (r"pintar o cabelo|tintura|raizes", "raiz"),
        (r"mechas|reflexos?|luz", "luzes"),
        (r"massoterapia|massagista", "massagem"),
        (r"(?:medico|doutor|doutora|medica) do coracao|coracao", "cardiologia"),
        (r"(?:medic[oa]|doutora?) d[ae] pele", "dermatologia"),
        (r"(?:medic[oa]|doutora?) d[ea] crianca|pediatr\w*", "pediatria"),
        (r"(?:medic[oa]|doutora?) d[oe] ossos?|ortoped\w*|orto", "ortopedia"),
        (r"dermato\w*|derma", "dermatologia"),
        (r"gineco\w*|go", "ginecologia"),
        (r"cardio\w*", "cardiologia"),
        (r"clinic[oa] gera[li]s?|clinico|clinica medica|medico geral", "clinica geral"),
        (r"tele ?consulta|consulta (?:online|por video)|telemedicina", "teleconsulta"),
        (r"psicolog\w*|psico|terapia|terapeuta", "psicoterapia"),
        (r"nutri|nutrolog\w*|dieta", "nutricionista"),
        (r"fisio\w*", "fisioterapia"),
        (r"check ?up|checape", "checkup"),
        (r"pre ?natal|gestante", "prenatal"),
        (r"preventivo|papa ?nicolau", "papanicolau"),
        (r"exames? d[eo] sangue|coleta de sangue|tirar sangue|sangue|coleta", "laboratorio"),
        (r"exames? de urina|xixi", "urina"),
        (r"colesterol|triglicer\w*", "lipidico"),
        (r"diabetes|glicose", "glicemia"),
        (r"teste de gravidez|beta ?hcg", "betahcg"),
        (r"ultra ?(?:som|ssom|ssonografia)?s?|usg|ultrasson\w*|ecografia", "ultrassom"),
        (r"mama", "mamas"),
        (r"barriga|abdominal", "abdomen"),
        (r"raio ?x|rx|radiografia", "raio"),
        (r"eletro(?:cardio)?s?|ecg", "eletrocardiograma"),
        (r"eco(?:cardio)?", "ecocardiograma"),
        (r"esteira|ergometric[oa]", "teste ergometrico"),
        (r"botox|toxina", "botox toxina"),
        (r"vacina(?:r|cao)|tomar vacina", "vacina"),
        (r"verruga", "verrugas"),
        (r"medir|medicao|tirar (?:as )?medidas", "medidas"),
        (r"montar|montador(?:es)?", "montagem"),
        (r"desmontar", "desmontagem"),
        (r"instalar", "instalacao"),
        (r"limpar (?:o |meu )?(?:sofa|estofado)s?|limpeza d[eo] (?:sofa|estofado)s?", "higienizacao"),
        (r"impermeabilizar", "impermeabilizacao"),
        (r"arquitet[oa]", "arquiteta"),
        (r"xcoracao", "coracao"),
    )
)
"""Replaced in this order, each by the words that stand in names."""

_LIGHT_WORDS: Final = """
consulta sessao exame teste dosagem completo total tipo medica medico procedimento tratamento visita
relaxante sem formol tecnica
"""
LIGHT: Final = frozenset(_LIGHT_WORDS.split())
"""Words of names that customers leave out."""

_ASKING_WORDS: Final = """
a o as os um uma uns umas e ou de do da dos das em no na nos nas por pra para pro pras com sem que qual
quais quando quanto onde como eu me mim meu minha meus minhas voce voces vcs vc seu sua ele ela gente
quero queria querer quer quis gostaria preciso precisava precisa precisando desejo tenho ter tem teria
tinha ha haveria marcar marca marque marco marcaria marcado agendar agenda agende agendamento agendado
reservar reserva reserve encaixar encaixa encaixe horario hora horinha horarios vaga vago brecha
disponivel disponibilidade livre data dia semana mes hoje amanha manha tarde noite cedo meio fim final
proximo proxima segunda terca quarta quinta sexta sabado domingo feira janeiro fevereiro abril maio
junho julho agosto setembro outubro novembro dezembro depois antes ate entre mais menos muito bem ja so
tambem ainda agora logo la ai aqui isso esse essa este esta aquele aquela outro outra mesmo mesma pode
poder poderia podia consegue consigo conseguir dar dava ir vou vai ser seria sera eh sao foi estou estar
to ta tava fazer faz fazem faco faria feito oferecem oferece atende atendem atendimento aceita aceitam
oi ola opa bom boa obrigado obrigada favor porfavor pfv pf gentileza sim nao ok beleza certo entao
qualquer algum alguma alguem nenhum nenhuma tudo todo toda todos todas mae pai filho filha filhos marido
esposo esposa mulher homem irmao irma avo vo tia tio sogra sogro neto neta amiga amigo namorado namorada
noivo noiva casal bebe bb moca menina menino senhor senhora sr sra dr dra doutor doutora
profissional pessoa servico servicos coisa nome preco valor custa custam saber
ver vendo olhar conferir confirma confirmar remarcar remarca reagendar desmarcar desmarca cancelar
cancela mudar muda trocar troca passar passa passado preparo preparar jejum levar posso devo comer tomar
beber agua roupa durante dura demora tempo minutos minuto horas quantas vez vezes urgente urgencia
rapido rapida possivel possibilidade opcao opcoes nova novo querida querido oie beijo obg vlw valeu blz
hj amh msm tbm pq porque se lhe te ne ali junto juntos dois duas tres cada primeiro primeira ultimo
ultima pessoal encontro perto aproveitar antecipar antecipa adiar adia jogar joga colocar coloca bota
botar pegar
"""
ASKING: Final = frozenset(_ASKING_WORDS.split()) | frozenset(singular(word) for word in _ASKING_WORDS.split())
