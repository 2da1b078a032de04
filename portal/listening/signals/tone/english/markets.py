"""What investors say of prices: these words count where a text talks of shares or coins."""

# One of these, or a ticker such as `$LUM`, and a text talks of money.
SIGNS = """
bullish bearish stock stocks shares shareholder shareholders investor investors investing
crypto bitcoin btc eth ethereum
altcoin altcoins hodl hodling nasdaq nyse dow etf etfs ticker traders trader earnings eps ebit ebitda
dividend dividends portfolio bagholder bagholders bulls bears blockchain defi nft eur usd mln mn profit revenue
"""

WEIGHTS = """
2.4: bullish / bullish af / very bullish / super bullish / to the moon / mooning / moon / moon soon / lfg / breakout
    breaking out / broke out / rally / rallies / rallying / rallied / skyrocket / skyrocketing / skyrocketed / soar
    soars / soared / soaring / surge / surges / surged / surging / parabolic / buy the dip / bought the dip
    buying the dip / dip buyers / buy the fear / load up / loading up / loaded up / loading more / loaded more
    load the boat / adding more / added more / accumulate / accumulating / accumulation / buying opportunity
    strong buy / buy rating / all in / hodl / hodling / hold strong / holding strong / diamond hands
    long and strong / going long / went long / i'm long / im long / long term hold / long from / longs
    calls printing / new highs / new high / all time high / all time highs / ath / higher high / higher highs
    higher low / higher lows / bottom is in / bottomed / bottoming / bull run / bull market / bulls / bull flag
    bull trend / uptrend / green day / big green / green candle / green candles / going green / reversal
    reversal up / bounce / bounced / bouncing / short squeeze / squeeze / undervalued / oversold / cheap here
    cheap price / discount / on sale / discounted / price target raised / raised its / raises target
    raised guidance / raises guidance / raised outlook / beats estimates / beat estimates / beat expectations
    beats expectations / tops estimates / topped estimates / better than expected / record high / record profit
    record sales / record revenue / outperform / outperforms / outperformed / outperforming / upgrade / upgraded
    upgrades / upgraded to buy
1.5: loss narrowed / losses narrowed / narrowed its loss / narrower loss / swung to profit / turned a profit / bull
    buy / buying / bought / bought more / buy more / buying more / buyers / still buying / calls / call options
    gains / gain / gaining / gained / gainer / profitable / winner / winning / up / up from / upside / upward / rise
    rises / rose / risen / rising / climb / climbs / climbed / climbing / jump / jumps / jumped / jumping / increase
    increases / increased / increasing / grow / grows / grew / growing / growth / improve / improves / improved
    higher / highs / recover / recovers / recovered / recovering / recovery / rebound / rebounds / rebounded
    strong / stronger / strength / support held / holding support / pump / pumping / pumped / push up / pushing
    rip / ripping / rips / run up / running / send it / sends it / let's go / lets go / here we go / green / lambo
    gem / patience / patient / hold / holding / hodlers / holders / double / doubled / triple / bullrun
    contract worth / won a contract / wins contract / awarded / awarded a / signed an agreement / signed a / secures
    secured / expands / expansion / launches / approval / approved / dividend increase / partnership / adoption
    institutions buying
0.4: profit / profits
-1.5: swung to a loss / profit fell / profits fell / profit dropped / profit decreased / bear / sell / selling
    sold / sell off / selloff / sold off / selling off / sellers / get out / getting out / out now / puts
    put options / my puts / short / shorts / shorting / shorted / short it / going short / short from / down
    down from / downside / downward / drop / drops / dropped / dropping / fall / falls / fell / fallen / falling
    decline / declines / declined / declining / decrease / decreases / decreased / decreasing / lower / lows / low
    slip / slips / slipped / slide / slides / slid / sliding / sink / sinks / sank / sinking / tumble / tumbles
    tumbled / loss / losses / losing / loser / red / red day / deep red / bleed / bleeding / bled / weak / weaker
    weakness / resistance / rejected / rejection / fade / fading / faded / overvalued / overbought / overpriced
    correction / retrace / retest the lows / lay off / lay offs / layoffs / lays off / cut / cuts / job cuts
    cutting jobs / cuts jobs / shut down / closing down / recession / inflation / fear / worried / warning / warns
    warned / misses / missed / missed estimates / misses estimates / below expectations / below estimates
    worse than expected / downgrade / downgraded / downgrades / underperform / underperforms / underperformed / sued
    lawsuit / probe / investigation / debt / liquidated / liquidation / liquidations / bubble / dilution / bankrupt
    bankruptcy / default / manipulated / manipulation
-2.4: bearish / very bearish / super bearish / dump / dumping / dumped / dumps / dump it / dead cat bounce
    dead cat / bear market / bear flag / bear trap / bears / crash / crashes / crashed / crashing / plunge / plunges
    plunged / plunging / plummet / plummets / plummeted / collapse / collapses / collapsed / collapsing / tank
    tanks / tanked / tanking / capitulation / capitulate / bagholder / bagholders / bag holder / bag holders / bags
    rug / rugged / rug pull / ponzi / pyramid scheme / worthless / going to zero / to zero / goes to zero
    headed lower / heading lower / going lower / much lower / lower low / lower lows / lower high / lower highs
    new low / new lows / downtrend / going down / go down / red candle / red candles / sell it / sell now
    sell everything / selling everything / wrecked / rekt / toast / is over / it's over / game over / bottom is not
    profit warning / cut guidance / cuts guidance / slashed / slashes
0: share / shares / volume / chart / short term / short time / in short / long time / long term / long as / so long
    hold on / on hold / low volume / low fees / high / up to / ups / look up / set up / sign up / wake up / cut off
    bear with / come down / calm down / shut up / profit and loss / market cap / what's up / buy or sell / buy me
    long way
"""
