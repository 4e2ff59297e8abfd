"""Reading what a customer wants out of her words, without a language model.

    from chatwootai.crews.understanding.reader import judge, understand

    understand("oi, qto custa o sérum e vcs entregam em santos?")  # → (price of "sérum", delivery)
    judge("quero marcar escova sexta às 15h")  # the same, each request with how sure it is

From the command line: `chatwootai understand "texto"`; measured by `python -m bench --understanding`.

In a conversation, `reader.Reader().requests(briefing)` reads a whole turn, with what was said before it.
The way of a text: `words` makes it comparable, `segments` cuts it into requests by the model that `learning`
has learned from `examples/`, `wishes` takes each part apart with keywords (`reading`, `cues`, `plain`,
`purchases`; `beside_names` keeps names clean), `replying` tells answers to our questions from new wishes
(`answerable`), `going_on` takes up what was answered last, `completing` gives follow-ups their
subject, `talks` settles what is meant where only the talk tells (`subjects`), `attaching` adds the entities.
"""
