"""The phrases of English suggestions: wishes, requests to a company; advice to other customers."""

PHRASES = """
should / would be nice / would be great / would be good / would be awesome / would be cool / would be helpful
would be useful / would be better / would be amazing / would be perfect / would be ideal / would be wonderful
would be fantastic / would be handy / would be lovely / it'd be nice / it'd be great / it'd be cool
be nice if / be great if / be good if / be cool if / be better if / be awesome if / be helpful if
be useful if / would love to see / would love to have / would love it if / would love if / would like to see
would like to have / would like it if / i'd love to see / i'd like to see / i'd love to have / i'd love it if
i'd like to have / would really like / i wish / we wish / wish there / wish you / wish it / wish they
wish the / if only / need to be able / needs to be / needs to have / need an option / needs an option
need a way / needs a way / we need / need to have / need to add / needs to add / needs more / must be able
pls add / plz add / pls make / plz make / pls bring / plz bring / pls fix / plz fix / can you add
can you please add / could you add / could you please / can you make / could you make / can we get
can we have / could we get / could we have / can you bring / could you bring / can you provide
could you provide / can you please provide / can you please make / why not add / why not make / why not have
why not just / why don't you / why can't we / how about / what about adding / i suggest / i would suggest
i'd suggest / we suggest / my suggestion / suggestion . / suggestions . / feature request / i propose
my proposal / i recommend / i would recommend adding / recommend adding / consider adding / consider making
consider having / consider providing / consider supporting / an option to / allow us to / allow users to
allow me to / let us / let me choose / give us / give me the / add support / add an option / add the ability
add the option / would make it easier / would help if / it would help / would be a great / would be a good
would be a nice / there must be / there needs / there has to be / hope you add / hope you can add
hope you will / in the next update / in a future / in future updates / could be improved
room for improvement / make it possible / make it easier / make it so / want to see / want to be able
i want a / would appreciate / i'd appreciate / it might be / might be a good idea / would be the best
good idea to / instead of having to / rather than having to / at least add / at least provide
missing feature / should've been / ought to / . add / . allow / . make / . provide / . enable / . include
. support / . let / . give / . bring / . implement / . fix / . create / . introduce / . improve / . integrate
. remove / . change / . expose / . extend / . open up / . show / . put / . keep / . get rid / . use
. replace / . simplify / . expand / . increase / . reduce / please / like to be able / would be a great idea
why not a / it would be better / it would be best / it would be easier / i would love to
would love the ability / let users choose / hope to see a / would be so much better / would be much better
would be a useful / beware / might want to / may want to / might wish to / may wish to / you are better off
you're better off / be better off / are much better off / are far better off
could use a / could use an / could use some / could use more / could use better / could use another / could use new
could use a few / could do with / can do with / . needs a / . needs an / . needs better / . needs some / . needs work
. needs improvement / really needs a / desperately needs / badly needs / in need of a / in dire need of
only thing i would change / only thing i'd change / one thing i would change / one thing i'd change
only thing we would change / thing to improve / things to improve / thing i would improve / only improvement
one improvement / an improvement would / areas for improvement / area for improvement / would be an improvement
would go a long way / would help a lot / would help . / would be a plus / would be a bonus / would be welcomed
would make all the difference / would make a difference / would make a big difference / would make sense
bring ear plugs / bring earplugs / pack ear plugs / pack earplugs
bring your own / ask for a room / ask for one of / ask for an upper / ask for a high / ask for a quiet
request a room / request a high / request an upper / request a quiet / stay elsewhere / look elsewhere
do your homework / do your research / . idea let / . idea add / . idea make / . idea allow / . idea have
mode please / version please / option please / feature please / button please / support please / setting please
don't miss / do not miss / dont miss / be happier with / would love a / would love an / i'd love a / i'd love an
needs to do something / need to do something / should do something / ought to do something / so ask for / then ask for
so avoid / so book / so choose / so bring / so request / then choose / then book / choose another / choose a different
NOT i don't miss / we don't miss / you don't miss / they don't miss / might want to know / may want to know
would love a coffee / would love a drink / would love a chat / would love a follow / would love a reply
would love a response / would love a refund / would love a hug / would love an answer / would love an update
i'd love a coffee / i'd love a reply / i'd love a response / i'd love an answer / they let us / he let us / she let us
staff let us / hotel let us / even let us / kindly let us / who let us / . check in / . check out was / . check out is
. check out time / . add to that / . support answered / . support is / . support was / . support team / . support has
. support told / . support said / . support staff / . support never / we need to go / i need to go
should mention / should add that / should say / should note that / should point out / should have been here
should have arrived / should have read / should last / not let us / wouldn't let us / didn't let us / don't let us
won't let us / never let us / . turn down service / . turndown / . make no mistake / . give them / could do with out
could use some help / could use a drink / could use a break / could use a nap / could use a hug
should i / should be ashamed / should know / should have known / should i be / should we / how should
what should / which should / when should / where should / who should / why should / shouldn't have to
we need help / need to have a look / . let me know / . let me / . let's / . give it / . give me / . keep up
. keep it up / . use it / . get rid of it / . show me / . make it / give us a call / wish you all / wish you a
wish you the / i wish you / wish the best / please help / please respond / please reply / please answer
please dm / please call / please contact / please see / please note / please read / please follow / please rt
please retweet / please share / please check / please advise / please confirm / please let me know
please let us know / please let me / please tell / please explain / please email / please visit / please click
please send us / please send me / please watch / please look / please find / please feel free / please be
please do not hesitate / please refer / please try / please look into / please get in touch
please get back to / please reach / please join / please vote / please subscribe / please like / please report
please know / please wait / please excuse / please forgive / please ask / please don't hesitate / please stand
please hold / please . / please ? / please dont / please don't worry / please someone / please can someone
please can you tell / please i / please and / please assist / please elaborate / please correct me
please post / please link / . have a great / . have a good / . have a nice / . have a wonderful
. have a blessed / . have a safe / . have a fun / . have a happy / . have a drink / . enjoy the rest
. enjoy the show / . enjoy the weekend / . see you / . read more / . see our / . read our / . follow us
. visit us / . join us / . call us / . take care / . take that / . get it together / . get this / . have the
. have to / . have any / . have you / . have it / . have some / . have your / . have an / . have one
. see in / . see for / . see more / . see here / . see to / . leave it / . keep on / . tip of / . read your
. see it / . see this / . see a / . see your / . tell it / . tell them / . use of / . ride on / . let this
. let it / . let the / . see the / . give the / . watch it / . call it / . walk in / . look at this
. check in was / . check in is / . check in and / . check out was / . check out is / . take away / . takeaway
. try as / . stay was / . book was / . order was / . order arrived / . order came / . use was / . visit was
i wish i had stayed / i wish i had known / i wish i had more time / i wish we had stayed / i wish we had known
wish i had never / wish we had more time / i wish i could give / i wish i could stay / i wish we could have stayed
should be fine / should be ok / i should be / i should have / should be here / should arrive / should get here
"""

FRAMES = """
would / it'd / that'd / 'd / will / wud / might / could | _ / also / really / just / certainly / definitely /
even / probably / then / therefore / actually / surely / then also | be | _ / very / really / so / quite /
pretty / super / extremely / much / more / even / also / even more / a lot / absolutely / totally / most /
also very / way / far / much more / just | nice / great / good / awesome / cool / helpful / useful / better /
amazing / perfect / ideal / wonderful / fantastic / handy / lovely / easier / best / beneficial / convenient /
excellent / neat / welcome / terrific / brilliant / practical / logical / appreciated / interesting / sweet /
nicer / greater / comfortable / smart / wise | if / to / for / when / with / having / . / as / also / that

would / could / should | _ / very / really / so / quite / pretty / super / extremely / much / more / even /
also / even more / a lot / absolutely / totally / most / also very / way / far / much more / just | be | nice
/ great / good / awesome / cool / helpful / useful / better / amazing / handy / lovely / easier / best / nicer
| if / to

would / 'd / i'd / we'd / id | _ / also / really / just / so / personally / still / very much | like / love /
prefer / want | to see / to have / to be able / if / it if / an option / the ability / the option / a way / to
request / to suggest / to propose / to ask / you to / this to / a feature / more / some / another / to
recommend / to get

another / one / a / the / my / one possible / a possible / the best / a better / an alternative / the only /
my only / a simple / the other / possible | option / possibility / solution / idea / suggestion / proposal /
improvement / alternative / request / wish / feature request / recommendation | is / would be / might be /
could be / may be | to / that / if / for / a / an

could / should / might / must / needs to / need to / has to / ought to / can | _ / also / at least / just /
maybe / perhaps / please / easily / simply / really / definitely / all | be | added / improved / changed /
made / removed / fixed / allowed / enabled / implemented / included / supported / extended / optimized /
optimised / able to / available / provided / exposed / simplified / replaced / configurable / customizable /
optional / increased / reduced / renamed / updated / integrated / merged / possible / better / easier / faster
/ bigger / smaller / cheaper / larger / clearer / introduced / offered / restored / given / addressed / built
in / moved / expanded / more / wider / longer / shorter / stronger / a way / an option / a setting

is it / would it be / is there / are there / isn't it | possible / a way / any way / any chance / any
possibility / any plans / plans | to / of | add / make / bring / provide / include / implement / allow /
enable / support / fix / consider / create / change / improve / release / give us / give me / remove /
introduce / integrate / update / extend / increase / restore / get rid of / put / offer / open / expose / let
us / let me / let users / build / show / develop / replace / expand / reduce / publish / port / return / adopt
/ lower / start / stop / sell / stock / simplify / optimize / design / turn / adding / making / have / get /
having / getting

can / could / would / will / can't / couldn't | you / we / u / they / someone / somebody / microsoft | _ /
guys / please / also / at least / maybe / possibly / kindly / just / perhaps / pls / plz / not | add / make /
bring / provide / include / implement / allow / enable / support / fix / consider / create / change / improve
/ release / give us / give me / remove / introduce / integrate / update / extend / increase / restore / get
rid of / put / offer / open / expose / let us / let me / let users / build / show / develop / replace / expand
/ reduce / publish / port / return / adopt / lower / start / stop / sell / stock / simplify / optimize /
design / turn

please / pls / plz / pleas / plese / kindly | _ / also / at least / just / do / either / oh please / consider
/ can you / could you / can we / find a way to / work on | add / make / bring / provide / include / implement
/ allow / enable / support / fix / consider / create / change / improve / release / give us / give me / remove
/ introduce / integrate / update / extend / increase / restore / get rid of / put / offer / open / expose /
let us / let me / let users / build / show / develop / replace / expand / reduce / publish / port / return /
adopt / lower / start / stop / sell / stock / simplify / optimize / design / turn / add support / have / keep
/ get / do not remove / don't remove / adding / allowing / making

you / they / microsoft / developers / the team / the company / the hotel / the app / the developers /
management / staff / the staff / the owners / someone | could / might / may / must / need to / needs to /
really need to / have to / ought to / would do well to | _ / also / really / just / certainly / definitely /
even / probably / then / therefore / actually / surely / then also | add / make / bring / provide / include /
implement / allow / enable / support / fix / consider / create / change / improve / remove / introduce /
integrate / update / extend / offer / invest in / work on / learn / train / upgrade / renovate / replace

maybe / perhaps / instead / alternatively / ideally / at least / hopefully | you / they / we / it / this /
there / the / someone | could / should / can / might / will / would / need / needs

there / it / this / that / we / you / they | should / must / ought to / needs to / need to / has to | be a /
be an / be some / be more / be able / be possible / be the / have a / have an / have the / be at least / also
be / also have / be allowed

i / we / i'm / i am / we're / i'll / i would / i'd / would / want to / wanted to / like to | suggest /
suggesting / propose / proposing / requesting / request / recommend / advise / urge / vote for / wish for /
hoping for / asking for / ask that / ask for | _ / that / to / you / a / the / an / microsoft / adding / this
/ your / something / everyone / anyone / them / using / staying / getting / asking / booking

why | not / don't you / can't you / don't they / can't we / can't they / not simply / not just / dont you /
cant you / not let | add / make / have / include / allow / provide / give / let / use / bring / put / just /
simply / offer / support / be able

what / how | about / if | adding / making / having / we / you / there / giving / providing / an / a / allowing
/ using / including / putting / it / the

need / needs / want / wants / lacks / lacking / missing / require / requires | _ / also / really / desperately
/ just | an option / a way / the ability / the option / support for / a feature / an ability / a setting / a
button / an api / the possibility / the feature / more options / better support / a dark mode / a better way

_ / please | vote for / upvote / bring back / give us back / open source / get rid of | this / the / it / a /
my / our / all

hope / hoping / hopefully / i hope / wish / i wish / looking forward to / would be happy | you / they / there
/ we / microsoft / the / that / to see / someone / this / it | can / could / will / would / was / were / is /
are / add / had / consider / adding / have / get / gets / more / a / the / fix / improve / make | _ / add /
make / be / have / consider / fix / improve / bring / also

would / will / could | _ / also / greatly / really / definitely | benefit / help / improve / simplify / save /
enhance / solve / make | us / users / a lot / developers / the / our / everyone / many / me / it / this / life
/ things / people / if

so that / so | we / users / i / people / developers / everyone / one | can / could / don't have to / wouldn't
have to

rather / instead / better | _ / to | see / have / than having to / of forcing / of having

would / could / might | _ / also / really / just / certainly / definitely / probably / then / even | have been
| _ / very / really / so / quite / much / even / more / a lot / also | nice / great / good / better / helpful
/ useful / handy / perfect / ideal / nicer / wise / appreciated / easier / cool / best | if / to / with / for
/ had / . / as / without / in / when

would | make / have made / have been made | it / this / things / life / the stay / our stay / my stay / the
app / the product / the room / the experience / all | _ / even / much / so much / a lot / that much / more /
absolutely | better / perfect / easier / nicer / great / more / complete / comfortable / useful / usable

what | this / the / it / they / we | _ / * | need / needs / want / lack / lacks / is missing | is | a / an /
more / better / some / the / to

time | to / for / they / you | renovate / update / upgrade / replace / fix / refurbish / replaced / updated /
upgraded / fixed / renovated / refresh / redecorate / modernise / modernize / an update / an upgrade / a
renovation / a refresh / a refurb / a facelift / a makeover / a change

. | more / less / fewer / better / longer / bigger / smaller / cheaper / faster / no more | * | _ / * | _ / *
| _ / * | please / pls / plz

. | maybe / perhaps / possibly / instead / just / also | add / offer / include / make / put / have / give /
allow / let / use / consider / try / hire / provide / bring / install / replace / change / move / send /
charge / lower

would | have | liked / preferred / appreciated / loved | a / an / more / to see / to have / the option / some
/ the choice
"""
