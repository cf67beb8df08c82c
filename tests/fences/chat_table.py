"""Who gets what at the addresses of chats? A part of the access table; see `table`.

`waiting` is Alice's chat, which waits for an agent; `live` is Bob's, which Dora is in.
"""

CHATS = """
                                                 alice  bob carol dora editor admin visitor
GET   chat-desk:index                  -           302  302   302  200    403   200     302
GET   chat-desk:rows                   -           302  302   302  200    403   200     302
POST  chat-desk:here                   -           302  302   302  200    403   200     302
POST  chat-desk:availability           -           302  302   302  200    403   200     302
GET   chat-desk:overview               -           302  302   302  200    403   200     302
GET   chat-desk:past                   -           302  302   302  200    403   200     302
GET   chat-desk:policy                 -           302  302   302  403    403   200     302
POST  chat-desk:policy                 -           302  302   302  403    403   302     302
GET   chat-desk:assistant              -           302  302   302  403    403   200     302
POST  chat-desk:assistant              -           302  302   302  403    403   302     302
POST  chat-desk:upload                 -           302  302   302  200    403   200     302
GET   chat-desk:download               noted       302  302   302  200    404   200     302
GET   chat-desk:download               unsent      302  302   302  404    404   404     302
GET   chat-desk:preview                noted       302  302   302  200    404   200     302
GET   chat-desk:preview                unsent      302  302   302  404    404   404     302
POST  chat-desk:discard                unsent      302  302   302  200    403   200     302
GET   chat-desk:detail                 waiting     302  302   302  200    403   200     302
GET   chat-desk:head                   waiting     302  302   302  200    403   200     302
GET   chat-desk:story                  waiting     302  302   302  200    403   200     302
GET   chat-desk:lines                  waiting     302  302   302  200    403   200     302
GET   chat-desk:line                   line        302  302   302  200    403   200     302
GET   chat-desk:before                 line        302  302   302  200    403   200     302
POST  chat-desk:edit                 line        302  302   302  403    403   403     302
POST  chat-desk:remove               line        302  302   302  403    403   403     302
GET   chat-desk:pick-canned            waiting     302  302   302  200    403   200     302
POST  chat-desk:suggest                waiting     302  302   302  200    403   200     302
POST  chat-desk:say                    live        302  302   302  200    403   200     302
POST  chat-desk:accept                 waiting     302  302   302  200    403   200     302
POST  chat-desk:transfer               live        302  302   302  200    403   200     302
POST  chat-desk:give-back              live        302  302   302  200    403   200     302
POST  chat-desk:make-ticket            waiting     302  302   302  200    403   200     302
POST  chat-desk:end                    live        302  302   302  200    403   200     302
"""
