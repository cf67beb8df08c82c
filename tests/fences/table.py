"""Who gets what at which address? Each address has a row, and each of the cast a column."""

from dataclasses import dataclass

from tests.fences.chat_table import CHATS

CAST = ("alice", "bob", "carol", "dora", "editor", "admin", "visitor")

# Columns: method, name of the address, what it is asked for ("-": nothing), and what each of the
# cast gets. Agents are nobody at /help/, members are nobody at /console/; the editor is an agent
# who may not read conversations. With a method that has no row, nobody gets through.
TABLE = """
                                                 alice  bob carol dora editor admin visitor
GET   /                                -           302  302   302  302    302   302     302

GET   help:home                        -           200  200   200  200    200   200     200
GET   help:loader                      -           200  200   200  200    200   200     200
GET   help:frame                       -           200  200   200  200    200   200     200
GET   help:search                      -           200  200   200  200    200   200     200
GET   help:unread                      -           200  200   200  204    204   204     204
POST  help:read-notices                -           200  200   200  401    401   401     401
POST  help:session                     visitor     200  200   200  200    200   200     200
POST  help:end                         -           200  200   200  200    200   200     200
POST  help:backchannel-logout          junk        400  400   400  400    400   400     400
POST  help:code                        -           200  200   200  401    401   401     401
POST  help:enter                       code        303  303   303  303    303   303     303
POST  help:enter                       junk        403  403   403  403    403   403     403
GET   help:link                        link        200  200   200  200    200   200     200
POST  help:link                        link        303  303   303  303    303   303     303
GET   help:link                        junk        403  403   403  403    403   403     403
POST  help:switch                      junk        403  403   403  401    401   401     401
GET   help:sign-in                     -           200  200   200  200    200   200     200
GET   help:account-menu                -           200  200   200  401    401   401     401
GET   help:signed-out                  -           200  200   200  200    200   200     200

GET   tickets:index                    -           200  200   200  401    401   401     401
GET   tickets:index                    form        200  200   200  401    401   401     401
GET   tickets:rows                     -           200  200   200  401    401   401     401
POST  tickets:create                   -           200  200   200  401    401   401     401
GET   tickets:own-fields               -           200  200   200  401    401   401     401
GET   tickets:suggestions              -           200  200   200  401    401   401     401
POST  tickets:suggestions-shown        -           204  204   204  401    401   401     401
POST  tickets:open-suggestion          -           404  404   404  401    401   401     401
POST  tickets:draft-new                -           204  204   204  401    401   401     401
POST  tickets:draft                    shared      204  204   404  401    401   401     401
POST  tickets:draft                    private     204  404   404  401    401   401     401
POST  tickets:upload                   -           200  200   200  401    401   401     401
GET   tickets:download                 shared      200  200   404  401    401   401     401
GET   tickets:download                 private     200  404   404  401    401   401     401
GET   tickets:download                 noted       404  404   404  401    401   401     401
GET   tickets:download                 unsent      200  404   404  401    401   401     401
GET   tickets:preview                  shared      200  200   404  401    401   401     401
GET   tickets:preview                  private     200  404   404  401    401   401     401
GET   tickets:preview                  noted       404  404   404  401    401   401     401
GET   tickets:preview                  unsent      200  404   404  401    401   401     401
POST  tickets:discard                  unsent      200  200   200  401    401   401     401
GET   tickets:detail                   shared      200  200   404  401    401   401     401
GET   tickets:detail                   private     200  404   404  401    401   401     401
GET   tickets:messages                 shared      200  200   404  401    401   401     401
GET   tickets:messages                 private     200  404   404  401    401   401     401
POST  tickets:reply                    shared      200  200   404  401    401   401     401
POST  tickets:reply                    private     200  404   404  401    401   401     401
POST  tickets:move                     shared      200  200   404  401    401   401     401
POST  tickets:move                     private     200  404   404  401    401   401     401
POST  tickets:share                    shared      200  200   404  401    401   401     401
POST  tickets:share                    private     200  404   404  401    401   401     401
POST  tickets:follow                   shared      200  200   404  401    401   401     401
POST  tickets:follow                   private     200  404   404  401    401   401     401
POST  tickets:rate                     shared      422  422   404  401    401   401     401
POST  tickets:rate                     private     422  404   404  401    401   401     401
POST  tickets:seen                     shared      204  204   404  401    401   401     401
POST  tickets:seen                     private     204  404   404  401    401   401     401
GET   tickets:export-pdf               shared      200  200   404  401    401   401     401
GET   tickets:export-pdf               private     200  404   404  401    401   401     401
GET   tickets:export-text              shared      200  200   404  401    401   401     401
GET   tickets:export-text              private     200  404   404  401    401   401     401

GET   docs:index                       -           200  200   200  200    200   200     200
GET   docs:search                      -           200  200   200  200    200   200     200
POST  docs:missed                      -           204  204   204  204    204   204     204
GET   docs:answered                    answered    302  404   404  401    401   401     401
GET   docs:page                        public-page 200  200   200  200    200   200     200
GET   docs:page                        brand-page  200  200   404  401    401   401     401
GET   docs:page                        draft-page  404  404   404  401    401   401     401
GET   docs:file                        public-file 200  200   200  200    200   200     200
GET   docs:file                        brand-file  200  200   404  401    401   401     401
GET   docs:feedback                    public-page 200  200   200  200    200   200     200
GET   docs:feedback                    brand-page  200  200   404  404    404   404     404
POST  docs:feedback                    public-page 303  303   303  303    303   303     303
POST  docs:feedback                    brand-page  303  303   404  404    404   404     404
GET   docs:stuck                       public-page 302  302   302  401    401   401     401
GET   docs:stuck                       brand-page  302  302   404  401    401   401     401
GET   docs:ask                         -           200  200   200  200    200   200     200
POST  docs:ask                         -           303  303   303  303    303   303     303
GET   docs:answer                      asked       302  404   404  404    404   404     404
POST  docs:stop-answer                 asked       303  404   404  404    404   404     404
POST  docs:judge-answer                asked       303  404   404  404    404   404     404
POST  docs:tell-me                     asked       303  404   404  401    401   401     401
GET   docs:go-on                       asked       302  404   404  401    401   401     401

GET   docs-public:bare                 -           301  301   301  301    301   301     301
GET   docs-public:index                -           200  200   200  200    200   200     200
GET   docs-public:search               -           200  200   200  200    200   200     200
POST  docs-public:missed               -           204  204   204  204    204   204     204
GET   docs-public:page                 public-page 200  200   200  200    200   200     200
GET   docs-public:page                 brand-page  200  200   404  404    404   404     404
GET   docs-public:page                 draft-page  404  404   404  404    404   404     404
GET   docs-public:file                 public-file 200  200   200  200    200   200     200
GET   docs-public:file                 brand-file  200  200   404  404    404   404     404
GET   docs-public:feedback             public-page 200  200   200  200    200   200     200
GET   docs-public:feedback             brand-page  200  200   404  404    404   404     404
POST  docs-public:feedback             public-page 303  303   303  303    303   303     303
POST  docs-public:feedback             brand-page  303  303   404  404    404   404     404
GET   docs-public:ask                  -           200  200   200  200    200   200     200
POST  docs-public:ask                  -           303  303   303  303    303   303     303
GET   docs-public:answer               asked       302  404   404  404    404   404     404
POST  docs-public:stop-answer          asked       303  404   404  404    404   404     404
POST  docs-public:judge-answer         asked       303  404   404  404    404   404     404
POST  docs-public:tell-me              asked       303  404   404  401    401   401     401
GET   docs-public:opensearch           -           200  200   200  200    200   200     200
GET   docs-public:robots               -           200  200   200  200    200   200     200
GET   docs-public:index-as-markdown    -           200  200   200  200    200   200     200
GET   docs-public:llms                 -           200  200   200  200    200   200     200
GET   docs-public:llms-of-section      help        200  200   200  200    200   200     200
GET   docs-public:llms-full            -           200  200   200  200    200   200     200
GET   docs-public:llms-full-more       zero        200  200   200  200    200   200     200
GET   docs-public:sitemap              -           200  200   200  200    200   200     200
GET   docs-public:sitemap-part         one         200  200   200  200    200   200     200

GET   docs-desk:index                  -           302  302   302  403    200   200     302
GET   docs-desk:new-section            -           302  302   302  403    200   200     302
POST  docs-desk:new-section            -           302  302   302  403    302   302     302
GET   docs-desk:section                section     302  302   302  403    200   200     302
GET   docs-desk:section                made-up     302  302   302  403    404   404     302
POST  docs-desk:section                section     302  302   302  403    302   302     302
GET   docs-desk:branch                 section     302  302   302  403    200   200     302
GET   docs-desk:branch                 made-up     302  302   302  403    404   404     302
POST  docs-desk:move-section           section     302  302   302  403    302   302     302
POST  docs-desk:delete-section         section     302  302   302  403    302   302     302
GET   docs-desk:words                  -           302  302   302  403    200   200     302
POST  docs-desk:words                  -           302  302   302  403    302   302     302
POST  docs-desk:remove-synonym         synonym     302  302   302  403    302   302     302
POST  docs-desk:forget-miss            miss        302  302   302  403    302   302     302
GET   docs-desk:questions              -           302  302   302  403    200   200     302
GET   docs-desk:rated-badly            -           302  302   302  403    200   200     302
POST  docs-desk:settle-question        asked       302  302   302  403    302   302     302
POST  docs-desk:settle-question        made-up     302  302   302  403    404   404     302
GET   docs-desk:question               group       302  302   302  403    200   200     302
GET   docs-desk:question               made-up     302  302   302  403    404   404     302
POST  docs-desk:question               group       302  302   302  403    302   302     302
POST  docs-desk:settle                 group       302  302   302  403    302   302     302
POST  docs-desk:begin-page             group       302  302   302  403    302   302     302
POST  docs-desk:keep-question          group       302  302   302  403    302   302     302
GET   docs-desk:evaluation             -           302  302   302  403    200   200     302
POST  docs-desk:evaluation             -           302  302   302  403    302   302     302
POST  docs-desk:run-evaluation         -           302  302   302  403    302   302     302
GET   docs-desk:evaluation-question    measured    302  302   302  403    200   200     302
GET   docs-desk:evaluation-question    made-up     302  302   302  403    404   404     302
POST  docs-desk:evaluation-question    measured    302  302   302  403    302   302     302
POST  docs-desk:drop-question          measured    302  302   302  403    302   302     302
GET   docs-desk:file                   asset       302  302   302  403    200   200     302
GET   docs-desk:new-page               -           302  302   302  403    200   200     302
POST  docs-desk:new-page               -           302  302   302  403    302   302     302
GET   docs-desk:page                   page        302  302   302  403    200   200     302
GET   docs-desk:page                   made-up     302  302   302  403    404   404     302
GET   docs-desk:page                   repository  302  302   302  403    200   200     302
POST  docs-desk:draft                  page        302  302   302  403    200   200     302
POST  docs-desk:draft                  repository  302  302   302  403    422   422     302
POST  docs-desk:preview                page        302  302   302  403    200   200     302
POST  docs-desk:upload                 page        302  302   302  403    200   200     302
POST  docs-desk:publish                page        302  302   302  403    302   302     302
POST  docs-desk:publish                repository  302  302   302  403    422   422     302
GET   docs-desk:overtaken              page        302  302   302  403    302   302     302
POST  docs-desk:go-on                  page        302  302   302  403    302   302     302
POST  docs-desk:discard                page        302  302   302  403    302   302     302
POST  docs-desk:withdraw               page        302  302   302  403    302   302     302
GET   docs-desk:delete                 page        302  302   302  403    200   200     302
POST  docs-desk:delete                 page        302  302   302  403    302   302     302
POST  docs-desk:move                   page        302  302   302  403    302   302     302
GET   docs-desk:page-settings          page        302  302   302  403    200   200     302
POST  docs-desk:page-settings          page        302  302   302  403    302   302     302
POST  docs-desk:place                  page        302  302   302  403    302   302     302
POST  docs-desk:join-versions          page        302  302   302  403    422   422     302
POST  docs-desk:part-versions          page        302  302   302  403    302   302     302
POST  docs-desk:translate              page        302  302   302  403    302   302     302
GET   docs-desk:feedback               page        302  302   302  403    200   200     302
GET   docs-desk:revisions              page        302  302   302  403    200   200     302
GET   docs-desk:revision               revision    302  302   302  403    200   200     302
POST  docs-desk:restore                revision    302  302   302  403    302   302     302

GET   console:home                     -           302  302   302  302    302   302     302
GET   console:profile                  -           302  302   302  200    200   200     302
GET   console:notices                  -           302  302   302  200    200   200     302
POST  console:read-notices             -           302  302   302  302    302   302     302
GET   console:here                     -           200  200   200  200    200   200     200
GET   console:palette                  -           302  302   302  200    200   200     302
GET   console:design                   -           302  302   302  200    200   200     302

GET   console:settings                 -           302  302   302  403    403   302     302
GET   console:agents                   -           302  302   302  403    403   200     302
GET   console:new-agent                -           302  302   302  403    403   200     302
POST  console:new-agent                -           302  302   302  403    403   302     302
GET   console:agent                    dora        302  302   302  403    403   200     302
GET   console:agent                    made-up     302  302   302  403    403   404     302
POST  console:agent                    dora        302  302   302  403    403   302     302
POST  console:set-active               dora        302  302   302  403    403   302     302
GET   console:hosts                    -           302  302   302  403    403   200     302
GET   console:new-host                 -           302  302   302  403    403   200     302
POST  console:new-host                 -           302  302   302  403    403   302     302
GET   console:host                     host        302  302   302  403    403   200     302
GET   console:change-host              host        302  302   302  403    403   200     302
POST  console:change-host              host        302  302   302  403    403   302     302
POST  console:switch-host-off          host        302  302   302  403    403   302     302
POST  console:new-key                  host        302  302   302  403    403   200     302
POST  console:retire-key               key         302  302   302  403    403   302     302

GET   tickets-desk:index               -           302  302   302  200    403   200     302
GET   tickets-desk:rows                -           302  302   302  200    403   200     302
POST  tickets-desk:bulk                -           302  302   302  200    403   200     302
POST  tickets-desk:undo                bulk        302  302   302  200    403   404     302
POST  tickets-desk:save-view           -           302  302   302  200    403   200     302
POST  tickets-desk:rename-view         view        302  302   302  200    403   404     302
POST  tickets-desk:delete-view         view        302  302   302  200    403   404     302
GET   tickets-desk:suggested           -           302  302   302  403    403   200     302
GET   tickets-desk:teams               -           302  302   302  403    403   200     302
GET   tickets-desk:new-team            -           302  302   302  403    403   200     302
POST  tickets-desk:new-team            -           302  302   302  403    403   302     302
GET   tickets-desk:team                team        302  302   302  403    403   200     302
POST  tickets-desk:team                team        302  302   302  403    403   302     302
POST  tickets-desk:retire-team         team        302  302   302  403    403   302     302
GET   tickets-desk:canned              -           302  302   302  200    403   200     302
GET   tickets-desk:new-canned          -           302  302   302  200    403   200     302
POST  tickets-desk:new-canned          -           302  302   302  302    403   302     302
POST  tickets-desk:preview-canned      -           302  302   302  200    403   200     302
GET   tickets-desk:canned-reply        own-reply   302  302   302  200    403   404     302
GET   tickets-desk:canned-reply        all-reply   302  302   302  403    403   200     302
POST  tickets-desk:canned-reply        own-reply   302  302   302  302    403   404     302
POST  tickets-desk:canned-reply        all-reply   302  302   302  403    403   302     302
POST  tickets-desk:retire-canned       own-reply   302  302   302  302    403   404     302
POST  tickets-desk:retire-canned       all-reply   302  302   302  403    403   302     302
POST  tickets-desk:count-canned        own-reply   302  302   302  204    403   404     302
POST  tickets-desk:count-canned        all-reply   302  302   302  204    403   204     302
GET   tickets-desk:pick-canned         private     302  302   302  200    403   200     302
GET   tickets-desk:issue-types         -           302  302   302  403    403   200     302
GET   tickets-desk:new-issue-type      -           302  302   302  403    403   200     302
POST  tickets-desk:new-issue-type      -           302  302   302  403    403   302     302
GET   tickets-desk:issue-type          type        302  302   302  403    403   200     302
POST  tickets-desk:issue-type          type        302  302   302  403    403   302     302
POST  tickets-desk:move-issue-type     type        302  302   302  403    403   302     302
POST  tickets-desk:retire-issue-type   type        302  302   302  403    403   302     302
GET   tickets-desk:new-field           type        302  302   302  403    403   200     302
POST  tickets-desk:new-field           type        302  302   302  403    403   302     302
GET   tickets-desk:field               own-field   302  302   302  403    403   200     302
GET   tickets-desk:field               stray-field 302  302   302  403    403   404     302
POST  tickets-desk:field               own-field   302  302   302  403    403   302     302
POST  tickets-desk:move-field          own-field   302  302   302  403    403   302     302
POST  tickets-desk:retire-field        own-field   302  302   302  403    403   302     302
POST  tickets-desk:upload              -           302  302   302  200    403   200     302
GET   tickets-desk:download            shared      302  302   302  200    404   200     302
GET   tickets-desk:download            private     302  302   302  200    404   200     302
GET   tickets-desk:download            noted       302  302   302  200    404   200     302
GET   tickets-desk:download            unsent      302  302   302  404    404   404     302
GET   tickets-desk:preview             private     302  302   302  200    404   200     302
GET   tickets-desk:preview             noted       302  302   302  200    404   200     302
GET   tickets-desk:preview             unsent      302  302   302  404    404   404     302
POST  tickets-desk:discard             unsent      302  302   302  200    403   200     302
GET   tickets-desk:detail              private     302  302   302  200    403   200     302
GET   tickets-desk:answers             private     302  302   302  200    403   200     302
GET   tickets-desk:messages            private     302  302   302  200    403   200     302
POST  tickets-desk:reply               private     302  302   302  200    403   200     302
POST  tickets-desk:draft               private     302  302   302  204    403   204     302
POST  tickets-desk:move                private     302  302   302  200    403   200     302
POST  tickets-desk:assign              private     302  302   302  200    403   200     302
POST  tickets-desk:priority            private     302  302   302  200    403   200     302
POST  tickets-desk:follow              private     302  302   302  200    403   200     302
POST  tickets-desk:send-proof-link     asked       302  302   302  200    403   200     302
POST  tickets-desk:send-proof-link     private     302  302   302  404    403   404     302
GET   tickets-desk:detail              asked       302  302   302  200    403   200     302
GET   tickets:detail                   asked       404  404   404  401    401   401     401
POST  tickets-desk:set-team            private     302  302   302  200    403   200     302
POST  tickets-desk:tag                 private     302  302   302  200    403   200     302
GET   tickets-desk:around              private     302  302   302  200    403   200     302
GET   tickets-desk:here                private     302  302   302  200    403   200     302
POST  tickets-desk:here                private     302  302   302  200    403   200     302
POST  tickets-desk:left                private     302  302   302  204    403   204     302
GET   tickets-desk:merge               private     302  302   302  200    403   200     302
POST  tickets-desk:merge               private     302  302   302  422    403   422     302
GET   tickets-desk:split               private     302  302   302  200    403   200     302
POST  tickets-desk:split               private     302  302   302  422    403   422     302
GET   tickets-desk:link                private     302  302   302  200    403   200     302
POST  tickets-desk:link                private     302  302   302  422    403   422     302
POST  tickets-desk:unlink              private     302  302   302  404    403   404     302
POST  tickets-desk:seen                private     302  302   302  204    403   204     302
GET   tickets-desk:export-table        -           302  302   302  200    403   200     302
GET   tickets-desk:export-pdf          private     302  302   302  200    403   200     302
GET   tickets-desk:export-text         private     302  302   302  200    403   200     302

GET   tickets-desk:policy              -           302  302   302  403    403   200     302
POST  tickets-desk:policy              -           302  302   302  403    403   302     302
GET   tickets-desk:hours               -           302  302   302  403    403   200     302
POST  tickets-desk:hours               -           302  302   302  403    403   302     302
GET   tickets-desk:targets             -           302  302   302  403    403   200     302
POST  tickets-desk:targets             -           302  302   302  403    403   302     302
GET   tickets-desk:sign-in-answers     -           302  302   302  403    403   200     302
POST  tickets-desk:sign-in-answers     -           302  302   302  403    403   422     302

GET   tickets-public:sign-in-help      -           200  200   200  200    200   200     200
POST  tickets-public:sign-in-help      junk        422  422   422  422    422   422     422
POST  tickets-public:sign-in-help      worked      302  302   302  302    302   302     302
GET   tickets-public:challenge         -           200  200   200  200    200   200     200
GET   tickets-public:sent              -           200  200   200  200    200   200     200
GET   tickets-public:proof             proof       200  200   200  200    200   200     200
POST  tickets-public:proof             proof       302  302   302  302    302   302     302
GET   tickets-public:proof             junk        404  404   404  404    404   404     404
POST  tickets-public:proof             junk        404  404   404  404    404   404     404
GET   tickets-public:more              answered    200  200   200  200    200   200     200
POST  tickets-public:more              answered    302  302   302  302    302   302     302
GET   tickets-public:more              forged      404  404   404  404    404   404     404
POST  tickets-public:more              forged      404  404   404  404    404   404     404

GET   docs-desk:sources                -           302  302   302  403    200   200     302
GET   docs-desk:new-source             -           302  302   302  403    200   200     302
POST  docs-desk:new-source             -           302  302   302  403    302   302     302
GET   docs-desk:source                 source      302  302   302  403    200   200     302
GET   docs-desk:source                 made-up     302  302   302  403    404   404     302
POST  docs-desk:pull-source            source      302  302   302  403    302   302     302
POST  docs-desk:switch-source          source      302  302   302  403    302   302     302
POST  docs-desk:make-hook              source      302  302   302  403    200   200     302
POST  docs-desk:remove-source          source      302  302   302  403    302   302     302

POST  docs-public:hook                 hook        202  202   202  202    202   202     202
POST  docs-public:hook                 junk        202  202   202  202    202   202     202

GET   account_login                    -           200  200   200  302    302   302     200
POST  account_login                    junk        200  200   200  302    302   302     200
GET   account_logout                   -           302  302   302  200    200   200     302
POST  account_logout                   -           302  302   302  302    302   302     302
GET   account_inactive                 -           200  200   200  200    200   200     200
GET   account_reauthenticate           -           302  302   302  200    200   200     302
POST  account_reauthenticate           junk        302  302   302  200    200   200     302
GET   account_change_password          -           302  302   302  200    200   200     302
POST  account_change_password          junk        302  302   302  200    200   200     302
GET   account_set_password             -           302  302   302  302    302   302     302
POST  account_set_password             junk        302  302   302  302    302   302     302
GET   account_reset_password           -           200  200   200  200    200   200     200
POST  account_reset_password           junk        200  200   200  200    200   200     200
GET   account_reset_password_done      -           200  200   200  200    200   200     200
GET   account_reset_password_from_key  junk        200  200   200  200    200   200     200
POST  account_reset_password_from_key  junk        200  200   200  200    200   200     200
GET   account_reset_password_from_key_done -           200  200   200  200    200   200     200
GET   account_signup                   -           302  302   302  302    302   302     302
POST  account_signup                   -           302  302   302  302    302   302     302
GET   account_email                    -           302  302   302  302    302   302     302
POST  account_email                    -           302  302   302  302    302   302     302
GET   mfa_index                        -           302  302   302  200    200   200     302
GET   mfa_authenticate                 -           302  302   302  302    302   302     302
POST  mfa_authenticate                 junk        302  302   302  302    302   302     302
GET   mfa_reauthenticate               -           302  302   302  302    302   302     302
POST  mfa_reauthenticate               junk        302  302   302  302    302   302     302
GET   mfa_activate_totp                -           302  302   302  302    302   302     302
POST  mfa_activate_totp                junk        302  302   302  302    302   302     302
GET   mfa_deactivate_totp              -           302  302   302  404    404   404     302
POST  mfa_deactivate_totp              -           302  302   302  404    404   404     302
GET   mfa_view_recovery_codes          -           302  302   302  404    404   404     302
GET   mfa_generate_recovery_codes      -           302  302   302  302    302   302     302
POST  mfa_generate_recovery_codes      -           302  302   302  302    302   302     302
GET   mfa_download_recovery_codes      -           302  302   302  404    404   404     302

GET   healthz                          -           200  200   200  200    200   200     200
GET   readyz                           -           200  200   200  200    200   200     200
GET   metrics                          -           403  403   403  403    403   403     403
"""


@dataclass(frozen=True, eq=False)
class Row:
    """One line of the access table: what each of the cast gets for one request."""

    method: str
    name: str
    """The address as `reverse` knows it."""
    target: str
    """What it is asked for; see `World.path`."""
    statuses: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.target}"


def _rows() -> list[Row]:
    text = f"{TABLE}{CHATS}"
    lines = [line.split() for line in text.splitlines() if line.startswith(("GET", "POST"))]
    return [
        Row(method, name, target, dict(zip(CAST, map(int, statuses), strict=True)))
        for method, name, target, *statuses in lines
    ]


ROWS = _rows()
