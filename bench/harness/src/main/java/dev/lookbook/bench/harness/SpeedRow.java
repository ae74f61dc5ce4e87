package dev.lookbook.bench.harness;

import java.util.List;

/**
 * A line of {@code peers-speed.csv}: one entrant in one round.
 *
 * @param entrant such as {@code djl}
 * @param network such as {@code classic}
 * @param round from 1
 * @param trainResident most memory while training, in MiB; {@code classifyResident} alike
 * @param firstAnswer seconds from the start of a fresh Java to its first answer, the model file read
 */
public record SpeedRow(
        String entrant,
        String network,
        int round,
        String precision,
        int threads,
        long parameters,
        double trainImagesPerSecond,
        long trainResident,
        double classifyImagesPerSecond,
        long classifyResident,
        double firstAnswer) {

    static final String HEADER = "entrant,network,round,precision,threads,parameters,train_images_per_second,"
            + "train_resident_mib,classify_images_per_second,classify_resident_mib,first_answer_seconds";

    static SpeedRow parse(List<String> fields) {
        return new SpeedRow(
                fields.get(0),
                fields.get(1),
                Integer.parseInt(fields.get(2)),
                fields.get(3),
                Integer.parseInt(fields.get(4)),
                Long.parseLong(fields.get(5)),
                Double.parseDouble(fields.get(6)),
                Long.parseLong(fields.get(7)),
                Double.parseDouble(fields.get(8)),
                Long.parseLong(fields.get(9)),
                Double.parseDouble(fields.get(10)));
    }

    String line() {
        return String.join(
                ",",
                entrant,
                network,
                Integer.toString(round),
                precision,
                Integer.toString(threads),
                Long.toString(parameters),
                Double.toString(trainImagesPerSecond),
                Long.toString(trainResident),
                Double.toString(classifyImagesPerSecond),
                Long.toString(classifyResident),
                Rows.decimals(3, firstAnswer));
    }

    /** Who this is a figure of. */
    public Contestant contestant() {
        return new Contestant(entrant, network);
    }
}
