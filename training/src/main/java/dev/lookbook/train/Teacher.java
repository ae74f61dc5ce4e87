package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trained networks whose answers, averaged, a run learns beside the labels: which classes a picture might also be taken
 * for says more than its label does (distillation: Hinton, Vinyals and Dean, arXiv 1503.02531). They look at the very
 * picture that the student sees, changed as it is (Beyer et al., arXiv 2106.05237).
 *
 * @param share of the teacher's probabilities in the target; the rest is the label, smoothed
 */
record Teacher(List<Network> networks, double share) {

    /**
     * The teacher that settings name, if they do.
     *
     * @param training the student's training pictures
     * @throws TrainException if a run did not learn from the same pictures, since it would then know some of those that
     *     the student is judged by; or if it is not finished, or not the one that the settings tell the hash of
     */
    static Optional<Teacher> of(TrainSettings student, LabelledImages training) throws IOException {
        List<String> runs = student.teachers();
        List<String> known = student.teachersSha256();
        if (!known.isEmpty() && known.size() != runs.size()) {
            throw new TrainException("teachers names " + runs.size() + " runs, and teachers_sha256 " + known.size()
                    + " hashes; give one hash for each run, or none");
        }
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Network network = network(Path.of(runs.get(i)), student, training);
            if (!known.isEmpty() && !known.get(i).equals(network.weightsSha256())) {
                throw new TrainException(
                        runs.get(i) + " is not the teacher that this run began with: its weights_sha256"
                                + " is " + network.weightsSha256() + ", and not " + known.get(i)
                                + "; bring that run back, or start a new run with --teacher " + runs.get(i));
            }
            networks.add(network);
        }
        return networks.isEmpty() ? Optional.empty() : Optional.of(new Teacher(networks, student.teacherShare()));
    }

    private static Network network(Path run, TrainSettings student, LabelledImages training) throws IOException {
        if (!Files.isDirectory(run)) {
            throw new TrainException("there is no teacher at " + run.toAbsolutePath()
                    + "; go to the folder that the run was started in, or name a finished run with --teacher");
        }
        TrainSettings settings = Training.settings(RunFolder.open(run));
        requireEqual(run, "data_sha256", settings.dataSha256(), student.dataSha256());
        requireEqual(run, "holdout", settings.holdout(), student.holdout());
        return Export.trained(run, settings, training).network();
    }

    private static void requireEqual(Path run, String what, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot teach this run: its " + what + " is " + value + ", and not "
                    + wanted + "; name a run on the same pictures, or train one");
        }
    }

    List<String> weightsSha256() {
        return networks.stream().map(Network::weightsSha256).toList();
    }

    /**
     * What a batch's answers are compared with, [N,K].
     *
     * @param labels [N,K], one for the true class, or smoothed
     */
    Tensor targets(Tensor pixels, Tensor labels) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            Tensor targets = labels.mul(Tensors.scalar(1 - share));
            for (Network network : networks) {
                try (PointerScope each = new PointerScope()) { // no longer in memory when the student's turn comes
                    Tensor logits = network.forward(pixels, false).to(torch.ScalarType.Float);
                    targets.add_(torch.softmax(logits, 1), Tensors.scalar(share / networks.size()));
                }
            }
            return targets;
        }
    }
}
