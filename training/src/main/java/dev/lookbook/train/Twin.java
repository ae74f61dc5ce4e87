package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Split;
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
 */
record Twin(Calibration calibration, Optional<float[]> distances) {

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
        return Optional.of(new Twin(calibration, Provenance.distances(info)));
    }

    /**
     * The mean of the twins that runs name, each its own, as far as the pictures tell that the twins held out.
     *
     * @param images what all of them were trained on, the held-out ones included
     * @return empty for a single run that names none
     * @throws TrainException if the mean of the runs cannot be calibrated by it
     */
    static Optional<Twin> ofMean(List<Path> runs, boolean mirrored, LabelledImages images) throws IOException {
        List<Path> twins = new ArrayList<>();
        for (Path run : runs) {
            String twin = Training.settings(RunFolder.open(run)).calibrateFrom();
            if (twin.isEmpty() && runs.size() == 1) {
                return Optional.empty();
            }
            if (twin.isEmpty()) {
                throw new TrainException(run + " held no pictures out and names no twin that did, so an average with it"
                        + " cannot be calibrated; average runs with holdout above 0, or with calibrate_from");
            }
            if (twins.contains(Path.of(twin))) {
                throw new TrainException(
                        run + " has the twin of another run, " + twin + ", and one network several times tells"
                                + " nothing of an average; train it again with a twin of its own (calibrate_from)");
            }
            twins.add(Path.of(twin));
        }
        TrainSettings first = Training.settings(RunFolder.open(twins.get(0)));
        Split split = Training.split(images, first);
        Fitted fitted = Fitted.of(Export.ensemble(twins, mirrored, images), split, Optional.empty());
        Optional<float[]> distances = fitted.distance().map(d -> new float[] {d.typical(), d.rare()});
        return Optional.of(new Twin(fitted.calibration(), distances));
    }

    private static void requireEqual(Path run, String what, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot calibrate this run: its " + what + " is " + value + ", and not "
                    + wanted + "; name a run of the same network on the same pictures");
        }
    }
}
