"""Who gets what at the addresses of chats? A part of the access table; see `table`.

`waiting` is Alice's chat, which waits for an agent; `live` is Bob's, which Dora is in.
"""

CHATS = """
                                                 alice  bob carol dora editor admin visitor
GET   chat:index                       -           302  302   200  401    401   401     401
GET   chat:past                        -           200  200   200  401    401   401     401
POST  chat:begin                       -           200  200   200  401    401   401     401
GET   chat:assistant                   -           200  200   200  401    401   401     401
POST  chat:assistant                   -           200  403   200  401    401   401     401
POST  chat:upload                      -           200  200   200  401    401   401     401
GET   chat:download                    private     200  404   404  401    401   401     401
GET   chat:download                    noted       404  404   404  401    401   401     401
GET   chat:download                    unsent      200  404   404  401    401   401     401
GET   chat:preview                     private     200  404   404  401    401   401     401
GET   chat:preview                     noted       404  404   404  401    401   401     401
GET   chat:preview                     unsent      200  404   404  401    401   401     401
POST  chat:discard                     unsent      200  200   200  401    401   401     401
GET   chat:detail                      waiting     200  404   404  401    401   401     401
GET   chat:state                       waiting     200  404   404  401    401   401     401
GET   chat:lines                       waiting     200  404   404  401    401   401     401
GET   chat:transcript                  waiting     200  404   404  401    401   401     401
GET   chat:line                        line        200  404   404  401    401   401     401
GET   chat:before                      line        200  404   404  401    401   401     401
POST  chat:say                         waiting     200  404   404  401    401   401     401
POST  chat:edit                        line        200  404   404  401    401   401     401
POST  chat:remove                      line        200  404   404  401    401   401     401
POST  chat:seen                        waiting     204  404   404  401    401   401     401
POST  chat:here                        waiting     204  404   404  401    401   401     401
POST  chat:left                        waiting     204  404   404  401    401   401     401
POST  chat:ask-for-person              waiting     204  404   404  401    401   401     401
POST  chat:end                         waiting     204  404   404  401    401   401     401
POST  chat:make-ticket                 waiting     200  404   404  401    401   401     401
POST  chat:accept-notice               waiting     204  404   404  401    401   401     401
POST  chat:rate                        waiting     422  404   404  401    401   401     401
POST  chat:mail                        waiting     204  404   404  401    401   401     401
POST  chat:tool                        tool        204  404   404  401    401   401     401
POST  chat:stop                        line        200  404   404  401    401   401     401
POST  chat:proposal                    proposal    200  404   404  401    401   401     401

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
GET   chat-desk:composer               waiting     302  302   302  200    403   200     302
GET   chat-desk:story                  waiting     302  302   302  200    403   200     302
GET   chat-desk:lines                  waiting     302  302   302  200    403   200     302
GET   chat-desk:line                   line        302  302   302  200    403   200     302
GET   chat-desk:before                 line        302  302   302  200    403   200     302
GET   chat-desk:transcript             waiting     302  302   302  200    403   200     302
POST  chat-desk:edit                 line        302  302   302  403    403   403     302
POST  chat-desk:remove               line        302  302   302  403    403   403     302
GET   chat-desk:pick-canned            waiting     302  302   302  200    403   200     302
POST  chat-desk:suggest                waiting     302  302   302  200    403   200     302
POST  chat-desk:say                    live        302  302   302  200    403   200     302
POST  chat-desk:edit                   our-line    302  302   302  200    403   403     302
POST  chat-desk:remove                 our-line    302  302   302  200    403   403     302
POST  chat-desk:accept                 waiting     302  302   302  200    403   200     302
POST  chat-desk:transfer               live        302  302   302  200    403   200     302
POST  chat-desk:give-back              live        302  302   302  200    403   200     302
POST  chat-desk:make-ticket            waiting     302  302   302  200    403   200     302
POST  chat-desk:end                    live        302  302   302  200    403   200     302
"""
