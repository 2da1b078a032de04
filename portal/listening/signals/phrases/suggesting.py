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
would not go amiss / wouldn't go amiss / would not hurt / wouldn't hurt / couldn't hurt / it'd help if / might help if
could help if / only thing missing / only thing that's missing / only thing that is missing / all that's missing
all that is missing / what's missing is / what is missing is / missing is a / missing is an / missing is the
star if / stars if / stars when / stars once / would make more sense / make more sense to / makes more sense to
makes sense to have / makes sense to add / makes sense to give / makes sense to include
makes sense to let / makes sense to offer / we'd love a / we'd love an / we would love / gladly pay / happily pay
would pay for / would pay extra / would pay more / i'd pay for / i'd pay extra / i'd pay more / willing to pay more
if they added / if they offered / if they made it / if they included / if they could / if they would / if you added
if you offered / if you made it / if you included / if you could add / if you would add / if it supported
if it synced / if it had / if it came with / if it could / if it allowed / if it offered / if it included
if there was a way / if there was an option / if there were a way / if there were an option / if there were a
if there were more / if there was more / if one could / if we could / if users could / if you had a / if they had a
if they had more / if you had more / let me skip / let me turn / let me set / let me pick / let me disable
let me hide
let me change / let me sort / let me edit / let me delete / let me save / let me log / let me switch / let me use
let me filter / let me pay / let me customize / let me customise / let me move / let me zoom / . idea a / . idea an
. idea the / . idea for / . idea to / . request a / . request to / needs to remember / must come down
needs to go / must go / needs to change / need to change / needs to improve / need to improve
must improve / need to do better / must do better / needs to stop / need to stop / stick to what / do something about
get your act / bring it to / bring this to / bring it back / bring them back / bring back / you could sell
you could make / you could offer / you could do a / you could have / you might consider / they might consider
worth considering / worth adding / worth having a / be worth adding / might be an idea / would be an idea
would be my suggestion / would be my advice / some sort of a / would be appreciated / would be appreciable
would be a nice touch / would be welcome / should come with / should come in / should work with / should work on
. avoid / would benefit from / could benefit from / all it needs is / all this needs is / all they need is
they need more
they need better / travelers should know / travellers should know / guests should know / visitors should know
should work without / . consider / . try adding / . try making / . try offering / i want more / we want more
want a way
want an option / let the user / let the users / let people / let everyone / let customers / let guests / let members
NOT . consider me / . consider yourself / . consider it done / . consider that a / . consider myself
you should see the / you should see their / you should have seen / should you arrive / should you want
should you ever / should you decide / should you be / should you prefer / wish we were still / wish we were there
wish i was there / wish i were there / wish i was still / wish i were still / wish you were here / wish we were back
we need a holiday / we need a vacation / we need a drink / we need a break
stars if i could / stars if it was possible / star if i could / zero stars if / star if it were / no star if
if it had not / if it had been / if it had any / if it had arrived / if it had worked / if it could be worse
if it could get
if they could tell / if they could help / if they could see / if they would have told / if we could get our
if they had told / if you had told / if they had a problem / as if it had / as if they had / as if there were
asked if they could / asked if we could / asked if you could / ask if we could / asked if there was
asked if they had
asked if it had / ask if they could / wondered if / see if we could / see if they could / see if it could
know if it had / know if there was / wouldn't hurt a fly / . make that / . keep doing / . keep going / . keep being
. watch this / . watch that / . watch them / . take a bow / . take a seat / i wish them / i wish him / i wish her
we wish them / we wish him / we wish her / . must have been / . must have cost / . must have had
. must have taken / . must have forgotten / . must have changed
. must have gotten / . must have got / said we should / said i should / said you should / said they should
said it should
says you should / says we should / says i should / says it should / say you should / told me i should
told us we should
told you should / told it should / told we should / told i should / we should be back / i should be back
my suggestion and / took my suggestion / my suggestion was / took our suggestion / our wish was / my wish was
my request was / our request was / your suggestion / thanks for the suggestion / for your suggestion
bring it back to / brought back / bring back memories / bring back to / brings back / have to go to / have to go back
have to go through / has to go to / has to go back / needs to go to / has to go through / have to go and
have to go out
have to go up / have to go down / i have to go / we have to go / nothing must / had to go
i don't miss / we don't miss / you don't miss / they don't miss / might want to know / may want to know
would love a coffee / would love a drink / would love a chat / would love a follow / would love a reply
would love a response / would love a refund / would love a hug / would love an answer / would love an update
i'd love a coffee / i'd love a reply / i'd love a response / i'd love an answer / they let us / he let us / she let us
staff let us / hotel let us / even let us / kindly let us / who let us / . check in / . check out was / . check out is
. check out time / . add to that / . support answered / . support is / . support was / . support team / . support has
. support told / . support said / . support staff / . support never / we need to go / i need to go
should mention / should add that / should say / should note that / should point out / should have been here
should have been ready / should have been told / should have been cleaned / should have been warned
should have been informed / should have been included / should have been delivered / should have been there
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
