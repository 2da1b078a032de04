"""The phrases of English suggestions: wishes, requests to a company, advice to other customers."""

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
would be a useful / beware
NOT should i / should be ashamed / should know / should have known / should i be / should we / how should
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
also / even more / a lot / absolutely / totally / most / also very / way / far / much more / just | be |
nice / great / good / awesome / cool / helpful / useful / better / amazing / handy / lovely / easier / best /
nicer | if / to

would / 'd / i'd / we'd / id | _ / also / really / just / so / personally / still / very much | like / love /
prefer / want | to see / to have / to be able / if / it if / an option / the ability / the option / a way /
to request / to suggest / to propose / to ask / you to / this to / a feature / more / some / another /
to recommend / to get

another / one / a / the / my / one possible / a possible / the best / a better / an alternative / the only /
my only / a simple / the other / possible | option / possibility / solution / idea / suggestion / proposal /
improvement / alternative / request / wish / feature request / recommendation | is / would be / might be /
could be / may be | to / that / if / for / a / an

could / should / might / must / needs to / need to / has to / ought to / can | _ / also / at least / just /
maybe / perhaps / please / easily / simply / really / definitely / all | be | added / improved / changed /
made / removed / fixed / allowed / enabled / implemented / included / supported / extended / optimized /
optimised / able to / available / provided / exposed / simplified / replaced / configurable / customizable /
optional / increased / reduced / renamed / updated / integrated / merged / possible / better / easier /
faster / bigger / smaller / cheaper / larger / clearer / introduced / offered / restored / given / addressed /
built in / moved / expanded / more / wider / longer / shorter / stronger / a way / an option / a setting

is it / would it be / is there / are there / isn't it | possible / a way / any way / any chance /
any possibility / any plans / plans | to / of | add / make / bring / provide / include / implement / allow /
enable / support / fix / consider / create / change / improve / release / give us / give me / remove /
introduce / integrate / update / extend / increase / restore / get rid of / put / offer / open / expose /
let us / let me / let users / build / show / develop / replace / expand / reduce / publish / port / return /
adopt / lower / start / stop / sell / stock / simplify / optimize / design / turn / adding / making / have /
get / having / getting

can / could / would / will / can't / couldn't | you / we / u / they / someone / somebody / microsoft | _ /
guys / please / also / at least / maybe / possibly / kindly / just / perhaps / pls / plz / not | add / make /
bring / provide / include / implement / allow / enable / support / fix / consider / create / change /
improve / release / give us / give me / remove / introduce / integrate / update / extend / increase /
restore / get rid of / put / offer / open / expose / let us / let me / let users / build / show / develop /
replace / expand / reduce / publish / port / return / adopt / lower / start / stop / sell / stock / simplify /
optimize / design / turn

please / pls / plz / pleas / plese / kindly | _ / also / at least / just / do / either / oh please /
consider / can you / could you / can we / find a way to / work on | add / make / bring / provide / include /
implement / allow / enable / support / fix / consider / create / change / improve / release / give us /
give me / remove / introduce / integrate / update / extend / increase / restore / get rid of / put / offer /
open / expose / let us / let me / let users / build / show / develop / replace / expand / reduce / publish /
port / return / adopt / lower / start / stop / sell / stock / simplify / optimize / design / turn /
add support / have / keep / get / do not remove / don't remove / adding / allowing / making

you / they / microsoft / developers / the team / the company / the hotel / the app / the developers /
management / staff / the staff / the owners / someone | could / might / may / must / need to / needs to /
really need to / have to / ought to / would do well to | _ / also / really / just / certainly / definitely /
even / probably / then / therefore / actually / surely / then also | add / make / bring / provide / include /
implement / allow / enable / support / fix / consider / create / change / improve / remove / introduce /
integrate / update / extend / offer / invest in / work on / learn / train / upgrade / renovate / replace

maybe / perhaps / instead / alternatively / ideally / at least / hopefully | you / they / we / it / this /
there / the / someone | could / should / can / might / will / would / need / needs

there / it / this / that / we / you / they | should / must / ought to / needs to / need to / has to | be a /
be an / be some / be more / be able / be possible / be the / have a / have an / have the / be at least /
also be / also have / be allowed

i / we / i'm / i am / we're / i'll / i would / i'd / would / want to / wanted to / like to | suggest /
suggesting / propose / proposing / requesting / request / recommend / advise / urge / vote for / wish for /
hoping for / asking for / ask that / ask for | _ / that / to / you / a / the / an / microsoft / adding /
this / your / something / everyone / anyone / them / using / staying / getting / asking / booking

why | not / don't you / can't you / don't they / can't we / can't they / not simply / not just / dont you /
cant you / not let | add / make / have / include / allow / provide / give / let / use / bring / put / just /
simply / offer / support / be able

what / how | about / if | adding / making / having / we / you / there / giving / providing / an / a /
allowing / using / including / putting / it / the

need / needs / want / wants / lacks / lacking / missing / require / requires | _ / also / really /
desperately / just | an option / a way / the ability / the option / support for / a feature / an ability /
a setting / a button / an api / the possibility / the feature / more options / better support / a dark mode /
a better way

_ / please | vote for / upvote / bring back / give us back / open source / get rid of | this / the / it / a /
my / our / all

hope / hoping / hopefully / i hope / wish / i wish / looking forward to / would be happy | you / they /
there / we / microsoft / the / that / to see / someone / this / it | can / could / will / would / was / were /
is / are / add / had / consider / adding / have / get / gets / more / a / the / fix / improve / make | _ /
add / make / be / have / consider / fix / improve / bring / also

would / will / could | _ / also / greatly / really / definitely | benefit / help / improve / simplify / save /
enhance / solve / make | us / users / a lot / developers / the / our / everyone / many / me / it / this /
life / things / people / if

so that / so | we / users / i / people / developers / everyone / one | can / could / don't have to /
wouldn't have to

rather / instead / better | _ / to | see / have / than having to / of forcing / of having

my / our / a / one / one more / another / just a / some / few / a few / two / only / feature / small /
little / simple | suggestion / suggestions / recommendation / recommendations / proposal / wish / request /
idea for / tip / tips / word of advice / advice / word of warning / word of caution / piece of advice | _ /
is / would / for / . / to

_ / . / just / always / please / so / but / to / should / must / you | be sure / make sure / make certain /
be aware / be prepared / be warned / be careful / keep in mind / bear in mind / take note /
remember to / don't forget / do not forget / don't expect / do not expect / watch out / look out / stay away /
steer clear / look elsewhere / think twice / do yourself a favor / do yourself a favour / treat yourself /
save yourself / save your money / look no further / stay elsewhere / go elsewhere

i / i'd / we'd / we / would / i'll | _ / would / definitely / highly / strongly / really / certainly / also /
still / thoroughly / not / wouldn't / don't | recommend / recommended / suggest / advise | _ / it / this /
the / that / you / to / a / them / asking / getting / staying / booking / going / taking / trying

highly / strongly / definitely / thoroughly / absolutely / well / also / much / really | recommend /
recommended / suggest / advise

_ / . / i / we | would / i'd / we'd / i would / we would | _ / definitely / not / also / certainly /
probably / rather / instead / highly / only / always / just / avoid and | ask for / book / choose / avoid /
stay at / opt for / go for / stay in / stay elsewhere / look for / look elsewhere / pay / pick / try /
request / insist / go with / advise / say go / say stay / say try / check out / get a / buy the / take the /
go to

you | _ / would / will / should / may / might / could / must / need to / have to / really / definitely /
'll / do | _ / also / always / probably / definitely / just / even / really | want to book / want to ask /
want to bring / want to avoid / want to check / want to request / want to get / want to try / want to take /
want to consider / ask for / book / bring / request / be better off / try / need to ask / consider /
take the / check out / wear / get a room / reserve / walk to / catch the / skip / avoid / pack / better off

best / better / wise / advisable / worthwhile / worth your while / worth it / important / essential /
a good idea / helpful / useful / recommended | to | ask / book / bring / go / get / take / stay / avoid /
check / use / request / eat / walk / try / arrive / pay / buy / wait / call / reserve / order / sit / pack /
know / rent / plan / pre book / leave

well / definitely / really / certainly / is / it's / its / are / totally / so / always | worth | a visit /
a try / a look / the trip / the walk / the extra / a stay / visiting / checking / trying / seeing / a stop /
the visit / paying / asking / getting / taking / staying

if / for / when | you / you're / you are / anyone / those / people / travellers / travelers / families /
couples | _ / are / do / who / that / can / plan / ever | looking / want / wanting / need / like / plan /
planning / decide / go / visit / stay / staying / travelling / traveling / interested / prefer / have kids /
on a budget / get the chance / must stay / end up | _ / to / for / a / the / here / there / on / something /
at / in

_ / . / is / are / definitely | a must / a must see / a must do / a must try / must see / must do / must try /
must have / not to be missed / not be missed | _ / for / if / . / see / try / do

tip / tips / hint / advice / warning / note / pro tip / top tip / travel tip / word to the wise /
word of advice / word of warning / my advice / our advice / one piece of advice / good advice / a tip | . /
is / to / for / on / would be / ask / don't / bring / avoid / be / do / if / the

. | _ / definitely / just / so / and / but / also / always / please / then / do / do not / don't / dont /
never / again / maybe / if possible / try to / instead / finally / overall / perhaps / first / if you do /
next time / simply / lastly | ask / request / avoid / bring / book / try / check / take / go / stay / get /
look / remember / plan / consider / opt / insist / choose / pick / order / spend / pay / upgrade / walk /
turn / use / visit / see / eat / head / leave / arrive / save / wear / pack / rent / hire / park / call /
email / contact / reserve / skip / wait / speak / buy / grab / catch / join / watch / expect / bother / rely /
let / drive / sit / carry / follow / print / download / tell / read / enjoy / have / give / keep / hop /
cross / ride / sleep / tip / pre book / prebook / splurge / treat | a / an / the / your / for / to / at / in /
with / one / some / it / this / that / any / early / ahead / around / out / up / on / there / here /
advantage / elsewhere / somewhere / about / into / extra / cash / plenty / off / over / along / down / well /
through / online / until / before / from / them / two / another / as / away / right / left / if / both /
yourself / earplugs / breakfast / dinner / lunch / direct / directly / by / of / more / no / every / their
"""
