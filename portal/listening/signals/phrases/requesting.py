"""The frames of wishes and requests to a company: what would be nice, what it could add, what needs work."""

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
/ bigger / smaller / cheaper / larger / clearer / trained / taught /
marked / labelled / labeled / explained / translated / shown / displayed / sorted / split / cleaned / painted /
nicer / friendlier / quieter / brighter / softer / thicker / higher / lower / simpler / smoother / introduced /
offered / restored / given / addressed / built
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
management / staff / the staff / the owners / someone / you guys / guys | could / might / may / must / need to /
needs to /
really need to / have to / ought to / would do well to | _ / also / easily / at least / maybe / really / just /
certainly / definitely /
even / probably / then / therefore / actually / surely / then also | add / make / bring / provide / include /
implement / allow / enable / support / fix / consider / create / change / improve / remove / introduce /
integrate / update / extend / offer / invest in / work on / learn / train / upgrade / renovate / replace / sell /
sort out /
sort / clean / look into / look at / think about / listen / rethink / review / stop / start / bring / give / let /
get / put / do better / do something / reduce / lower / increase / hire / teach / pay more attention /
pay attention / be more / be better

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

hope / hoping / hopefully / i hope / wish / i wish / looking forward to / would be happy | you / you guys / they /
there
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

the management / management / reception / the reception / the kitchen / the restaurant / the owner / the manager /
owners /
the developer / devs / the devs / the company / the team / the hotel / the airline / the bank / the shop / the store |
_ / really / definitely / seriously / just | should / ought to / needs to / need to / must / has to

need / needs / want / wants / require / requires / could do with / in need of / due for / due a | _ / a / an / some /
serious / major / urgent / a bit of / a good / badly | replacing / updating / upgrading / fixing / painting /
repainting /
redecorating / refurbishing / refurbishment / refurb / renovating / renovation / cleaning / modernising /
modernizing /
improving / sorting out / sorting / attention / tlc / refresh / makeover / facelift / revamp / overhaul / rethink /
redesign / rework / servicing

. | needs / need / needing | * | _ / * | mode / support / option / options / button / buttons / feature /
features / setting /
settings / integration / widget / widgets / filter / filters / sync / shortcut / shortcuts / theme / themes

hope / hoping / hopefully | _ / that | the owners / the developers / the devs / the team / the management /
management /
the company / the hotel / the next version / the next update / the app / the staff | will / would / can / could /
get /
gets / add / adds / fix / fixes

. | _ / please / just / so / and / also / pls | stop | asking / forcing / making / sending / adding / showing /
changing /
removing / charging / pushing / hiding / treating / trying / selling / putting / doing / requiring / ruining /
breaking / messing / using / wasting / letting / logging / closing / resetting

make it | _ / a bit / a little / much / even / more / less / so | cheaper / faster / bigger / smaller / longer /
shorter /
louder / quieter / brighter / darker / lighter / simpler / clearer / optional / customizable / customisable /
compatible / accessible / affordable / user friendly / intuitive / available

would / i'd / 'd / could / will | _ / easily / gladly / happily / definitely / have | give / given / be / rate /
make it |
_ / it / this / them / you | 5 / five / 4 / four / another / an extra / a fifth / one more / more | star / stars |
if /
when / once / but for / except

could / can / would | you / u | _ / guys / please | do a / do an / make a / make an / sell / stock / bring

if | you / they / it / there | _ / just / only / also | added / offered / included / supported / introduced /
allowed /
were to / provided / improved / lowered / fixed / updated / gave

instead of / rather than | * | _ / * | _ / * | _ / * | just | show / use / add / make / give / send / let / put /
have /
offer / ask / allow
"""
