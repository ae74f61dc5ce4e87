package dev.lookbook.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Result;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Results as CSV: {@code input,label,confidence,decision,error}, then the labels after the first with their
 * probabilities ({@code --top}), then the probability of every label ({@code --probabilities}), then {@code unfamiliarity}.
 */
final class CsvResults implements ResultWriter {

    private final CsvWriter csv;
    private final ResultDetail detail;
    private final int columns;

    CsvResults(PrintStream out, List<String> labels, ResultDetail detail) {
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.detail = detail;
        List<String> header = new ArrayList<>(List.of("input", "label", "confidence", "decision", "error"));
        for (int rank = 2; rank <= Math.min(detail.top(), labels.size()); rank++) {
            header.add("label_" + rank);
            header.add("confidence_" + rank);
        }
        if (detail.probabilities()) {
            header.addAll(labels);
        }
        header.add("unfamiliarity");
        this.columns = header.size();
        csv.writeRecord(header);
    }

    @Override
    public void write(Result result) {
        List<String> row = new ArrayList<>(columns);
        row.add(result.name());
        if (result.prediction().isPresent()) {
            add(row, result.prediction().get());
        } else {
            row.addAll(List.of("", "", "", result.error().orElseThrow()));
            row.addAll(Collections.nCopies(columns - row.size(), ""));
        }
        csv.writeRecord(row);
    }

    @Override
    public void flush() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(List<String> row, Prediction prediction) {
        row.add(prediction.label());
        row.add(Float.toString(prediction.confidence()));
        row.add(ResultWriter.decision(prediction));
        row.add("");
        if (detail.top() > 1) {
            List<Map.Entry<String, Float>> top = detail.top(prediction);
            for (Map.Entry<String, Float> other : top.subList(1, top.size())) {
                row.add(other.getKey());
                row.add(other.getValue().toString());
            }
        }
        if (detail.probabilities()) {
            prediction.probabilities().values().forEach(share -> row.add(share.toString()));
        }
        OptionalDouble unfamiliarity = prediction.unfamiliarity();
        row.add(unfamiliarity.isPresent() ? Float.toString((float) unfamiliarity.getAsDouble()) : "");
    }
}
