"""The phrases by which English questions are known, with and without their mark, in chats and in letters."""

PHRASES = """
? / does anyone know / anyone know / does anybody / anybody know / has anyone / has anybody / have any of you
can anyone / can someone / could someone / can anybody / any idea why / any idea how / any idea when
any idea what / any idea if / any ideas on / any tips / any advice / any recommendations / any suggestions for
any suggestions on / any thoughts on / how do i / how do you / how can i / how would i / how does one
how to i / is there a way / is there any way / is it possible to / wondering if / wondering how
wondering why / wondering whether / want to know if / what is the best way / what's the best
which one should / should i / need help with / help me understand / i don't understand why / i don't know how
not sure how / can you tell me / could you tell me / can you explain / please tell me how / please advise if
please tell me if / please tell me why / please explain why / please explain how / who else wants
what do you think / what do u think / what are you doing / what r u doing / what you doing / what u doing
how are you / how are u / how r u / how are ya / how r ya / how you doing / how u doing / how ya doing
what's up / whats up / what is up / wassup / wazzup / where are you from / where you from / where u from
where r u / where are u / are you there / are u there / r u there / you there . / u there . / are you ok
are u ok / r u ok / you ok . / u ok . / do you have a / do you have any / do you guys / do u have
do you know if / do you know how / do you know when / do you know where / do you know why / do you know what
anyone else having / anyone else have / anyone else get / anyone else seeing / anyone else experiencing
anyone else notice / anyone else got / anyone else find / isn't it . / aren't you . / don't you think
dont you think / asl . / how about you / and you . / what about you / right or wrong . / yes or no .
huh . / wut . / ne1 / . what . / . who . / . why . / . where . / . when . / . how .
NOT . why not / . how to / should i say / whats up with that / how are you supposed / . anyone who
. anyone can / . anyone could / . what are you waiting for
"""

FRAMES = """
. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | what / where / when / why / how / who / wat / wut / how come / how long / how many /
how much / how often / how far / how old / how soon / how big / what time / what kind of / what else /
what exactly / how exactly / why on earth / whose / which one | do / does / did / can / could / would /
should / will / are / r / am / is / was / were / has / have / had / don't / can't / isn't / doesn't / didn't /
won't / aren't / wont / cant / doesnt / dont / isnt

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | what's / whats / where's / wheres / who's / whos / how's / hows / when's / why's / wats /
what're / who're

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | how many / how much / how long / how far / how old / how often / how soon / how come /
how about / what about / what time / what kind / what sort / what type / what part / what color /
what colour / what size / what day / what year / what game /
what movie / what song / what brand / what model / what version / what channel / what happened /
what country / what city / what state / what language / what number / what if / which one / which of /
whose / what else / who else / why so / why no / why the

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | who / what / which / where / why | wants / wanna / want / knows / know / has / got / here /
thinks / needs / likes / can / made / makes / happened / happens / u / you / you guys / works / are / is

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | do / did / don't / dont / didn't / didnt / have / haven't / are / r / aren't / arent / were /
can / could / can't / cant / will / would / wouldn't / won't / should / shouldn't / shall / was / may / had |
you / u / ya / we / they / i / he / she / y'all / yall / you guys

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | does / did / is / are / was / were / has / have / will / would / can / could / should /
isn't / isnt / wasn't / doesn't / doesnt / aren't / won't / hasn't / haven't | it / this / that / the / your /
my / our / their / these / those / there

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | does / did / is / has / can / could / will / would / was / isn't / hasn't | he / she /
anyone / anybody / any1 / any one / any of / anything / someone / somebody / everyone / everybody / nobody /
one / such

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | anyone / anybody / any one / any body / any1 / anyone else / someone / everyone / everybody /
somebody | here / know / knows / wanna / want / wants / have / has / got / else / from / in / on / up /
using / use / used / tried / try / going / interested / care / heard / seen / having / able / there / alive /
remember / been / play / playing / like / chat / talk / get / notice / noticed / want to / know of / around /
willing / looking / out there / experience / experienced / recommend

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | any | idea / ideas / chance / way / update / updates / news / tips / advice / thoughts /
suggestions / recommendations / plans / word / help / luck / reason / eta / info / guys / girls / ladies /
females / males / hot / cool / good / other / more / one of you / of you / news on / opinions / problems /
issues / experience / solution / fix / workaround

. | _ / so / and / but / ok / okay / hey / hi / hello / also / then / well / lol / oh / um / anyway / now /
yo / just wondering / quick question / question / btw / sorry / please / dear / guys / hmm / wait / omg /
thanks / still | wanna / want to / ready to / care to / mind if / u / you | chat / talk / play / know / go /
join / come / trade / cyber / pm / private / see / hear / ready / sure / mean / guys ok / serious /
still there / mind

. | does / do / did / can / could / will / would / is / are / was / has / have | _ / the / your / these / my |
app / store / price / product / shop / website / site / version / battery / screen / item / update / service /
support / delivery / shipping / prices / tickets / products / stores / items | work / works / open / have /
come / support / still / available / include / need / take / use / compatible / included / working / down /
back / closed
"""
