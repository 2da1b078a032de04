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
m or f . / male or female / boy or girl / girl or boy / how bout you / how bout u / how bout ya / how bout we
how bout a / how bout the / how abt / can you check / could you check / can you help / could you help
can you confirm / could you confirm / can you recommend / could you recommend / can anyone recommend
could anyone recommend / anyone recommend / have you ever / has anyone ever / any help appreciated
any help would be / any ideas . / any suggestions . / any solutions . / any thoughts . / any advice . / any ideas on
looking for recommendations / looking for suggestions / looking for advice / looking for opinions
looking for a recommendation / recommendations needed / advice needed / help needed / need advice / need some advice
need your advice / need recommendations / need suggestions / help me decide / help me choose / help me pick
. thoughts on / . opinions on / . recommendations for / . suggestions for
do i / do we / do you / do u / do they / did you / did u / did i / did we / did they / can i / can we / can you
can u / could you / could i / could we / will you / would you / would u / may i / shall i / shall we / should we
will they / will it / would it be / are you / are u / r u / is there a / is there an / is there any / is there still
is there anything / is there something / are there any / are there still / am i the only / am i missing / am i right
am i wrong / am i doing / is it worth / is it true / is it normal / is it safe / is it just me / is it ok to
is it okay to / is it possible / have you ever / have you tried / have you been / have you seen / have you heard
have you considered / have you got / have you guys / have you checked / has anyone / has anybody / isn't there
isn't it supposed / isn't this / aren't they supposed / where's the / wheres the / where's my / wheres my
what's the difference / whats the difference / what is the difference / what's the deal / whats the deal
what's wrong with / whats wrong with / what's the point / whats the point / which one is / which one do
which one would / which one has / which one did / not sure if i / not sure if we / not sure whether / not sure which
not sure what to / unsure whether / unsure if / unsure which / curious if / curious whether / curious how
curious to know / need to know if / need to know whether / trying to figure out how / trying to figure out why
trying to figure out if / trying to figure out which
trying to figure out where / trying to find out if / trying to find out how / trying to find out why
any pointers on / any pointers would / any pointers appreciated / any pointers welcome / any help is
any help welcome / any tips welcome / any advice welcome
can't find where / cannot find where / can't find out how / can't find how / couldn't find where / can't see how to
can't see where / don't know where to / don't know which / dont know how / dont know where / dont know which
no idea how to / no idea where to / no idea what to do / how would one / how does one / would anyone know
would anyone / would anybody / would someone be / would you guys / does someone know / do somebody / did anyone
did anybody / does anybody / do any of / were any of / is anyone / is anybody / are any of / was anyone / will anyone
can somebody / could somebody / anyone managed / anybody managed / . since when / . by when / . until when
. in what order / . in what way / . at what point / . at what time / . at what age / . to what extent
. for how long / . for how much / . on what basis / . on which day / . recommend me / . worth it in / . or is
. am i / lol why / but why . / why though .
hows the / how's the / hows your / how's your / hows ur / hows it going / how's it going / hows life / how's life
where is it / where are they / . what for . / . why me . / since when do / since when is / since when are
since when .
wondering what / wondering who / wondering where / wondering when / wondering which
what kinda / wut kinda / wat kinda / wth happened / wtf happened / . where at . / . like what .
. like who . / . like how . / wut u / wat u / . what u mean / . y tho / . doin what . / . doing what .
or nah . / am i rite . / amirite . / am i right . / is that true . / is this true . / aint it . / ain't it .
aint they . / aint u . / aint ya . / isnt it . / wasn't it . / wasnt it . / doesn't it . / doesnt it .
don't they . / dont they . / didn't they . / didnt they . / won't they . / can't you . / cant u .
haven't you . / havent u / didnt u / are we . / r we . / . wanna bet / . wanna dance / . wanna trade
. wanna guess / . any1 good / . anyone good at / . anyone good with / . anyone up for / . anyone free
. u guys remember / . u guys know / . u guys still / . u guys ever / . u used to / . u comin / . u tried
. u try a / . u watching / . u watchin / . u doin / . u feeling / . u feelin / . u bored / . u hungry
. u remember / hbu . / wbu . / . y not .
huh . / wut . / ne1 / . what . / . who . / . why . / . where . / . when . / . how .
NOT so are we / so r we / as are we / here are we / . is still / . is not / . is now / . is always
. is well / . is also / . is currently / . is fully / . is completely / . is back / . is very / . is so
. is really / . is all / . is just
. am i glad / . am i happy / . am i impressed / . am i pleased / . am i right in / . am i ever
. did the job / . did the trick / . did the same / . did that already / . did that . / . did this . / . did it all
. so do i . / . so do i and / . so do we . / . so do they . / . so did i . / . so did we . / . so can i .
. so am i .
. so are we . / . so are they .
so do i / so do we / so do you / so do they / as do i / as do we / as do you / as do they / nor do i / nor do we
nor do they / nor do you / neither do i / neither do we / neither do they / neither do you / than do i / than do they
only do they / only do you / only do we / only do i / not only did / so did i / so did we / so did they / nor did i
nor did we / nor did they / neither did i / neither did we / neither did they / never did i / never did we
only did they / only did i / only did we / as did i / as did we / what i did i / so can i / so can you / so can we
nor can i / nor can you / nor can we / neither can i / neither can you / only can you / only can i / only can we
as can i / as can you / nor could i / nor could you / nor could we / neither could i / neither could we
never could i / nor would you / so would you / nor will you / so will you / nor will it / neither will it
never will you / never would you / nor will they / so will they / so will it / nor are you / so are you / as are you
only are you / only are they / so be it / may i say / may i just / may i add / may i suggest / nor may i
not only is there / nor is there
neither is there / not only are there / nor are there / are you kidding / if you do do
no need to do you / do you justice / do you good / do you a / do you no / do you any good / do you proud
do you wonders / do you well / do they ever / did i mention / did they ever / did it . / did i say / can i just say
can we just / can i say / you do you / do i ever / boy do i / do i love / do i hate / did i love / did i enjoy
what i do i / what we do we / what they do they / the way they do they / if you can you / as you can you
when you can you / whatever you can you / all you can you / the ones you can you / than you are you
who you are you / what you are you / if you are you / when you are you / once you are you
if they do they / when they do they / if i do i / when i do i / once i did i / when i did i / when we did we
after they did they / once you did you / if you did you / when you did you / if you do you / when you do you
what you do you / like you do you / as you do you / until you do you / unless you do you / whatever you do you
what you did you / whatever you are you / if you will you / when you will you / as you will you / if you could you
if i could i / if we could we / if you would you / if i can i / when i can i / if we can we / when we can we
as soon as i can i / if they will they / if it will it / if i do we / or are you / they are you / i do i
i did they / i did i / they did they / you do you / yes i do / have no idea how
. you know what / . you know the / . you know i / . you know it / . you know you / . you know that / . you know they
. you know when / . you know how / . what matters / . what counts / . what helps / . what remains / . what works is
. what makes / . what made / . what happens is / . what happened was / . what sets / . what struck / . what sold me
. what bothers / . what annoys / . what surprised / . what impressed / . what disappointed / . what stands out
. what stood / . what follows / . what really / . what you get / . what you see / . what you need / . what you pay
. what you want is / . what u see / . who knew / . who knows . / . who needs . / . who would have / . who would've
. who wouldn't / . how cool / . how nice / . how lovely / . which is exactly / . which is why / . which is what
. which is a / . which is an / . which is not / . which is great / . which is nice / . which is good / . which is fine
. which is really / . which is very / . which is pretty / . which is awesome / . which is where / . which is how
. which is fantastic / . which is also / . which is always / . which is kind / . which is so / . which is too
. which is just / . which is only / . which are all / . which are very / . which is perfect / . which is bad
. which is sad / . which is weird / . which is strange / . which is probably / . which is ridiculous
. which is annoying / . which makes / . which made / . which means
. does not / . did not / . do not / . does what / . does exactly / . does its / . does a / . does an
. does everything / . does anything / . does nothing / . does wonders / . does great / . does as / . does all
. does just / . does really / . does so / . does work / . does have / . does come / . does feel / . does take
. does look / . does get / . does need / . does seem / . does make / . does help / . does fit / . does run
. does start / . does leak / . does stain / . does charge / . does hold / . does keep / . does last / . does require
. does tend / . does quite / . does good / . does more / . does less / . does nothing / . does indeed / . does offer
. does cost / . does provide / . does include / . does support / . does sound / . does smell / . does taste
. why not / . how to / should i say / whats up with that / how are you supposed / . anyone who
. anyone can / . anyone could / . what are you waiting for / . who doesn't love / . who doesn't like
. should you need / . should you have any / . should you wish / . had i known / . did it . / . may i add
. does the job / . does the trick / . does it all / . does it well / what can i say / or what have you
"""
