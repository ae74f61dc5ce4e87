package dev.lookbook.bench.harness;

import java.util.List;

/**
 * A line of {@code peers-schedules.csv}: one network trained from scratch by one schedule with one seed.
 *
 * @param epochs passes over the 60,000 training images
 * @param trainSeconds from the first byte of data read to the last optimiser step
 * @param processSeconds of the whole process: start of Java, training, saving, scoring
 * @param accuracy on the 10,000 test images, from 0 to 1; NaN if the run was ended because it took too long
 * @param trainResident most memory while training, in MiB
 */
public record ScheduleRow(
        String entrant,
        String network,
        double epochs,
        long seed,
        String precision,
        int threads,
        long steps,
        double trainSeconds,
        double processSeconds,
        double accuracy,
        long trainResident) {

    static final String HEADER = "entrant,network,epochs,seed,precision,threads,steps,train_seconds,process_seconds,"
            + "accuracy,train_resident_mib";

    static ScheduleRow parse(List<String> fields) {
        return new ScheduleRow(
                fields.get(0),
                fields.get(1),
                Double.parseDouble(fields.get(2)),
                Long.parseLong(fields.get(3)),
                fields.get(4),
                Integer.parseInt(fields.get(5)),
                Long.parseLong(fields.get(6)),
                Double.parseDouble(fields.get(7)),
                Double.parseDouble(fields.get(8)),
                Double.parseDouble(fields.get(9)),
                Long.parseLong(fields.get(10)));
    }

    String line() {
        return String.join(
                ",",
                entrant,
                network,
                Double.toString(epochs),
                Long.toString(seed),
                precision,
                Integer.toString(threads),
                Long.toString(steps),
                Rows.decimals(3, trainSeconds),
                Rows.decimals(3, processSeconds),
                Rows.decimals(4, accuracy),
                Long.toString(trainResident));
    }

    boolean tookTooLong() {
        return Double.isNaN(accuracy);
    }

    /** Who this is a figure of. */
    public Contestant contestant() {
        return new Contestant(entrant, network);
    }
}
