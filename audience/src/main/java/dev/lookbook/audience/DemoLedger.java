package dev.lookbook.audience;

import java.util.Arrays;

/** The purchases of a made-up shop, in memory: four numbers each. */
final class DemoLedger {
    private int[] customers = new int[1 << 16];
    private int[] articles = new int[1 << 16];
    private short[] days = new short[1 << 16];
    private int[] cents = new int[1 << 16]; // negative: bought in a shop, not online
    private int size;

    void add(int day, int customer, int article, int cent, boolean online) {
        if (size == days.length) {
            int larger = Math.multiplyExact(size, 2);
            customers = Arrays.copyOf(customers, larger);
            articles = Arrays.copyOf(articles, larger);
            days = Arrays.copyOf(days, larger);
            cents = Arrays.copyOf(cents, larger);
        }
        days[size] = (short) day;
        customers[size] = customer;
        articles[size] = article;
        cents[size++] = online ? cent : -cent;
    }

    /** The places of all purchases by day; those of a day in the order in which they were added. */
    int[] byDay(int allDays) {
        int[] next = new int[allDays + 1];
        for (int i = 0; i < size; i++) {
            next[days[i] + 1]++;
        }
        for (int day = 0; day < allDays; day++) {
            next[day + 1] += next[day];
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[days[i]]++] = i;
        }
        return order;
    }

    int day(int i) {
        return days[i];
    }

    int customer(int i) {
        return customers[i];
    }

    int article(int i) {
        return articles[i];
    }

    int cents(int i) {
        return Math.abs(cents[i]);
    }

    boolean isOnline(int i) {
        return cents[i] >= 0;
    }
}
