package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A trained network whose answers a run learns beside the labels: which classes a picture might also be taken for says
 * more than its label does (distillation: Hinton, Vinyals and Dean, arXiv 1503.02531). It looks at the very picture that
 * the student sees, changed as it is (Beyer et al., arXiv 2106.05237).
 *
 * @param share of the teacher's probabilities in the target; the rest is the label, smoothed
 */
record Teacher(Network network, double share) {

    /**
     * The teacher that settings name, if they do.
     *
     * @param training the student's training pictures
     * @throws TrainException if the teacher did not learn from the same pictures, since it would then know some of those
     *     that the student is judged by; or if it is not finished, or not the one that the settings tell the hash of
     */
    static Optional<Teacher> of(TrainSettings student, LabelledImages training) throws IOException {
        if (student.teacher().isEmpty()) {
            return Optional.empty();
        }
        Path run = Path.of(student.teacher());
        if (!Files.isDirectory(run)) {
            throw new TrainException("there is no teacher at " + run.toAbsolutePath()
                    + "; go to the folder that the run was started in, or name a finished run with --teacher");
        }
        RunFolder folder = RunFolder.open(run);
        TrainSettings settings = Training.settings(folder);
        requireEqual(run, "data_sha256", settings.dataSha256(), student.dataSha256());
        requireEqual(run, "holdout", settings.holdout(), student.holdout());
        Network network = Export.trained(run, settings, training).network();
        String known = student.teacherSha256();
        if (!known.isEmpty() && !known.equals(network.weightsSha256())) {
            throw new TrainException(run + " is not the teacher that this run began with: its weights_sha256 is "
                    + network.weightsSha256() + ", and not " + known
                    + "; bring that run back, or start a new run with --teacher " + run);
        }
        return Optional.of(new Teacher(network, student.teacherShare()));
    }

    private static void requireEqual(Path run, String what, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot teach this run: its " + what + " is " + value + ", and not "
                    + wanted + "; name a run on the same pictures, or train one");
        }
    }

    /**
     * What a batch's answers are compared with, [N,K].
     *
     * @param labels [N,K], one for the true class, or smoothed
     */
    Tensor targets(Tensor pixels, Tensor labels) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            Tensor logits = network.forward(pixels, false).to(torch.ScalarType.Float);
            return torch.softmax(logits, 1).mul_(Tensors.scalar(share)).add_(labels, Tensors.scalar(1 - share));
        }
    }
}
