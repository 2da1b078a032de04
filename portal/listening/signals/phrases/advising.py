"""The frames of advice to other customers: where to sit, what to bring, what to leave alone."""

FRAMES = """
my / our / a / one / one more / another / just a / some / few / a few / two / only / feature / small / little
/ simple | suggestion / suggestions / recommendation / recommendations / proposal / wish / request / idea for
/ tip / tips / word of advice / advice / word of warning / word of caution / piece of advice | _ / is / would
/ for / . / to

_ / . / just / always / please / so / but / to / should / must / you | be sure / make sure / make certain / be
aware / be prepared / be warned / be careful / keep in mind / bear in mind / take note / remember to / don't
forget / do not forget / don't expect / do not expect / watch out / look out / stay away / steer clear / look
elsewhere / think twice / do yourself a favor / do yourself a favour / treat yourself / save yourself / save
your money / look no further / stay elsewhere / go elsewhere

i / i'd / we'd / we / would / i'll | _ / would / definitely / highly / strongly / really / certainly / also /
still / thoroughly / not / wouldn't / don't | recommend / recommended / suggest / advise | _ / it / this / the
/ that / you / to / a / them / asking / getting / staying / booking / going / taking / trying

highly / strongly / definitely / thoroughly / absolutely / well / also / much / really | recommend /
recommended / suggest / advise

_ / . / i / we | would / i'd / we'd / i would / we would | _ / definitely / not / also / certainly / probably
/ rather / instead / highly / only / always / just / avoid and | ask for / book / choose / avoid / stay at /
opt for / go for / stay in / stay elsewhere / look for / look elsewhere / pay / pick / try / request / insist
/ go with / advise / say go / say stay / say try / check out / get a / buy the / take the / go to

you | _ / would / will / should / may / might / could / must / need to / have to / really / definitely / 'll /
do | _ / also / always / probably / definitely / just / even / really | want to book / want to ask / want to
bring / want to avoid / want to check / want to request / want to get / want to try / want to take / want to
consider / ask for / book / bring / request / be better off / try / need to ask / consider / take the / check
out / wear / get a room / reserve / walk to / catch the / skip / avoid / pack / better off

best / better / wise / advisable / worthwhile / worth your while / worth it / important / essential / a good
idea / helpful / useful / recommended | to | ask / book / bring / go / get / take / stay / avoid / check / use
/ request / eat / walk / try / arrive / pay / buy / wait / call / reserve / order / sit / pack / know / rent /
plan / pre book / leave

well / definitely / really / certainly / is / it's / its / are / totally / so / always | worth | a visit / a
try / a look / the trip / the walk / the extra / a stay / visiting / checking / trying / seeing / a stop / the
visit / paying / asking / getting / taking / staying

if / for / when | you / you're / you are / anyone / those / people / travellers / travelers / families /
couples | _ / are / do / who / that / can / plan / ever | looking / want / wanting / need / like / plan /
planning / decide / go / visit / stay / staying / travelling / traveling / interested / prefer / have kids /
on a budget / get the chance / must stay / end up / driving / flying / coming by / arriving / coming with |
_ / to / for / a / the / here / there / on / something /
at / in

_ / . / is / are / definitely | a must / a must see / a must do / a must try / must see / must do / must try /
must have / not to be missed / not be missed | _ / for / if / . / see / try / do

tip / tips / hint / advice / warning / note / pro tip / top tip / travel tip / word to the wise / word of
advice / word of warning / my advice / our advice / one piece of advice / good advice / a tip | . / is / to /
for / on / would be / ask / don't / bring / avoid / be / do / if / the

. | _ / definitely / just / so / and / but / also / always / please / then / do / do not / don't / dont /
never / again / maybe / if possible / try to / instead / finally / overall / perhaps / first / if you do /
next time / simply / lastly | ask / request / avoid / bring / book / try / check / take / go / stay / get /
look / remember / plan / consider / opt / insist / choose / pick / order / spend / pay / upgrade / walk / turn
/ use / visit / see / eat / head / leave / arrive / save / wear / pack / rent / hire / park / call / email /
contact / reserve / skip / wait / speak / buy / grab / catch / join / watch / expect / bother / rely / let /
drive / sit / carry / follow / print / download / tell / read / enjoy / have / give / keep / hop / cross /
ride / sleep / tip / pre book / prebook / splurge / treat | a / an / the / your / for / to / at / in / with /
one / some / it / this / that / any / early / ahead / around / out / up / on / there / here / advantage /
elsewhere / somewhere / like / about / into / extra / cash / plenty / off / over / along / down / well / through /
online / until / before / from / them / two / another / as / away / right / left / if / both / yourself /
earplugs / breakfast / dinner / lunch / direct / directly / by / of / more / no / every / their

worth | _ / the money / it | upgrading / booking / buying / going / walking / spending / doing / considering /
exploring / waiting / investing / adding / renting / reserving / splurging / driving

tip / tips / hint / pro tip / top tip / idea / suggestion / feature request / request / proposal / wish |
download / use / take / get / book / go / try / check / buy / make / always / never / keep / stay / look /
wear / pack / leave / let / add / allow

. | _ / so / and / but / also / please / again / instead / however / otherwise | never / always / don't / dont
/ do not | leave / drink / eat / book / buy / bring / park / pay / use / take / stay / order / waste / trust /
rely / forget / miss / hesitate / bother / rent / ask / go / try / check / carry / walk / sit / accept /
choose / download / install / purchase / spend / swim / touch / upgrade / visit / wear / assume / settle /
remove / change / make me / make us / force / hide / delete / limit / charge

you / one / guests / visitors / travellers / travelers | _ / 'll / will / may / might / should / must / do |
need to / have to / want to | bring / book / reserve / check / ask / pack / arrive / request / confirm / plan

if | you / your / you're | _ / are | a / an / the / in / with / on | light sleeper / couple / family / smoker
/ vegetarian / budget / hurry / kids / early riser / beginner / fan of / noise sensitive / sensitive

. | _ / definitely / just / also / and / then / do | stick / charge / clean / switch / go / come / walk / eat
| to / it / the / with / there / early / here / at / over / before

you | might / may / could / 'd / would / will | _ / well / also / probably | prefer / be better / be happier /
be better off / do better

you'd / you would / one would / they'd / they would / anyone would | do well | to

if | noise / heat / heights / stairs / smoke / dust / money / price / space / location / quiet / comfort / size /
cost |
bothers / is / matters / are | you / important / a concern / a problem / an issue / your thing / too much

if you're / if you are / when you're / if you | _ / are | driving / flying / arriving / coming / planning / staying
"""
