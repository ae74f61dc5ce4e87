package dev.lookbook.train;

import dev.lookbook.evaluate.Calibration;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run that held no pictures out takes over from one that did, and was trained alike on the same data.
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

    private static void requireEqual(Path run, String what, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot calibrate this run: its " + what + " is " + value + ", and not "
                    + wanted + "; name a run of the same network on the same pictures");
        }
    }
}
