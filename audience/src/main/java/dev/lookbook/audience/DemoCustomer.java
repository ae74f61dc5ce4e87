package dev.lookbook.audience;

/**
 * One customer of a made-up shop, who joins, comes, buys, changes tastes and is lost.
 *
 * @param joined the first day as a customer; 0 for those who were there before
 * @param lost the day of the loss; may lie beyond the last day
 * @param visitsPerDay while a customer, over a year
 * @param taste [classes] on the last day, or when lost
 */
record DemoCustomer(int joined, int lost, double visitsPerDay, double[] taste) {
    private static final int DAYS = DemoWorld.HISTORY + DemoWorld.FUTURE;

    /** Lives through all days, and writes what is bought into {@code ledger}. */
    static DemoCustomer live(DemoSettings settings, DemoArticles articles, int number, DemoLedger ledger) {
        Chance chance = Chance.of(settings.seed(), number);
        return settings.kind() == ShopKind.NULL
                ? random(chance, articles, number, ledger)
                : shopper(settings.kind(), chance, articles, number, ledger);
    }

    private static DemoCustomer random(Chance chance, DemoArticles articles, int number, DemoLedger ledger) {
        double[] shares = articles.shares();
        for (double day = chance.exponential(DemoWorld.NULL_DAYS_BETWEEN_VISITS);
                day < DAYS;
                day += chance.exponential(DemoWorld.NULL_DAYS_BETWEEN_VISITS)) {
            buy(chance, articles, (int) day, number, shares, ledger);
        }
        return new DemoCustomer(0, DAYS, 1 / DemoWorld.NULL_DAYS_BETWEEN_VISITS, shares);
    }

    private static DemoCustomer shopper(
            ShopKind kind, Chance chance, DemoArticles articles, int number, DemoLedger ledger) {
        double perDay =
                chance.gamma(DemoWorld.VISITS_SHAPE) / DemoWorld.VISITS_SHAPE / DemoWorld.MEAN_DAYS_BETWEEN_VISITS;
        boolean isNew = !chance.happens(DemoWorld.THERE_FROM_THE_START);
        int joined = isNew ? chance.whole(DAYS) : 0;
        int lost = joined + 1 + (int) chance.exponential(DemoWorld.MEAN_DAYS_UNTIL_LOST);
        double[] taste = taste(kind, chance);
        double nextMove = joined + chance.exponential(DemoWorld.MEAN_DAYS_UNTIL_TASTE_MOVES);
        if (isNew) {
            buy(chance, articles, joined, number, wanted(taste, articles, joined), ledger);
        }
        double busiest = perDay * (1 + DemoWorld.VISITS_SEASON);
        for (double time = joined + chance.exponential(1 / busiest);
                time < Math.min(lost, DAYS);
                time += chance.exponential(1 / busiest)) {
            int day = (int) time;
            while (nextMove < time) {
                double[] fresh = taste(kind, chance);
                for (int k = 0; k < taste.length; k++) {
                    taste[k] = DemoWorld.OLD_TASTE * taste[k] + (1 - DemoWorld.OLD_TASTE) * fresh[k];
                }
                nextMove += chance.exponential(DemoWorld.MEAN_DAYS_UNTIL_TASTE_MOVES);
            }
            double wave = DemoWorld.wave(DemoWorld.VISITS_SEASON, day, DemoWorld.VISITS_PEAK);
            if (chance.happens(wave / (1 + DemoWorld.VISITS_SEASON))) {
                buy(chance, articles, day, number, wanted(taste, articles, day), ledger);
            }
        }
        return new DemoCustomer(joined, lost, perDay, taste);
    }

    private static double[] taste(ShopKind kind, Chance chance) {
        double[] shares = DemoWorld.shares();
        if (kind == ShopKind.POPULAR) {
            return shares;
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] *= DemoWorld.TASTE_STRENGTH;
        }
        return chance.dirichlet(shares);
    }

    private static double[] wanted(double[] taste, DemoArticles articles, int day) {
        double[] wanted = articles.demand(day);
        for (int k = 0; k < wanted.length; k++) {
            wanted[k] *= taste[k];
        }
        return wanted;
    }

    private static void buy(
            Chance chance, DemoArticles articles, int day, int number, double[] wanted, DemoLedger ledger) {
        boolean online = chance.happens(0.6);
        int items = 1 + chance.poisson(DemoWorld.MEAN_FURTHER_ITEMS);
        for (int i = 0; i < items; i++) {
            int article = articles.draw(chance, day, chance.index(wanted));
            double reduced = chance.happens(DemoWorld.REDUCED) ? 0.5 + 0.4 * chance.uniform() : 1;
            ledger.add(day, number, article, (int) StrictMath.round(100 * reduced * articles.price(article)), online);
        }
    }
}
