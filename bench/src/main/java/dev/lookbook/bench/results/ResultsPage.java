package dev.lookbook.bench.results;

import dev.lookbook.dataset.WholeFile;
import dev.lookbook.evaluate.Charts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code docs/results.md}: what people wrote, and between markers the tables that this class writes. {@code bench/results}
 * starts it; a test holds that the page in the repository is what it writes.
 *
 * @param text the whole page
 * @param charts by file name in {@code docs/results}
 */
record ResultsPage(String text, Map<String, FrontierChart> charts) {
    private static final String PAGE = "docs/results.md";
    private static final String FOLDER = "docs/results";

    /** {@code ResultsPage HOME}: writes the page and the charts of a checkout anew. */
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        String problem = Charts.problem().orElse("");
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
        ResultsPage page = of(home);
        for (Map.Entry<String, FrontierChart> chart : page.charts().entrySet()) {
            WholeFile.write(
                    home.resolve(FOLDER).resolve(chart.getKey()),
                    chart.getValue().png());
        }
        WholeFile.write(home.resolve(PAGE), page.text());
        System.out.println(
                "wrote " + home.resolve(PAGE) + " and " + page.charts().size() + " charts");
    }

    /** What page and charts of a checkout should be. */
    static ResultsPage of(Path home) throws IOException {
        Evidence evidence = Evidence.read(home);
        String text = Files.readString(home.resolve(PAGE));
        text = Block.replace(text, "goals", GoalsTable.of(evidence));
        text = Block.replace(text, "budgets", BudgetsTable.of(evidence.runs()));
        text = Block.replace(text, "models", ModelsTable.of(evidence.cards()));
        text = Block.replace(text, "peers", PeersTables.of(evidence.peers()));
        text = Block.replace(text, "published", PublishedTable.of(evidence.published()));
        return new ResultsPage(text, charts(evidence));
    }

    private static Map<String, FrontierChart> charts(Evidence evidence) {
        Map<String, FrontierChart> charts = new LinkedHashMap<>();
        charts.put("accuracy-by-seconds.png", FrontierChart.bySeconds(evidence));
        charts.put("accuracy-by-parameters.png", FrontierChart.byParameters(evidence));
        return charts;
    }
}
