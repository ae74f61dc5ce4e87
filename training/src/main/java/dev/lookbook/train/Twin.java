package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.evaluate.Calibration;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs that held no pictures out take over from such that did, and were trained alike on the same data.
 *
 * @param distances what held-out pictures were away from training pictures, typically and rarely; empty: not known
 * @param weightsSha256 of the networks that held them out
 * @param heldOut how many pictures
 */
record Twin(Calibration calibration, Optional<float[]> distances, List<String> weightsSha256, int heldOut) {

    /**
     * The twin that settings name, if they do.
     *
     * @throws TrainException if it is no such run, or not needed
     */
    static Optional<Twin> of(TrainSettings settings) throws IOException {
        if (settings.calibrateFrom().isEmpty()) {
            return Optional.empty();
        }
        Path run = Path.of(settings.calibrateFrom());
        if (settings.holdout() > 0) {
            throw new TrainException("this run holds " + settings.holdout() + " pictures out and is calibrated on them;"
                    + " leave out --calibrate-from " + run + ", or add --holdout 0");
        }
        RunFolder folder = RunFolder.open(run);
        TrainSettings own = Training.settings(folder);
        requireEqual(run, "model", own.model(), settings.model());
        requireEqual(run, "data_sha256", own.dataSha256(), settings.dataSha256());
        requireEqual(run, "average_mirror", own.averageMirror(), settings.averageMirror());
        if (own.holdout() == 0) {
            throw new TrainException(run + " cannot calibrate this run: it held no pictures out itself; name "
                    + (own.calibrateFrom().isEmpty() ? "a run that did" : "its own twin, " + own.calibrateFrom()));
        }
        if (!folder.has(RunFolder.MODEL)) {
            throw new TrainException(run + " cannot calibrate this run: it is not finished; go on with: lookbook train"
                    + " --resume " + run);
        }
        ModelInfo info = ModelFile.read(folder.file(RunFolder.MODEL)).info();
        if (!info.calibrated()) {
            throw new TrainException(run + " cannot calibrate this run: it held too few pictures out to be calibrated"
                    + " itself; name a run with a larger holdout");
        }
        Calibration calibration = new Calibration(true, Provenance.temperature(info), info.sureAt());
        return Optional.of(new Twin(
                calibration, Provenance.distances(info), List.of(Provenance.weightsSha256(info)), own.holdout()));
    }

    /**
     * The twins that runs without held-out pictures name, each its own.
     *
     * @return empty for a single run that names none
     * @throws TrainException if an average of the runs could not be calibrated by them
     */
    static Optional<List<Path>> named(List<Path> runs) throws IOException {
        List<Path> twins = new ArrayList<>();
        for (Path run : runs) {
            TrainSettings settings = Training.settings(RunFolder.open(run));
            if (settings.holdout() > 0) {
                throw new TrainException(run + " held " + settings.holdout() + " pictures out, and " + runs.get(0)
                        + " none; average runs that held the same ones out");
            }
            boolean hasTwin = of(settings).isPresent(); // or it is one that does not fit
            if (!hasTwin && runs.size() == 1) {
                return Optional.empty();
            }
            if (!hasTwin) {
                throw new TrainException(run + " held no pictures out and names no twin that did, so an average with it"
                        + " cannot be calibrated; average runs with holdout above 0, or with calibrate_from");
            }
            Path twin = Path.of(settings.calibrateFrom()).toRealPath();
            if (twins.contains(twin)) {
                throw new TrainException(run + " has the same twin as a run before it, " + twin + ", and one network"
                        + " several times tells nothing of an average; name each run once, and train each with a twin"
                        + " of its own (calibrate_from)");
            }
            twins.add(twin);
        }
        return Optional.of(twins);
    }

    /** The mean of twins, fitted on the pictures that they held out, of {@code images}. */
    static Twin of(Ensemble twins, LabelledImages images) throws IOException {
        TrainSettings first = twins.members().get(0).settings();
        Fitted fitted = Fitted.of(twins, Training.split(images, first), Optional.empty());
        return new Twin(
                fitted.calibration(),
                fitted.distance().map(d -> new float[] {d.typical(), d.rare()}),
                twins.members().stream()
                        .map(member -> member.network().weightsSha256())
                        .toList(),
                first.holdout());
    }

    private static void requireEqual(Path run, String what, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot calibrate this run: its " + what + " is " + value + ", and not "
                    + wanted + "; name a run of the same network on the same pictures");
        }
    }
}
