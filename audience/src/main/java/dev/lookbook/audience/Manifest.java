package dev.lookbook.audience;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an audience came about: {@code manifest.json}. Without a time, so that equal inputs give equal bytes.
 *
 * @param model of the predictions; empty if their file does not say
 * @param expectedPrecision share of the chosen who will buy within the horizon; empty if too little lies before the date
 * @param expectedLift the same beside the share among all who were eligible
 */
record Manifest(
        String tool,
        Campaign campaign,
        List<Input> inputs,
        String model,
        List<String> labels,
        Data data,
        List<Skipped> skipped,
        List<Step> funnel,
        Optional<Forecast> expectedPrecision,
        Optional<Forecast> expectedLift,
        Optional<Forecast> baseRate,
        List<Window> earlierWindows,
        Population population,
        Upload upload,
        Optional<Change> change,
        List<Bin> scores,
        List<ClassShare> classMix,
        List<TopArticle> topArticles) {

    /** An input file. */
    record Input(String file, long bytes, String sha256) {}

    /** How much was read. */
    record Data(long articles, long customers, long transactions, String firstDay) {}

    /** Customers who are left after a step. */
    record Step(String step, long customers) {}

    /**
     * What the same rules would have chosen earlier, and what came of it; of a sample of the customers if there are many.
     *
     * @param bought share of the chosen who bought, by the probabilities of the classes
     * @param predicted the mean score of the chosen
     * @param boughtOfAll share of the eligible who bought
     * @param predictedOfAll the mean score of the eligible
     */
    record Window(
            String date,
            long eligible,
            long chosen,
            double bought,
            double predicted,
            double boughtOfAll,
            double predictedOfAll) {}

    /**
     * How customers differ, see docs/audience-method.md.
     *
     * @param meanDaysBetweenVisits of all customers, those who are lost included
     */
    record Population(double paceShape, double meanDaysBetweenVisits, double leaningShape, double level) {}

    /**
     * What the upload files hold.
     *
     * @param phonesWithoutCountry or none at all
     * @param emailsWithheld that also belong to somebody who is suppressed or held out
     */
    record Upload(
            long addressed,
            long emails,
            long phones,
            long emailsThatAreNone,
            long phonesWithoutCountry,
            long emailsWithheld,
            long phonesWithheld) {}

    /** Beside an earlier audience. */
    record Change(String previous, long added, long removed, long kept) {}

    /** Scores of the eligible, from {@code from} to less than {@code to}. */
    record Bin(double from, double to, long eligible, long chosen) {}

    /** Share of a class in the purchases of the last 364 days. */
    record ClassShare(String label, double ofChosen, double ofAll) {}

    /** What the chosen bought most of the campaign's classes. */
    record TopArticle(
            String articleId, String label, double probability, String picture, long purchases, long customers) {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    String json() {
        return json(this);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    /** Keys and values of a manifest that was written before. */
    static Map<?, ?> read(String json) {
        return JSON.readValue(json, Map.class);
    }
}
