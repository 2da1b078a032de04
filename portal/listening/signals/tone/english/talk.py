"""What people say among themselves, in posts and chats: slang, thanks, cheers and sighs."""

WEIGHTS = """
2.6: yesss / yass / yaas / slaps / banger / goated / the goat / fire af / lit af / so lit / dope / so dope / sick af
    on fleek / killed it / killing it / crushed it / crushing it / nailed it / nails it / aced it / slay / slayed
    slaying / fav / fave / faves / favs / my fav / my fave / ftw / for the win / hell yes / hell yeah / fuck yeah
    fuck yes / fucking love / fuckin love / fucking amazing / fucking awesome / fucking great / fucking brilliant
    freaking love / freaking awesome / freaking amazing / friggin awesome / damn good / damn fine / so damn good
    bloody brilliant / bloody marvellous / bloody good / bloody love / wicked good / insanely good / stupid good
    ridiculously good / crazy good / insane deal / sick beat / mad love / much love / all the love / lots of love
    sending love / with love / heart eyes / swooning / swoon / i'm in awe / in awe / goosebumps / mind blown
    mindblowing / mind blowing / jaw dropping / blew my mind / blew me away / blows my mind / so proud / very proud
    proud of / so excited / super excited / very excited / really excited / excited for / excited about / excited to
    pumped for / hyped / hyped for / happy birthday / so happy / very happy / really happy / happy to / so blessed
    blessed / beautiful day / loving it / loving the / loving this / lovin / luv / luvs / ily / love you / love u
    love ya / i heart / my hero / bless you / god bless / you're the best / youre the best / you are the best
    you're awesome / you are awesome / you guys are awesome / you guys are great / you guys are amazing
    you're amazing / ur the best / ur awesome
1.6: woot / w00t / yippee / yeah baby / aww / awww / awh / nice one / good stuff / great stuff / awesome sauce
    noice / neat / sweet . / super . / is super / super cool / super happy / super cute / so cute / so cool
    so nice / so fun / so good / so sweet / pretty neat / rad / ace . / brill / cracking / grand . / legit
    legit good / swell / hot new / gorg / props / respect to / respect . / salute / well played / big ups
    shout outs / gg / good game / can not wait / cannot wait / counting down / countdown to / finally here
    finally got my / finally got it / finally got the / just got my new / got my new / best day / best night
    best time / great day / great night / great weekend / lovely day / good day / good vibes / great vibes / vibing
    feeling good / feeling great / feel better / feels better / felt better / have fun / having fun / had fun
    was fun / is fun / it's fun / enjoy your / enjoy the / enjoy it / treat for / perfection / worth it . / saved me
    save me time / rescued / helped me / helps me / helped a lot / helps a lot / so helpful / thank god
    thank goodness / thankfully / glad that / glad they / glad it / glad you / happy for / congrats on / cheers for
    cheers to / thanks for the / thanks to the / thank you for the / thanks for all / thank you all / thanks guys
    thanks again / thank you again / tysm / thx so / thank u / thanku / gracias / danke / merci
2.8: can't recommend it enough / can't recommend this enough / can't recommend them enough / can't recommend enough
    cannot recommend it enough / cannot recommend this enough / cannot recommend them enough / cannot recommend enough
    can not recommend it enough / can not recommend this enough / can not recommend enough / can't praise enough
    cannot recommend highly enough / can't recommend highly enough / won't find better / won't find a better
    can't find better / couldn't find better / couldn't find a better / will not find better / never boring
    never been happier / never been so happy / never looked back / without a flaw / without a single flaw
    wouldn't change a thing / would not change a thing / nothing i would change / nothing i'd change
    couldn't ask for a better / could not ask for a better / more than happy / more than satisfied / more than pleased
1.4: won't let you down / will not let you down / never let me down / never let us down / doesn't let you down
    no longer crashes / no more crashes / stopped crashing / free of bugs / no bugs / no longer freezes / fixed my
    fixed the problem / fixed it / solved it / saved us / saves us / could have been worse / could be worse
    couldn't care more / for once / as it should / just works / it just works / still going strong / dead quiet
    right direction / common sense
-1.8: do not waste / dont waste / don't buy / dont buy / do not bother / dont bother / do not expect much
    leaves a lot to be desired / leaves much to be desired / leave a lot to be desired / left a lot to be desired
    leaves something to be desired / failed to impress / fails to impress / far from the best / couldn't be worse
    could not be worse / couldn't get worse / couldn't have been worse / never been so disappointed
    never been more disappointed / never been so angry / let me down / lets you down / let us down / let him down
    let her down / watch paint dry / watching paint dry / cost us a fortune / cost me a fortune / costs a fortune
    wouldn't wish this / wouldn't wish it / would not wish it / wouldn't wish on / another bug / another outage
    one more bug / works badly / work badly / worked badly / never get back / never got back / fell apart on
    cannot save / can't save / couldn't save / could not save / was far superior
    used to be better / was better before / used to be great / used to love / used to be good / used to be my
-1.2: meh . / bleh / blah / boo . / booo / boooo / yuck / yucky / ew / eww / ewww / icky / nasty / sigh / facepalm
    face palm / oh well / oh no / omfg no / noo / nooo / nope / whyyy / why oh why / come on . / oh come on / c'mon
    really . / seriously . / are you kidding / you kidding me / you've got to be kidding / got to be kidding
    r u kidding / are you serious / are you joking / is this a joke / what a joke / what a waste / what a shame
    what a mess / what a disaster / what a let / such a shame / such a waste / such a disappointment / such a pain
    such bs / for fuck's / for fucks sake / for gods sake / for god's sake / ffs / jfc / omfg / stfu / gtfo / kms
    kmn / my ass / bullcrap / bollocks / shite / arse / cunt / twat / dick move / asshole / assholes / douche / jerk
    jerks / idiot / idiots / moron / morons / dumbass / dipshit / clown show / clowns / loser / losers / lame
    lamest / weak sauce / weaksauce / bummer / bummed / bummed out / gutted / heartbroken / devastated / depressed
    depressing / miserable / misery / crying / cried / sobbing / tears of rage / rage / raging / enraged / pisses me
    piss off / ticks me off / drives me crazy / drives me nuts / driving me crazy / driving me nuts / drive me mad
    driving me insane / driving me mad / losing my mind / lost my mind / hate that / hate when / hate how / hate it
    hate the / i hate / can't stand / cannot stand / cant stand / couldn't stand / can't deal / can't bear / gave up
    giving up / give up on / i quit / i'm out . / i'm done / im done / done with / no more . / last straw
    never mind . / whatever . / who cares / don't want / doesn't want to / go away / get lost / screw you
    screw this / screw them / fuck you / fuck off / fuck this / fuck them / to hell / boycott / boycotting / deleted
    deleting / deleted the app / delete the app / unfollowed / unfollowing / unsubscribed / blocked me / blocking me
    blocks me / banned me / banned / hacked / spamming / spammy / spammed / leeches / leech / greedy / greed / evil
    corrupt / corruption / arrogant / ignorant / hypocrite / hypocrites / hypocrisy / propaganda / sick and tired
    sick to / feel sick / makes me sick / made me sick / so sick of / headache from / migraine / ache / aches
    miss the old / missing the old / rip . / not funny / not amused / not a good look / bad idea / terrible idea
    so bad / so sad / so wrong / so annoying / so frustrating / so slow / so disappointed / too late / way too long
    too little / can't afford / cant afford / out of stock / sold out / out of order / dead battery / is dead
    went dead / is broken / is down / not available / unavailable / not loading / not responding / not charging
    not turning / not opening / won't work / no signal / no internet / no connection / no power / no refund
    no refunds / no support / no reason / no use / no idea why / went wrong / gone wrong / going wrong
    something wrong / what's wrong / problem with / problems with / issue with / issues with / trouble with
    struggling with / struggling to / having trouble / having problems / having issues / having a problem
    having an issue / keep getting / keeps getting / keeps saying / keep saying / says it's / can't seem / cant seem
    won't let / wont let / doesn't let / doesnt let / not let me / not letting / won't allow / doesn't allow
    not able / wasn't able / weren't able / isn't able / i'm unable / cant use / cant find / cant access / cant get
    cant open / doesnt load / doesnt open
"""
