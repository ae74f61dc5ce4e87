package dev.lookbook.audience;

import java.time.LocalDate;
import java.util.Map;

/**
 * Everybody who was known on one date, ranked, and what came of it. The arrays go along with each other.
 *
 * @param customers numbers of the customers, ascending
 * @param bought the probability that the customer bought of the class in the window after; 0 or 1 if labels are true
 * @param places from 1, by each ranker
 */
record Ranking(LocalDate date, int[] customers, double[] bought, Map<Ranker, int[]> places) {

    int count() {
        return customers.length;
    }

    double allBought() {
        double sum = 0;
        for (double one : bought) {
            sum += one;
        }
        return sum;
    }

    double bought(Ranker ranker, int k) {
        int[] place = places.get(ranker);
        double sum = 0;
        for (int i = 0; i < place.length; i++) {
            sum += place[i] <= k ? bought[i] : 0;
        }
        return sum;
    }

    /** The sums over as many parts of the ranking, best first. */
    double[] boughtByPart(Ranker ranker, int parts) {
        int[] place = places.get(ranker);
        double[] sums = new double[parts];
        for (int i = 0; i < place.length; i++) {
            sums[part(place[i], parts)] += bought[i];
        }
        return sums;
    }

    int part(int place, int parts) {
        return (int) ((place - 1L) * parts / count());
    }
}
