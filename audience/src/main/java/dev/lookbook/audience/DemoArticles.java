package dev.lookbook.audience;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The articles of a made-up shop: when each came out, how well it sells in each week, and what it costs. */
final class DemoArticles {
    private static final int DAYS = DemoWorld.HISTORY + DemoWorld.FUTURE;
    private static final int WEEKS = DAYS / 7;

    private final int[] kinds; // [articles] the true class
    private final double[] prices; // [articles]
    private final int[][] ofClass; // [classes][...] articles
    private final float[][][] cumulated; // [weeks][classes][...] weights of the articles of a class, added up
    private final double[][] fashion; // [weeks][classes]

    DemoArticles(DemoSettings settings, DemoCatalogue catalogue) {
        int count = settings.articles();
        kinds = new int[count];
        prices = new double[count];
        double[] appeal = new double[count];
        int[] launch = new int[count];
        boolean isNull = settings.kind() == ShopKind.NULL;
        double spread = settings.kind() == ShopKind.POPULAR ? DemoWorld.POPULAR_APPEAL : DemoWorld.APPEAL;
        for (int a = 0; a < count; a++) {
            Chance chance = Chance.of(settings.seed(), -2L - a);
            kinds[a] = catalogue.truth()[a % catalogue.pictures()];
            double factor = StrictMath.exp(DemoWorld.PRICE_SPREAD * chance.gaussian());
            prices[a] = DemoWorld.GARMENTS.get(kinds[a]).price() * factor;
            appeal[a] = isNull ? 1 : StrictMath.exp(spread * chance.gaussian());
            launch[a] = chance.whole(DemoWorld.OLDEST_ARTICLE + DAYS) - DemoWorld.OLDEST_ARTICLE;
        }
        int classes = catalogue.labels().size();
        ofClass = new int[classes][];
        for (int k = 0; k < classes; k++) {
            int kind = k;
            ofClass[k] = IntStream.range(0, count).filter(a -> kinds[a] == kind).toArray();
        }
        cumulated = new float[WEEKS][classes][];
        for (int week = 0; week < WEEKS; week++) {
            for (int k = 0; k < classes; k++) {
                cumulated[week][k] = cumulated(ofClass[k], appeal, launch, 7 * week, isNull);
            }
        }
        fashion = fashion(settings, classes);
    }

    private static float[] cumulated(int[] articles, double[] appeal, int[] launch, int day, boolean isNull) {
        float[] sums = new float[articles.length];
        double sum = 0;
        for (int i = 0; i < articles.length; i++) {
            int age = day - launch[articles[i]];
            double life = isNull
                    ? 1
                    : age < 0 ? 0 : DemoWorld.EVERGREEN + StrictMath.pow(2, -age / DemoWorld.ARTICLE_HALF_LIFE);
            sum += appeal[articles[i]] * life;
            sums[i] = (float) sum;
        }
        return sums;
    }

    /** A walk that is pulled back to 1, for each class. */
    private static double[][] fashion(DemoSettings settings, int classes) {
        Chance chance = Chance.of(settings.seed(), -1);
        double step = switch (settings.kind()) {
            case TASTE -> DemoWorld.FASHION_STEP;
            case POPULAR -> DemoWorld.POPULAR_FASHION_STEP;
            case NULL -> 0;
        };
        double spread = step / StrictMath.sqrt(1 - DemoWorld.FASHION_MEMORY * DemoWorld.FASHION_MEMORY);
        double[] level = new double[classes];
        for (int k = 0; k < classes; k++) {
            level[k] = spread * chance.gaussian();
        }
        double[][] fashion = new double[WEEKS][classes];
        for (double[] week : fashion) {
            for (int k = 0; k < classes; k++) {
                week[k] = StrictMath.exp(level[k]);
                level[k] = DemoWorld.FASHION_MEMORY * level[k] + step * chance.gaussian();
            }
        }
        return fashion;
    }

    /** How much each class sells on a day beside its share of the year: fashion times season. */
    double[] demand(int day) {
        double[] demand = fashion[day / 7].clone();
        for (int k = 0; k < demand.length; k++) {
            DemoWorld.Garment garment = DemoWorld.GARMENTS.get(k);
            demand[k] *= DemoWorld.wave(garment.season(), day, garment.peak());
        }
        return demand;
    }

    /** The share of each class in the articles: purchases at random follow it. */
    double[] shares() {
        return Arrays.stream(ofClass)
                .mapToDouble(articles -> articles.length / (double) count())
                .toArray();
    }

    /** An article of a class, as likely as it sells in the week of {@code day}. */
    int draw(Chance chance, int day, int kind) {
        float[] sums = cumulated[day / 7][kind];
        float point = (float) (chance.uniform() * sums[sums.length - 1]);
        int place = Arrays.binarySearch(sums, point);
        int i = place < 0 ? -place - 1 : place + 1; // above the point, so that articles not out yet are never drawn
        return ofClass[kind][Math.min(i, sums.length - 1)];
    }

    int count() {
        return kinds.length;
    }

    int kind(int article) {
        return kinds[article];
    }

    double price(int article) {
        return prices[article];
    }
}
