package dev.lookbook.audience;

import dev.lookbook.dataset.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes up a shop: its catalogue as a model sees it, two years of purchases, customers with consent, a campaign to try;
 * and in {@code truth/} what no shop knows: the right classes, the customers' tastes, and the next four weeks.
 */
public final class DemoShop {
    public static final String CAMPAIGN = "campaign.yaml";

    /** {@code article_id,label}: what the pictures really show. */
    public static final String TRUE_ARTICLES = "truth/articles.csv";

    /** What is bought from the day of the campaign on, in the form of {@code transactions.csv}. */
    public static final String TRUE_PURCHASES = "truth/transactions.csv";

    private static final int DAYS = DemoWorld.HISTORY + DemoWorld.FUTURE;

    private final DemoSettings settings;
    private final DemoCatalogue catalogue;
    private final Path folder;

    private DemoShop(DemoSettings settings, DemoCatalogue catalogue, Path folder) {
        this.settings = settings;
        this.catalogue = catalogue;
        this.folder = folder;
    }

    /** Writes a shop into a folder that exists and is empty. */
    public static void write(DemoSettings settings, DemoCatalogue catalogue, Path folder) throws IOException {
        new DemoShop(settings, catalogue, folder).write();
    }

    private void write() throws IOException {
        Files.createDirectories(folder.resolve("truth"));
        DemoArticles articles = new DemoArticles(settings, catalogue);
        DemoLedger ledger = new DemoLedger();
        DemoCustomer[] customers = new DemoCustomer[settings.customers()];
        for (int i = 0; i < customers.length; i++) {
            customers[i] = DemoCustomer.live(settings, articles, i, ledger);
        }
        write("articles.csv", this::articles);
        write(TRUE_ARTICLES, out -> trueArticles(out, articles));
        int[] order = ledger.byDay(DAYS);
        write("transactions.csv", out -> transactions(out, ledger, order, 0, DemoWorld.HISTORY));
        write(TRUE_PURCHASES, out -> transactions(out, ledger, order, DemoWorld.HISTORY, DAYS));
        write("customers.csv", this::customers);
        write("truth/customers.csv", out -> trueCustomers(out, customers));
        write("suppression.csv", this::suppression);
        write(CAMPAIGN, this::campaign);
    }

    private interface Text {
        void writeTo(Writer out) throws IOException;
    }

    private void write(String name, Text text) throws IOException {
        WholeFile.write(folder.resolve(name), bytes -> {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            text.writeTo(out);
            out.flush();
        });
    }

    /** The columns of {@code lookbook classify --probabilities}, with the article and the model in front. */
    private void articles(Writer out) throws IOException {
        out.write("article_id,model,input,label,confidence,decision,error," + String.join(",", catalogue.labels())
                + "\n");
        for (int a = 0; a < settings.articles(); a++) {
            int picture = a % catalogue.pictures();
            int label = catalogue.predicted(picture);
            float[] row = catalogue.probabilities()[picture];
            out.write(articleId(a) + ',' + catalogue.model() + ",\"" + catalogue.source() + '#' + picture + "\","
                    + catalogue.labels().get(label) + ',' + row[label] + ','
                    + (row[label] >= catalogue.sureAt() ? "sure" : "unsure") + ',');
            for (float probability : row) {
                out.write("," + probability);
            }
            out.write('\n');
        }
    }

    private void trueArticles(Writer out, DemoArticles articles) throws IOException {
        out.write("article_id,label\n");
        for (int a = 0; a < articles.count(); a++) {
            out.write(articleId(a) + ',' + catalogue.labels().get(articles.kind(a)) + '\n');
        }
    }

    private static void transactions(Writer out, DemoLedger ledger, int[] order, int from, int to) throws IOException {
        out.write("t_dat,customer_id,article_id,price,sales_channel_id\n");
        StringBuilder line = new StringBuilder();
        String date = "";
        int day = -1;
        for (int i : order) {
            if (ledger.day(i) < from || ledger.day(i) >= to) {
                continue;
            }
            if (ledger.day(i) != day) {
                day = ledger.day(i);
                date = DemoWorld.FIRST_DAY.plusDays(day).toString();
            }
            int cents = ledger.cents(i);
            line.setLength(0);
            line.append(date).append(',').append(customerId(ledger.customer(i)));
            line.append(',')
                    .append(articleId(ledger.article(i)))
                    .append(',')
                    .append(cents / 100)
                    .append('.');
            line.append(cents / 10 % 10).append(cents % 10).append(ledger.isOnline(i) ? ",2\n" : ",1\n");
            out.append(line);
        }
    }

    private void customers(Writer out) throws IOException {
        out.write("customer_id,email,phone,consent\n");
        for (int i = 0; i < settings.customers(); i++) {
            Chance chance = Chance.of(~settings.seed(), i);
            out.write(customerId(i)
                    + ','
                    + email(chance, i)
                    + ','
                    + phone(chance, i)
                    + ','
                    + (chance.happens(DemoWorld.CONSENT) ? "true\n" : "false\n"));
        }
    }

    /** Some are missing, some written oddly, and a few are none. */
    private static String email(Chance chance, int i) {
        double what = chance.uniform();
        String name = "customer" + (i + 1);
        return what < 0.03
                ? ""
                : what < 0.06
                        ? " Customer" + (i + 1) + "@Example.COM"
                        : what < 0.065 ? name + ".example.com" : name + "@example.com";
    }

    /** Numbers of the block that North America keeps for fiction, 555-0100 to 555-0199; a few without country. */
    private static String phone(Chance chance, int i) {
        double what = chance.uniform();
        String area = Integer.toString(200 + i / 100 % 800);
        String last = String.format(Locale.ROOT, "%02d", i % 100);
        return what < 0.4 ? "" : what < 0.43 ? area + "-555-01" + last : "+1 " + area + " 555 01" + last;
    }

    private void trueCustomers(Writer out, DemoCustomer[] customers) throws IOException {
        out.write("customer_id,joined,lost,visits_per_day," + String.join(",", catalogue.labels()) + "\n");
        for (int i = 0; i < customers.length; i++) {
            DemoCustomer customer = customers[i];
            out.write(customerId(i)
                    + ','
                    + DemoWorld.FIRST_DAY.plusDays(customer.joined())
                    + ','
                    + (customer.lost() < DAYS ? DemoWorld.FIRST_DAY.plusDays(customer.lost()) : "")
                    + ','
                    + String.format(Locale.ROOT, "%.5f", customer.visitsPerDay()));
            for (double share : customer.taste()) {
                out.write(String.format(Locale.ROOT, ",%.4f", share));
            }
            out.write('\n');
        }
    }

    private void suppression(Writer out) throws IOException {
        out.write("customer_id\n");
        for (int i = 0; i < settings.customers(); i++) {
            if (Chance.of(~settings.seed(), -1L - i).happens(DemoWorld.SUPPRESSED)) {
                out.write(customerId(i) + '\n');
            }
        }
    }

    private void campaign(Writer out) throws IOException {
        out.write(String.format(Locale.ROOT, """
                # New ankle boots, to people who are likely to buy boots in the next four weeks.
                name: New ankle boots
                classes: [Ankle boot]
                date: %s
                horizon_days: %d
                size: 1000
                exclude_buyers_within_days: 28
                articles: articles.csv
                transactions: transactions.csv
                customers: customers.csv
                suppression: suppression.csv
                """, DemoWorld.TODAY, DemoWorld.FUTURE));
    }

    private static String customerId(int customer) {
        return padded(customer + 1, 8);
    }

    private static String articleId(int article) {
        return padded(108_000_001 + article, 10);
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
