package dev.lookbook.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A shop of six customers and three articles, as lines that a test can spoil. */
final class TinyShop {
    final Path folder;
    final List<String> articles = new ArrayList<>(List.of(
            "article_id,input,label,confidence,decision,error,Boot,Shirt",
            "001,pictures/001.jpg,Boot,0.9,sure,,0.9,0.1",
            "002,pictures/002.jpg,Shirt,0.8,unsure,,0.2,0.8",
            "003,pictures/003.jpg,Boot,1.0,sure,,1.0,0.0"));
    final List<String> customers = new ArrayList<>(List.of(
            "customer_id,email,phone,consent",
            "01,Ann@Example.com ,+1 (212) 555-0101,true",
            "02,bob@example.com,0044 20 7946 0001,true",
            "03,none,212-555-0102,true",
            "04,dan@example.com,+12125550104,false",
            "05,,,yes",
            "06,fay@example.com,,"));
    final List<String> transactions = new ArrayList<>(List.of("t_dat,customer_id,article_id,price,sales_channel_id"));
    final List<String> suppression = new ArrayList<>(List.of("customer_id"));
    final List<String> campaign = new ArrayList<>(List.of(
            "name: Boots",
            "classes: [Boot]",
            "date: 2025-11-03",
            "size: 3",
            "holdout: 0",
            "articles: articles.csv",
            "transactions: transactions.csv",
            "customers: customers.csv"));

    TinyShop(Path folder) {
        this.folder = folder;
        LocalDate day = LocalDate.of(2025, 1, 1);
        for (int i = 0; i < 100; i++) {
            transactions.add(
                    day.plusDays(3L * i) + ",0" + (1 + i % 6) + ",00" + (1 + i % 3 * (i / 6) % 3) + ",12.50,1");
        }
    }

    /** Replaces the campaign's line with this key, or adds it. */
    TinyShop say(String line) {
        campaign.removeIf(old -> old.startsWith(line.substring(0, line.indexOf(':') + 1)));
        campaign.add(line);
        return this;
    }

    Path write() throws IOException {
        Files.write(folder.resolve("articles.csv"), articles);
        Files.write(folder.resolve("customers.csv"), customers);
        Files.write(folder.resolve("transactions.csv"), transactions);
        Files.write(folder.resolve("suppression.csv"), suppression);
        return Files.write(folder.resolve("campaign.yaml"), campaign);
    }

    Path out() {
        return folder.resolve("audience");
    }

    Audience.Summary build() throws IOException {
        return Audience.build(write(), out(), Optional.empty(), TestShop.RESOURCES);
    }

    List<String> lines(String file) throws IOException {
        return Files.readAllLines(out().resolve(file));
    }
}
