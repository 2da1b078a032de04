"""What reviewers say of films, books, music, goods, rooms, meals and apps."""

WEIGHTS = """
3: tour de force / instant classic / must own / masterwork / masterful / masterfully / couldn't ask for
    could not ask for / can't ask for more / what more could you / can't get enough / cannot get enough
    couldn't put it down / could not put it down / couldn't put this / can't put it down / to die for
    melt in your mouth / melts in your mouth / mouth watering / 10 out of 10 / ten out of ten / 5 out of 5
    five out of five / five star / 5 star / 100 recommend / best purchase / best thing i / best money i
    crowd pleaser / chef's kiss / edge of my seat / edge of your seat / one of the best / one of the finest
    among the best / the very best / best i've / best i have / best in the / best of the year
2.4: riveting / engrossing / absorbing / enthralling / spellbinding / mesmerizing / mesmerising / dazzling / dazzles
    exhilarating / exquisitely / sublime / sumptuous / lush / poignant / luminous / haunting / hauntingly / hypnotic
    enchanting / bewitching / triumph / triumphant / finest / gem of a / delightfully / magical / irresistible
    irresistibly / ingenious / ingeniously / inventive / imaginative / vivid / vividly / thought provoking
    insightful / perceptive / nuanced / richly / deftly / deft / skillfully / skilfully / skillful / skilful
    well acted / superbly acted / well crafted / finely crafted / beautifully crafted / beautifully shot
    brilliantly / wonderfully / marvelous / marvellous / marvelously / terrifically / uproarious / uproariously
    side splitting / laugh out loud / laughed out loud / feel good / uplifting / inspiring / inspirational
    rewarding / satisfying / deeply moving / very moving / quite moving / genuinely moving / moving and / and moving
    moved me / tender and / affecting / heart wrenching / breath of fresh air / worth seeing / worth watching
    worth reading / worth your time / worth checking / well worth it / worth every minute / see it again
    watch it again / watch again / read it again / strong performances / strong performance / great cast
    great performances / great acting / great story / superb cast / excellent cast / perfectly cast
    excellent quality / superior quality / superior / exactly what i needed / exactly what i wanted
    exactly what i was looking / just what i needed / just what i wanted / just what i was looking / perfect fit
    fits perfectly / fit perfectly / fits great / fits like a glove / crystal clear / money well spent / time saver
    saves me / very happy with / so happy with / very pleased / well pleased / extremely happy / extremely pleased
    couldn't be more / could not be more / so glad i / glad i bought / glad i found / glad i got / great buy
    good buy / great product / great item / great purchase / excellent product / excellent service / great service
    best app / great app / love this / love these / love my / love how / love that / love it / love the / loves it
    loves this / love them / loves them / big hit / huge hit / great location / perfect location
    excellent location / great view / great views / stunning views / would stay here again / will stay here again
    would stay again / definitely return / definitely be back / will return / will be returning / will order again
    would order again / buy again / order again / doesn't disappoint / does not disappoint / did not disappoint
    didn't disappoint / won't disappoint / will not disappoint / won't be disappointed / will not be disappointed
    not be disappointed / wasn't disappointed / was not disappointed / weren't disappointed / you won't regret
    won't regret / will not regret / don't regret / no brainer / can't fault / cannot fault / couldn't fault
    can't say enough / cannot say enough / can't praise / hard to beat / hard to put down / never a dull
    never fails / never failed / never lets me down / can't stop playing / can't stop watching / can't stop eating
    can't stop listening / can't stop using / can't stop reading / can't stop smiling / can't stop laughing
    can't stop thinking / can't live without / couldn't live without / can't imagine life without / can't be beat
    cannot be beaten / unbeatable / unmatched / unrivaled / unrivalled / unparalleled / peerless / the best part
    home run / knocks it out / knocked it out / a must / a blast / had a blast / so much fun / great fun / good fun
    lots of fun / really fun / pure joy / pure magic / sheer delight / guilty pleasure
1.8: right out of the box / straight out of the box / out of the box / does not let go / doesn't let go
    doesn't let up / more expensive than / grabs you / keeps you guessing / kept me guessing / keeps you hooked
    kept me hooked / draws you in / drew me in / pulls you in / sticks with you / stays with you / stayed with me
    stands up to / stood the test / stands the test / survived / like new / good as new / quality is great
    quality is good / quality is excellent / sound is great / sound is good / picture is great / screen is great
    battery lasts / battery life is great / battery life is good / fast charging / charges fast / charges quickly
    as good as / better than i / faster than / lighter than / does what it says / does what it should
    does what it's supposed / does what it is supposed / does exactly what / does just what / did exactly what
    did what it / tell everyone / told everyone / telling everyone / tell all my friends / told all my friends
    goes crazy for / go crazy for / went crazy for / keeps going / wish i had bought / wish i'd bought
    wish i had found / wish i'd found / should have bought this / saved my / flew by / go see it / go see this
    see it on / go watch / out of their way / out of his way / out of her way / extra mile / be coming back
    coming back again / be back soon / back for more / nothing was too much / nothing is too much
    not a single problem / not a single issue / not a single complaint / not one problem / not one complaint
    never had a problem / never had any problems / never had an issue / never had any issues / had no problems
    had no issues / have had no / haven't had any problems / haven't had any issues / haven't had a problem
    haven't had a single / zero issues / zero problems / zero complaints / no drama / can't imagine going
    can't imagine being / can't imagine not / couldn't imagine going / gives me chills / gave me chills
    gave me goosebumps / best decision / best thing about / no need to / just right / perfect size / perfect gift
    great gift / nice gift / lives in / go to / my go to / a keeper / well worth / steals the show / stole the show
    nails / hits all the right / ticks all the boxes / checks all the boxes / can do no wrong / can't say a bad
    impossible not to / works as expected / worked as expected / works as advertised / works as described
    as described / exactly as / works fine / worked fine / works well / worked well / work well / work great
    worked great / working great / works very well / works really well / works better / holds up / held up
    hold up well / long lasting / lasts long / lasts a long / built to last / arrived early / arrived quickly
    fast shipping / quick shipping / fast delivery / quick delivery / prompt delivery / promptly / well packaged
    nicely made / sturdily / looks great / look great / looks good / look good / looks nice / looks amazing
    looks beautiful / sounds great / sounds good / sound great / feels great / feels good / feels solid
    tastes great / tastes good / taste great / taste good / smells great / smells good / smells amazing
    smell great / fits well / fit well / easy to use / easy to install / easy to clean / easy to set
    easy to assemble / easy to navigate / easy to follow / easy to read / easy to understand / easy to operate
    easy setup / easy install / with ease / happy with / pleased with / satisfied with / impressed with
    impressed by / great for / good for / perfect for / ideal for / ideal / hassle free / trouble free
    problem free / stress free / worry free / pain free / bug free / ad free / no ads / no hassle / no fuss
    no trouble / without any trouble / without a problem / without any issues / without issue / without issues
    no complaints so far / nothing bad to say / nothing to complain / no cons / four stars / 4 stars / 4 out of 5
    4 5 stars / 9 out of 10 / 8 out of 10 / nine out of ten / delivers / deliver on / succeeds / pays off nicely
    entertains / entertained / suspenseful / thrilling / taut / stirring / lyrical / evocative / eloquent / graceful
    gracefully / elegantly / stylishly / sharply / sharp and / slick / crisp / clever and / cleverly / witty and
    tongue in cheek / funnier / smarter / sweetly / warmly / warmth / wit / charisma / charismatic
    chemistry between / likable / likeable / endearing / adorable / lovable / loveable / appealing / inviting
    quirky / whimsical / offbeat / refreshingly / surprisingly good / surprisingly well / surprisingly funny
    solidly / solid film / solid performance / robust / well rounded / well balanced / well paced / fast paced
    action packed / star turn / standout / stands out / stand out / top form / at his best / at her best
    at their best / at its best / on top of / sets the bar / raises the bar / classic / timeless / unique
    one of a kind / first rate / high end / premium / luxurious / plush / immaculate / spotlessly / pristine
    sparkling / cosy / homely / welcoming / tasty / scrumptious / savory / tender / fresh and / perfectly cooked
    cooked perfectly / generous portions / generous portion / large portions / reasonable / reasonably / good food
    great food / best meal / excellent food / good service / friendly staff / nice staff / helpful staff
    great staff / lovely staff / kid friendly / dog friendly / family friendly / good location / very central
    well located / conveniently located / comfortable bed / comfy bed / addictive / highly addictive / very useful
    so useful / super useful / very helpful / so helpful / super easy / so easy / very easy / super fast / very fast
    lightning fast / snappy / fluid / responsive / smoothly / runs smoothly / bargain / steal at / bang for
    good deal / great deal / worth the money / worth the price / worth the wait / worth the trip / worth the effort
    worth a look / worth a try / worth a visit / worth buying / worth having / definitely worth / totally worth
    so worth / absolutely worth / delighted / chuffed / stoked / over the moon / on cloud nine / tickled / elated
1: portable / compact / lightweight / intelligent / intelligently / honest performance / brave / strong cast
    stronger / energetic / lively / spirited / energy / winner / award winning / awards / miracle / heavenly
    treasure / treasured / beloved / solves / solved my / opportunity to / safe and / secure and / true to
    true to life / authentic / genuine / natural and / originality / originals / ambitious / provocative / subtle
    subtly / thoughtful / thoughtfully / compassionate / compassion / humane / humanity / human and / heart and
    lots of heart / big heart / rich and / textured / layered / detailed / depth / deeper / bittersweet / tense
    intense and / surprising / surprisingly / surprised how / decent / respectable / watchable / passable
    serviceable / competent / competently / capable / workmanlike / worthy / worthwhile / deserving / not too bad
    not that bad / not half bad / not so bad / wasn't bad / wasn't too bad / isn't bad / isn't too bad / aren't bad
    nothing wrong with / good enough / does its job / gets the job done / get the job done / did the trick
    does the trick / do the trick / no issue / no regrets / no doubt one / all good / so far so good / good so far
    great so far / love so far / like a lot / quite like / do like / really liked / i enjoy / better than
    improved a lot / big improvement / huge improvement / nice and / nice big / nice little / walking distance
    close to everything / quiet room / quiet and / peaceful / relaxing / relaxed / calm / serene / tranquil / chill
    laid back / handsome / pretty cool / kinda cool / well thought / well done to / thumbs / smile on
    made me smile / made me laugh / makes me smile / makes me laugh / makes me happy / made me happy / cracks me up
    fascinating / intriguing / intrigued / curious and / educational / informative / eye opening / enlightening
    inspired by this
-0.5: silly / runs small / runs large / ran small / three stars / 3 stars / 3 out of 5 / average at / ambitious but
    sentimental / conventional / familiar / uneven / inconsistently / mild / mildly / minor / slight / thin / overly
    less than / not enough / too many / so many / a bit of a / at times / could use / could have used
    would have liked / would have preferred / i wish there / if it weren't / if it wasn't / the only problem
    only problem / only issue / only complaint / my only / only downside / downside / downsides / drawback
    drawbacks / the catch / cons / con / dry / chewy / tough / salty / oily / bitter / sour / watery / lukewarm
    small rooms / small room / tiny / cramped / stuffy / dim / dark room / basic room / tired decor / needs updating
    needs improvement / could improve / new update / latest update / since the update / since update / after update
    after the update / after updating / since updating / since the last / ever since / no way / took forever
    takes forever / keeps asking / keep asking / logging me out / pay for everything / pay to play
    in app purchases
-1.5: walked out / walk out / to be over / tinny / hiss / hissing / hum / humming noise / rattle / rattles
    rattling / squeak / squeaks / squeaky / creaks / dent / dents / scuffed / dishwater / tasted of / tasted like
    tastes like cardboard / expected a lot / expected much / expected a bit more / for that price / for this price
    lost all / lost everything / lost my progress / lost my data / lost my account / too many permissions / invasive
    gave it away / give it away / threw away / give up / gave up after / had to stop / couldn't finish
    could not finish / never finished / didn't finish / did not finish / turned it off / switched it off
    put it down after / worn off / wore off / washed out / came unglued / unglued / unraveling / unravelling
    tears easily / rips easily / scratches easily / breaks easily / broke easily / stains / staining / see through
    itched / irritated my / irritates my / not sharp / won't cut / doesn't cut / doesn't seal / won't seal
    doesn't stick / won't stick / doesn't close / won't close / glacial / sleep inducing / cure for insomnia / trite
    soapy / soporific / numbing / punishing / makes little sense / make little sense / made no sense
    made little sense / cop out / thud / jammed / jams / never wrote back / never got back / never responded
    never replied / never answered / never called back / shuts itself / shuts off / shut off / turns itself off
    turns off by / keeps turning / wouldn't stay / would not stay / would not go back / wouldn't go back
    would never go / wouldn't go again / would not go again / would not eat / wouldn't eat / would not buy
    wouldn't buy / would never buy / would not order / wouldn't order / would not use / wouldn't use
    would not return / wouldn't return / left hungry / still hungry / still doesn't / still doesnt / still does not
    still won't / still isn't / still didn't / still broken / still down / still missing / still stuck
    thanks i guess / wasted on / wasted my / nobody asked for / no one asked for / who asked for / paper thin
    hardly slept / didn't sleep / couldn't sleep / mushy / undrinkable / lukewarm coffee / breach / going nowhere
    goes nowhere / leads nowhere / short of / not much of / not so much / less than stellar / less than ideal
    less than impressed / if you can call it / so called / for no reason / nothing happens / nothing works
    nothing loads / gone for good / gave me a headache / gave me a rash / made me itch / broke out / itchy / itching
    burnt my / burned my / caught fire / smoke / smoking / exploded / explodes / electrocuted / will return it
    will return this / will return them / will return the / will be returning it / will be returning this
    will be returning the / don't like / dont like / do not like / doesn't like / didn't like / did not like
    didnt like / never liked / not a fan / not a big fan / no fan of / don't love / didn't love / didn't enjoy
    did not enjoy / don't enjoy / not enjoy / not enjoyable / not for me / wasn't for me / not my cup / not worth it
    not worth the / isn't worth / wasn't worth / not what i expected / not what i wanted / not what i ordered
    not what i / not as described / not as advertised / not as pictured / not as good / not as expected
    isn't as good / not that good / not that great / not so great / not so good / nothing great / nothing to write
    no good / far from / nowhere near / could care / too good to be true / good for nothing / good luck with that
    good grief / wanted to like / wanted to love / really wanted to / expected more / expected better
    expecting more / expecting better / deserves better / deserve better / had high hopes / high hopes
    used to love / used to like / used to enjoy / used to work / used to be good / used to be great
    used to be the best / downhill / gone downhill / went downhill / going downhill / bring back the old
    old version was / old one was / fails to / fail to / failed to / falls short / fall short / fell short
    comes up short / runs out of / run out of / ran out of / loses its / lost its / lost me at / lost interest
    never quite / not quite / little more than / nothing more than / no more than a / amounts to / at best
    at its worst / only reason / sole reason / skip it / skip this / pass on this / don't see / give it a miss
    wait for the dvd / i regret / regret buying / regret / regretted / regrets buying / wrong size / wrong color
    wrong colour / wrong item / wrong order / wrong product / missing parts / missing pieces / missing items
    arrived late / arrived damaged / arrived broken / came broken / came damaged / dead on arrival / doa
    died after / died on me / died within / stopped charging / won't charge / doesn't charge / won't hold
    doesn't hold / doesn't fit / does not fit / didn't fit / did not fit / don't fit / won't fit / doesn't last
    does not last / didn't last / did not last / lasted only / only lasted / lasted about / lasted less / fell off
    falls off / fell out / came apart / come apart / comes apart / came loose / comes loose / wore out / wears out
    worn out / snapped / snapped off / bent / cheaply made / cheap plastic / cheap quality / cheap material
    feels cheap / looks cheap / flimsy / poor quality / low quality / bad quality / poorly made / poorly designed
    poorly written / poorly acted / poorly executed / badly made / badly written / badly acted / badly done
    design flaw / flaw / flaws / flawed / not sturdy / not durable / not comfortable / not easy / not clean
    not clear / not helpful / not friendly / impossible to / pain to / a pain / headache / headaches / hassle
    counterfeit / fake / knockoff / knock off / overheats / overheating / overheated / drains / drains the
    battery drain / battery dies / short battery / battery life is / rust / rusted / rusty / peeling / peeled
    ripped / shrunk / faded / unraveled / wobbly / leak / leaky / mold / mould / mouldy / musty / stench / stank
    dingy / shabby / run down / rundown / dilapidated / decrepit / tourist trap / thin walls / hair in
    tiny portion / small portions / rubbery / undercooked / raw in / over cooked / under cooked / dried out / burned
    freezer burnt / took over an / wait over / waited over / waited an / ignored us / ignored me / never again
    last time / keeps crashing / keep crashing / keeps freezing / keeps stopping / keeps closing
    keeps disconnecting / keeps dropping / keeps failing / keeps logging / force close / force closes / black screen
    blank screen / white screen / logs me out / log me out / logged me out / stuck on / stuck at / stuck in
    pay to win / unplayable / laggy / buggy / bugged / broken since / ruined by / ruins / ruining / spoils / spoiled
    banal / cliche / cliches / cliched / contrived / formulaic / derivative / unoriginal / uninspired / tedious
    tedium / tiresome / tiring / plodding / plods / lifeless / listless / shallow / superficial / hollow / vapid
    inane / dumb / dumber / insipid / incoherent / muddled / murky / convoluted / messy / overlong / bloated
    pretentious / preachy / manipulative / sappy / saccharine / mawkish / schmaltzy / syrupy / treacly
    melodramatic / overwrought / overblown / overdone / heavy handed / clumsy / clumsily / clunky / amateurish
    amateur hour / cheesy / corny / cringe / cringey / cringeworthy / cringe worthy / unfunny / humorless
    humourless / witless / charmless / joyless / soulless / pointless / senseless / mindless / forgettable
    unmemorable / unremarkable / lackluster / lacklustre / half baked / half hearted / half assed / ill conceived
    misfire / misfires / misguided / miscast / wooden / stilted / forced / strained / underdeveloped / underwhelming
    underwhelmed / underwhelms / one dimensional / two dimensional / one note / cardboard / stereotype / stereotypes
    stereotypical / implausible / improbable / unconvincing / far fetched / ludicrous / painful / painfully
    excruciating / excruciatingly / interminable / drags / dragged / drags on / slog / slow moving / slow paced
    snooze / snoozefest / yawn / fell asleep / falling asleep / put me to sleep / puts you to sleep / bore / bores
    boredom / boringly / dud / flop / flops / dreck / drivel / hackneyed / hokey / retread / rehash / rehashed
    cash grab / money grab / generic / by the numbers / paint by numbers / recycled / warmed over / sluggish
    meandering / meanders / aimless / disjointed / choppy / overacted / over acted / plotless / no plot / no story
    plot hole / ham fisted / tone deaf / inept / ineptly / inert / leaden / lumbering / dreary / drab / bleak and
    monotonous / repetitive / repetitious / redundant / overstuffed / overcooked / gimmicky / gimmick / pandering
    exploitative / gratuitous / self indulgent / self important / smug / grating / obnoxious / irksome
    insufferable / unlikable / unlikeable / unappealing / unattractive / unpleasant / ugly / grim / sleazy / trashy
    tacky / tawdry / crass / vulgar / stupid / stupidity / idiotic / moronic / nonsense / nonsensical / gibberish
    garbled / unintelligible / confusingly / stale and / wasted potential / missed opportunity / squandered
    squanders / no chemistry / zero chemistry / no depth / no substance / no charm / no life / no heart / no soul
    no fun / no joy / no laughs / no point / no sense of / no value / no thanks / no thank you / no better than
    nothing but trouble / nothing but problems / nothing but issues / two stars / 2 stars / 2 out of 5 / 1 out of 5
    1 out of 10 / 2 out of 10 / 3 out of 10 / minus stars / struggle / struggled / struggles / struggling / sorely
    disrespectful / disrespected / disinterested / uninterested / inattentive / unwelcoming / unfriendly
    unorganized / unorganised / unhygienic / unsanitary / unsafe / unfair / unacceptably / unwilling / unbearably
    uncaring / uncooperative / misrepresented / mislabeled / mislead / deceived / deceiving / deceptive / dishonest
    shady / sketchy / dodgy / suspicious / bogus / phony / sham / con artists / racket / gouging / extortionate
    exorbitant / daylight robbery / highway robbery / not cheap / way too / way overpriced / so overpriced
    cost a fortune
-2.6: piece of junk / piece of crap / piece of trash / piece of garbage / hot garbage / absolute garbage
    utter garbage / steaming pile / pile of / load of crap / load of rubbish / absolute rubbish / in the trash
    in the bin / in the garbage / threw it away / threw it out / thrown away / throw it away / buyer beware
    avoid like / avoid at all / worst ever / worst app / worst movie / worst film / worst product / worst book
    worst service / worst experience / worst customer / worst hotel / worst purchase / worst company / worst i've
    worst i have / one of the worst / among the worst / ever seen . / 0 out of 10 / 0 out of 5 / zero out of / 0 10
    1 10 / unendurable / unspeakable / godawful / god awful / abomination / abominable / atrociously / horrid
    horrific / horrifying / horribly / terribly / dreadfully / awfully / hideous / vile / repulsive / revolting
    nauseating / sickening / despicable / deplorable / loathe / loathed / detest / insufferably / an insult
    insult to / crock / shitshow / shit show / train wreck / trainwreck / car crash / dumpster fire / clusterfuck
    crapware / malware / spyware / rip offs / daylight robbery / crooks / crook / swindle / swindled / conned
    scamming / a con / theft / robbed / robbing
"""
