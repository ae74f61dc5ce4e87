package dev.lookbook.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code results.csv}: the curves of a run, a line per epoch. */
final class ResultsFile {
    static final String HEADER = "epoch,time,train/loss,train/accuracy,val/loss,val/accuracy,lr";

    private ResultsFile() {}

    static String format(List<EpochResult> results) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (EpochResult r : results) {
            text.append(r.epoch()).append(',').append(String.format(Locale.ROOT, "%.3f", r.seconds()));
            text.append(',').append(number(r.trainLoss())).append(',').append(number(r.trainAccuracy()));
            text.append(',').append(number(r.validationLoss())).append(',').append(number(r.validationAccuracy()));
            text.append(',').append(number(r.learningRate())).append('\n');
        }
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    static List<EpochResult> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new RunException(file + " is not text in UTF-8. Remove the file to begin anew", e);
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new RunException(file + " line 1 must be \"" + HEADER + "\". Remove the file to begin anew");
        }
        List<EpochResult> results = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                results.add(parse(lines.get(i).split(",", -1)));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new RunException(
                        file + " line " + (i + 1) + " is not seven numbers. Remove the file to begin anew", e);
            }
        }
        return results;
    }

    private static EpochResult parse(String[] fields) {
        return new EpochResult(
                Integer.parseInt(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                optional(fields[4]),
                optional(fields[5]),
                Double.parseDouble(fields[6]));
    }

    private static OptionalDouble optional(String field) {
        return field.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(field));
    }
}
