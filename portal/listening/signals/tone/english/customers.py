"""What customers of any trade say of what they were sold and how they were served."""

WEIGHTS = """
3.2: best ever / love love / absolutely love / so in love / beyond happy / couldn't be happier
    could not be happier / couldn't have been better / blown away / exceeded my expectations
    exceeded our expectations / above and beyond / game changer / flawless / flawlessly / masterpiece / phenomenal
    outstanding / superb / magnificent / exquisite / five stars / 5 stars / highly recommend / highly recommended
    can't recommend enough / must have / must see / must read / must buy / worth every penny / worth every cent
    life saver / lifesaver / second to none / top notch / world class / first class service / 10 10 / made my day
    saved the day / saved my day / never disappoints / never disappoint / never let me down / can't go wrong
    cannot go wrong / can't beat / spot on
2.6: i love / we love / loving / loved / adore / adores / amazing / awesome / fantastic / wonderful / excellent
    brilliant / incredible / perfect / perfectly / terrific / gorgeous / stunning / delightful / delicious / yummy
    heavenly / divine / kudos / shout out / shoutout / hats off / props to / you rock / you guys rock / rocks
    is the best / are the best / my favorite / my favourite / our favorite / our favourite / favorite / favourite
    well done / great job / good job / nice job / amazing job / awesome job / great work / nice work / bravo
    very impressed / so impressed / really impressed / impressed / impressive / thrilled / ecstatic / overjoyed
    thank you so much / thanks so much / thank you very much / many thanks / thanks a million / big thanks
    huge thanks / much appreciated / greatly appreciated / really appreciate / so grateful / grateful
    pleasantly surprised / keep up the good / keep it up / works great / works perfectly / works like a charm
    works well / runs great / does the job / like a dream / would buy again / will buy again / would recommend
    will recommend / i recommend / recommend it / recommended / recommend this / recommend them / will be back
    will definitely be back / can't wait to come back / coming back for more / hooked / addicted to / obsessed with
    fell in love / in love with / a treat / a gem / hidden gem / a pleasure / a delight / a joy / life changing
2.0: great / happy / glad / enjoy / enjoyed / enjoying / enjoyable / beautiful / beautifully / lovely / fun
    excited / exciting / exceptional / helpful / friendly / kind / courteous / polite / welcoming / attentive
    caring / generous / responsive / knowledgeable / professional / reliable / comfortable / comfy / cozy / cosy
    spacious / clean / spotless / tasty / flavorful / flavourful / juicy / crisp / smooth / smoothly / seamless
    effortless / elegant / stylish / sleek / durable / sturdy / solid / powerful / intuitive / user friendly
    well made / well built / well written / well designed / well organized / well organised / high quality
    good quality / great quality / good value / great value / good price / great price / bargain / affordable
    pleased / satisfied / delighted / can't wait / cant wait / looking forward / yay / woohoo / woo hoo / hooray
    hurray / yess / congrats / congratulations / appreciate / appreciated / appreciates / thumbs up / rockstar
    rock star / hero / heroes / legend / superstar / charming / touching / moving performance / gripping / hilarious
    witty / captivating / compelling / engaging / refreshing / heartwarming / heartfelt / unforgettable / memorable
    breathtaking / page turner / must watch / no complaints / no problems / no issues / without a hitch
    without any problems / problem solved / issue resolved / all sorted / sorted it out / quick response
    fast response / quick reply / on point / nailed it / hits the spot / lives up to / as advertised
    better than expected / pretty good / worth it / worth the / well worth / a winner / a hit / win win / good times
    great time / good time / cool
1.4: good / nice / nicely / pleasant / thank you / thankyou / like it / i like / we like / liked it / i liked
    really like / likes it / fine product / fast / quick / quickly / early / on time / easy / easily / simple to use
    useful / handy / convenient / efficient / effective / interesting / clever / smart / creative / original / fresh
    warm / funny / entertaining / sweet / cute / yum / wow / improved / improvement / improving / upgrade me
    upgraded / resolved / fixed it / works now / works again / working now / working again / luckily / fortunately
    lucky / thankful / relief / relieved / bless / hugs / xoxo / cheers / proud / enthusiastic / accurate / bright
    classy / fair price / reasonable price / reasonably priced / cheap and / delivers / delivered on / wins
    winning / victory / success / successful / successfully / not bad / can't complain / cannot complain
    no problem / no worries / not disappointed / no regrets
0.9: thanks / thx / thnx / tnx / ty / better / well / decent / okay / solid choice / hope so / promising
    hopefully better / fine / smile / smiling / smiles / laughed / laughing / haha / hahaha / lol / glad to
    glad you / welcome back / nice touch / good luck / sweet deal / support your / deserves / deserved / positive
    liked / enjoyably / special / modern / cozy little / crispy / rich flavor
0.4: hope / hoping / ok / interested / liking / support
-0.4: still / again / yet again / another / seriously / really ? / wish / wished / instead of / supposed to
    expected / expecting / actually working / apparently / finally / somehow / at least / only to / if only
    maybe next time / guess / i guess / complicated / pricey / ? ? / asap / urgent / immediately / need help
    needs to be
-0.9: wait / waiting / waited / hours / hrs / delay / delays / delayed / late / later than / missed / missing / slow
    slower / slowly / cold / old / cheap / basic / average / mediocre / so so / meh / fee / fees / charge / charged
    charges / refund / refunds / complaint / complaints / complain / complaining / issue / issues / problem
    problems / trouble / troubles / unable / cannot / can't / couldn't / won't / nobody / no one / nothing
    confusing / confused / confuse / noisy / loud / small portion / smelled / smell / smells / boring / bored
    predictable / dull / flat / weak / bland / overrated / hardly / barely / difficult / hard to / concern
    concerned / concerns / worried / worry / annoy / excuse / excuses / unfortunately / weird / strange / odd
    wrong / mistake / mistakes / error / errors / bug / bugs / glitch / glitches / glitchy / laggy / lag / lags
    freezes / freezing / froze / dated / outdated / worn / dusty / cramped / crowded / tight / uncomfortable
    expensive / overpriced / costly / ads / adverts / spam / uninstall / uninstalled / uninstalling / unsubscribe
    unfollow / returned it / return it / sent it back / send it back / had to / forced to / supposedly / reset
    down / offline / outage / buggy / not sure why / no longer / used to be
-1.5: cancelled / canceled / cancel / cancels / cancelling / canceling / cancellation / cancelation / on hold
    hold for / still waiting / been waiting / keep waiting / kept waiting / long wait / still no / still not
    still haven't / still can't / still don't / still hasn't / no response / no reply / no answer / no help
    no luck / no way to / no explanation / no communication / no notification / no update / no updates
    no information / no info / no service / no wifi / no one knows / no one answers / no one to / nobody answers
    nobody knows / no sign of / never got / never received / never arrived / never came / never heard / never called
    never showed / never again / hung up / hang up / hangs up / hanging up / disconnected / doesn't work
    does not work / don't work / do not work / didn't work / did not work / dont work / doesnt work / not work
    won't work / wont work / isn't working / is not working / not working / aren't working / stopped working
    stops working / quit working / won't load / wont load / doesn't load / won't open / won't start / won't turn on
    can't log / cant log / can't login / can't connect / can't get / cannot get / can't even / cant even
    couldn't even / can't believe / cannot believe / can't access / can't use / can't reach / can't find
    can't book / can't log in / unable to / broke / broken / breaks / break down / broke down / breaking
    broke after / crash / crashes / crashed / crashing / fail / fails / failed / failing / failure / fell apart
    falls apart / fall apart / came off / leaking / leaked / leaks / cracked / scratched / torn / stained / dented
    defective / faulty / damaged / damage / ruined / ruin / ruining / spoiled / spoiled by / stuck / stranded
    lost my / lost our / lost luggage / lost bag / lost bags / lost / losing / refused / refuse / refuses / denied
    deny / rejected / ignored / ignore / ignoring / ignores / overbooked / oversold / bumped / misled / misleading
    overcharged / double charged / charged twice / charged me / charging me / hidden fees / nickel and dime
    false advertising / bait and switch / poor / poorly / subpar / sub par / lousy / crappy / sucky / unhappy
    dissatisfied / unsatisfied / not happy / unimpressed / not impressed / not satisfied / not pleased / not cool
    not ok / not okay / not acceptable / not fair / not good / not great / not worth / not helpful / not recommend
    wouldn't recommend / would not recommend / don't recommend / do not recommend / can't recommend
    cannot recommend / don't bother / don't waste / do not buy / don't buy / don't go / stay away / steer clear
    save your money / think twice / beware / avoid at / avoid this / avoid them / waste of / wasted / waste
    wasting / annoying / annoyed / annoys / frustrated / frustrating / frustration / frustrates / irritated
    irritating / upset / upsetting / angry / disappointing / disappointed / disappointment / disappoints
    disappoint / let down / letdown / shame / sad / sadly / sucks / suck / sucked / sux / unhelpful / unprofessional
    unresponsive / unreliable / inconsistent / incompetent / clueless / careless / lazy / dirty / filthy / stale
    soggy / greasy / burnt / undercooked / overcooked / tasteless / flavorless / inedible / smelly / stinks / stink
    moldy / gross / nightmare / mess / messed up / mess up / screwed / screw up / screwed up / chaos / disorganized
    disorganised / ripped off / rip off / ripoff / wtf / smh / ugh / argh / grr / fml / bs / damn / hell / fix this
    fix it / fix your / fix the / please fix / get it together / get your act together / do better / step up your
    step it up / what happened to / what is going on / what's going on / whats going on / what the / how hard is
    how is it possible / how can you / how could you / why would you / is this how / so much for
    thanks for nothing / thanks a lot for / gee thanks / good luck getting / way to go / last time i / last time we
    for the last time / lost my business / lost a customer / lost me / losing a customer / losing my
    taking my business / switching to / switched to / going back to / going elsewhere / go elsewhere / cancel my
    canceling my / cancelled my / want my money / my money back / give me my / poor service / bad service
    slow service / poor customer / customer disservice / third time / second time this / every single time
    each time / once again / two hours / three hours / four hours / few hours / for hours / over an hour
    an hour and / hour late / hours late / hour delay / hour wait / for days / for weeks / for months / days later
    weeks later / and counting / no luggage / no bag / where is my / where are my / where's my / when will you fix
    could have been better / could be better / could be a lot / should have been / would have been nice
    would have been better / would've been nice / nothing special / nothing new / falls flat / fell flat
    plot holes / too long / too short / too small / too big / too slow / too expensive / too loud / too much
    too many ads / too hard / too salty / too sweet / too bad / full of ads / lack of / lacks / lacking / lacked
    sick of / tired of / fed up / enough of / had enough / over it / done with / so done / not even / makes no sense
    no sense / no excuse / no apology / no empathy / no respect / excuse me
-2.4: terrible / horrible / awful / worst / worse / dreadful / horrendous / atrocious / appalling / abysmal
    pathetic / disgusting / disgusted / disgraceful / disgrace / unacceptable / inexcusable / ridiculous
    outrageous / absurd / insane / insulting / rude / rudely / rudest / hostile / hate / hated / hates / hating
    despise / useless / worthless / garbage / trash / junk / rubbish / crap / shit / shitty / bullshit
    piece of shit / scam / scammed / scammers / scammer / fraud / fraudulent / stole / stolen / steal / stealing
    thieves / theft / liar / liars / lied / lies / lying / cheated / cheating / criminal / illegal / disaster
    disastrous / catastrophe / fiasco / epic fail / a joke / such a joke / joke of / laughable / embarrassing
    shameful / shame on / shambles / hell no / fuck / fucking / fucked / fuckin / wtf is / bloody awful / furious
    livid / outraged / pissed / pissed off / infuriating / unbearable / unusable / unwatchable / unreadable
    zero stars / 0 stars / one star / 1 star / never buy / never fly / never order / never use / never shop
    never book / never stay / never come back / never coming back / never go back / never going back / never return
    never eat / will not be back / won't be back / won't be returning / will not return / not coming back
    won't be coming / waste of money / waste of time / total waste / poorest / absolute worst / nightmarish
    treated like / treat people / treat customers / don't care / doesn't care / do not care / could care less
    couldn't care less / rip off merchants / sued / lawsuit / bed bugs / bedbugs / cockroach / cockroaches
    food poisoning / got sick / threw up / vomit
0: fit / loom / looms / progress / good time to / best way to / best time to / best place to / good place to / please
    help / helps / yes / sure / want / wants / like / share / shared / care / save / saved / number / top / reach
    play / playing / plays / no / interest / adopt / matter / matters / credit / free / secure / security / true
    natural / important / safe / active / increase / increased / gain / pay / paid / dear / hey / gold / party
    certain / certainly / definite / definitely / agree / clear / clearly / strong / strength / create / created
    agreement / challenge / challenging / cut / debt / demand / drop / force / forces / leave / leaving / left
    limited / low / lone / alone / miss / mad max / pay off / pressure / strike / struggle / stop / stopped / stops
    tricky / block / blocked / fire / fight / kill / killing it / killed it / hide / hid / gun / war / crazy / hard
    easy peasy / value / values / united / alert / alerts / emergency / sentence / vulnerable / risk / risks / doubt
    dead / die / died / bad boy / cry / beloved / sorry / apologize / apology / apologies / boost / bonus / reward
    rewards / respond / resolve / solution / solutions / solve / growing / grow / exclusive / profit / profits
    winner / award / awards / ease / sincerely / admit / straight / stress / vision / hug / kiss / treasure / wealth
    weapon / novel / grand / intelligent / master / energy / energetic / heaven / super / pretty / god / feeling
    feelings / miracle / number one / honest / honestly / intense / serious / determined / opportunity
    opportunities / peace / faith / nature / brave / original sin / lucky number / share price / commit / committed
    defeat / battle / defense / attack / attacks
"""
