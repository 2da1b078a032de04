"""The frames of English questions: question words and verbs in front, with a choice of what follows them."""

FRAMES = """
. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | what / where / when / why / how / who / wat / wut / how come / how long / how many / how much / how
often / how far / how old / how soon / how big / what time / what kind of / what else / what exactly / how
exactly / why on earth / whose / which one | do / does / did / can / could / would / should / will / are / r /
am / is / was / were / has / have / had / don't / can't / isn't / doesn't / didn't / won't / aren't / wont /
cant / doesnt / dont / isnt

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | what's / whats / where's / wheres / who's / whos / how's / hows / when's / why's / wats / what're /
who're

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | how many / how much / how long / how far / how old / how often / how soon / how come / how about /
what about / what time / what kind / what sort / what type / what part / what color / what colour / what size
/ what day / what year / what game / what movie / what song / what brand / what model / what version / what
channel / what happened / what country / what city / what state / what language / what number / what if /
which one / which of / whose / what else / who else / why so / why no / why the

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | who / what / which / where / why | wants / wanna / want / knows / know / has / got / here / thinks /
needs / likes / can / made / makes / happened / happens / u / you / you guys / works

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | do / did / don't / dont / didn't / didnt / have / haven't / are / r / aren't / arent / were / can /
could / can't / cant / will / would / wouldn't / won't / should / shouldn't / shall / was / may / had | you /
u / ya / we / they / i / he / she / y'all / yall / you guys

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | does / did / is / are / was / were / has / have / will / would / can / could / should / isn't / isnt
/ wasn't / doesn't / doesnt / aren't / won't / hasn't / haven't / wasnt / weren't / didn't / didnt / hasnt /
arent | it / this / that / the / your / my / our /
their / these / those / there

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | does / did / is / has / can / could / will / would / was / isn't / hasn't / wasn't / wasnt / doesn't /
doesnt / didn't / didnt / won't / isnt | he / she / anyone /
anybody / any1 / any one / any of / anything / someone / somebody / everyone / everybody / nobody / one / such

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | anyone / anybody / any one / any body / any1 / anyone else | here / know / knows / wanna / want /
wants / have / has / got / else / from / in / on / up / using / use / used / tried / try / going / interested /
managed /
bought / ordered / installed / upgraded / switched / compared / found / done / gone / own / owns / read / notice
/ care / heard / seen / having / able / there / alive / remember / been / play / playing / like / chat / talk
/ get / notice / noticed / want to / know of / around / willing / looking / out there / experience /
experienced / recommend

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | someone / everyone / everybody / somebody | here / know / knows / wanna / want / want to / have /
has / got / else / ready / going / interested / care / there / alive / play / playing / chat / talk / willing
/ remember

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | any | idea / ideas / chance / way / update / updates / news / tips / advice / thoughts / suggestions
/ recommendations / plans / word / help / luck / reason / eta / info / guys / girls / ladies / females / males
/ hot / cool / good / other / more / one of you / of you / news on / opinions / problems / issues / experience
/ solution / fix / workaround

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now / yo
/ just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg / thanks
/ still | wanna / want to / ready to / care to / mind if / u / you | chat / talk / play / know / go / join /
come / trade / cyber / pm / private / see / hear / ready / sure / mean / guys ok / serious / still there /
mind

. | does / do / did / can / could / will / would / is / are / was / has / have | _ / the / your / these / my |
app / store / price / product / shop / website / site / version / battery / screen / item / update / service /
support / delivery / shipping / prices / tickets / products / stores / items | work / works / open / have /
come / support / still / available / include / need / take / use / compatible / included / working / down /
back / closed

. | _ / so / and / but / lol / well / ok / hey / hi / omg | who / what / where / how | s / is / are / r | in /
up / here / going / goin / everyone / everybody / that / this / ur / your / the / u / you / it

. | _ / so / and / but / lol / well / ok / hey / hi / omg | am / are / is / was / were / r | i the / i alone /
i still / i missing / i late / i doing / i in / i right / i wrong / i being / ur / he / she / you / u / ya /
they / there / we still / we going / we getting / we allowed

. | _ / so / and / but / hey / hi / ok / omg / wtf / lol | is | * | down / still / working / up / open / closed /
broken / broke / dead / any good / safe / out yet / gone / legit / real / available / worth it / free

. | which | * | fit / fits / is / are / works / work / sounds / sound / looks / look / lasts / last / runs / run |
better / best / longer / faster

. | _ / so / and / but / hey / hi | u / ya | have a / have any / have the / talking / kidding / joking / leaving /
sure / like / live / still / here / there
/ from / in / single / married / male / female / a girl / a guy / a boy / want / wanna / got / on / busy / ok
/ mad / serious / play / ever / work / really / been / going / coming

. | _ / so / and / but / hey / hi | you | have any / got any / got a / still / here / there / from / single /
married / ok / okay / alright / busy / serious / live in / wanna / want to / ever / in / coming / ready

. | _ / so / and / but / hey / hi | got / have | any | * / .

. | _ / so / and / but / hey / hi | ever | been / heard / tried / seen / had / played / play / used / use /
notice / noticed / wonder / wondered / go / thought / feel / get / had

. | _ / so / and / but / hey / hi / ok | anyone / anybody / any1 | selling / buying / coming / playing /
watching / listening / feeling / trying / thinking / looking / wanting / doing / getting / working / running /
noticing / struggling / attending / into / near / local / awake / bored / single

can / could / would | you / u / someone / anyone / somebody / anybody | _ / please / pls / plz / possibly /
kindly | tell / help / explain / confirm / check / advise / recommend / clarify / send me / show me / let me
know / dm / point me / look into

where / what / why / how / when | am | i

does / do / did | the / your / these / those / any of | * / * * | work / come / support / ship / fit / include
/ have / need / cost / last / take / require / offer / run / accept / deliver / open / sell / know | with / on
/ in / to / for / the / a / an / any / well / as / at / from / until / and / how / if / where / when / what /
. / as well

does / do / did | it / this / you / they | work / come / support / ship / fit / include / have / need / cost /
last / take / require / offer / run / accept / deliver / open / sell / know | with / on / in / to / for / the
/ a / an / any / as / at / from / until / how / if / where / when / what

what / wat / wut / where / when / why / how / whats | do / does / did / can / could / would / should / will /
are / r / is / was / were / have / has | i / you / u / ya / we / they / he / she / my / your / ur / these /
those

what / where / when / why / how | do / does / did | the / this / that / it / everyone / everybody / people / anyone /
one / most

. | does | * | _ / * / * * / * * * | come / work / support / ship / fit / include / have / need / cost / last / take /
require / offer / run / accept / deliver / open / sell / know / happen / help / matter / count / apply / mean /
exist / cover / start / stop / close / charge / connect / look / sound / feel / smell / taste / get / make / allow /
go / use / do / affect / break / hold / keep / fade / shrink / melt / expire / include / play / show

. | do | these / those / they / the / all / any / most / other / new / old / your / your / kids / people | _ / * /
* * |
come / work / support / ship / fit / include / have / need / cost / last / take / require / offer / run / accept /
deliver / open / sell / know / happen / help / matter / count / apply / mean / exist / cover / start / stop / close /
charge / connect / look / sound / feel / smell / taste / get / make / allow / go / use / affect / break / hold /
keep / fade / shrink / melt / expire / like / still / ever / really

. | would / will / could / can | a / an

. | _ / so / and / but / hey / hi / ok / lol | you | open today / open tomorrow / open on / open now / open late /
open yet / hiring / awake / around / up for / free tonight / free tomorrow / taking orders / shipping to /
delivering to

what / wat | kind of / kinda / sort of / type of | * | is / are / was / do / does / did / r

. | _ / so / and / but / hey / hi / ok / ooc | which | * | includes / has / have / comes / works / offers /
supports / fits /
would / costs / lets / gives / sells / makes / looks / needs / takes / allows / runs / goes

. | _ / so / and / but / hey / hi | what / which | * | is / are / was / were | everyone / everybody / anyone /
people / they /
we / he / she

. | you guys / u guys / yall / y'all | still / hiring / open / ship / ever / planning / going to / got any /
have any / ok /
okay / there / ready / here

. | mind / would mind / care | _ / to | sharing / telling / explaining / helping / showing / sending / if /
explain / share /
elaborate / comment / tell / join / chat

. | which | is / are | better / best / the best / the better / your / faster / cheaper / more / right / correct / it /
worse / easier / quieter / bigger / smaller

what / wat / wut / where / why / how | are / is / was / were / r / about | this / that / the

. | _ / so / and / but / hey / hi / ok / also / just curious / curious / just wondering / quick question /
question / guys / tell me / please tell me / can you tell me / serious question / random question | what / wat
/ which / whose / whats / how many / how much / what kind of | _ / * / * * | do / does / did / should / would
/ can / could / will | i / you / u / ya / we / they / it / he / she / the / this / that / my / your / these /
those / there

. | _ / so / and / but / hey / hi / ok / also / just curious / curious / just wondering / quick question /
question / guys / tell me / please tell me / can you tell me / serious question / random question | what / wat
/ which / whose | * | is / are / was | this / that / it / you / u / there / your / in

. | _ / so / and / but / hey / hi / ok | which | * | do / does / did / should / would / can / will / are / is

. | _ / so / and / but / hey / hi / ok / just curious / curious / anyone know | who | designed / wrote / built
/ invented / owns / runs / sells / sang / sings / plays / played / won / said / told / did / does / do / lives
/ makes / uses / loves / likes / hates / was / wanna / here / else / remembers

just curious / curious / . tell me / please tell me / please advise / please explain / i'd like to know / i
would like to know / would love to know / can someone explain / pls tell me / plz tell me | _ / about | how /
when / where / why / what / which / whether / if / who | * / . | _ / *

want to know / wanted to know / need to know | whether / how to / when / where | * / . | _ / *

please / pls / plz | _ / can / could / can you / could you | tell / tell me / advise / explain / advise me |
how / when / where / why / what / which / whether / if / who

i can't / i cant / i cannot / i couldn't / unable to | figure out / work out / find out | how to / how do /
why / what to

help me | to / with | decide / choose / pick / find / understand
"""
