"""What does a language model say to a question, as far as the passages say it too?

    answer_with_model(question, evidence, quoted, …)    events; the end of the story is `answering`
    sum_up(said, …)                                     a talk, for our own people

One adapter for every endpoint with OpenAI's protocol: `protocol` asks, within the limits of `wire`
and `bounds`; `reading` makes sentences of what comes, and `support` looks each up in the passages.
"""
