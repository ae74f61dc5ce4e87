package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.evaluate.Report;
import dev.lookbook.model.ModelFile;
import dev.lookbook.run.RunFolder;
import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What models got right and wrong on test images, with the pictures behind it. A model is run over them once, on a thread
 * of {@link Explanations}; the last few evaluations are kept.
 */
final class Evaluations {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);

    private static final int KEPT = 8;

    private final Explanations explanations;
    private final Runs runs;
    private final Map<String, Evaluation> known = lastUsed(KEPT); // by the model's hash and what users call the data
    private final Map<String, LabelledImages> images = lastUsed(2); // by what users call the data

    Evaluations(Explanations explanations, Runs runs) {
        this.explanations = explanations;
        this.runs = runs;
    }

    private static <V> Map<String, V> lastUsed(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * A served model on Fashion-MNIST's test images.
     *
     * @throws Problem 404 if it knows other classes or the images are not there
     */
    Evaluation ofModel(String model, Optional<String> version) {
        return explanations.use(model, version, open -> {
            requireTestImages();
            try {
                return evaluation(open.classifier(), FashionMnist.NAME);
            } catch (IOException e) {
                throw Problem.notFound(String.valueOf(e.getMessage()));
            }
        });
    }

    /** Says so in words that do not tell which folders of the server were looked in. */
    private void requireTestImages() {
        try {
            test(FashionMnist.NAME);
        } catch (IOException e) {
            LOG.warn("no reports on Fashion-MNIST: {}", e.getMessage());
            throw Problem.notFound("Fashion-MNIST's test images are not on this server; on it, type: lookbook data"
                    + " fetch fashion-mnist");
        }
    }

    /** The report that a run left. */
    Report reportOf(String name) {
        RunFolder run = runs.find(name);
        if (!run.has(RunFolder.REPORT)) {
            throw Problem.notFound("run " + Runs.name(run) + " has not finished: there is no report yet");
        }
        try {
            return Report.read(run.file(RunFolder.REPORT));
        } catch (IOException e) {
            throw Problem.notFound(Runs.withoutPlace(run, e));
        }
    }

    /** A run's model on its own test images, if they are those that its report counts. */
    Evaluation ofRun(String name) {
        Report report = reportOf(name);
        RunFolder run = runs.find(name);
        if (!run.has(RunFolder.MODEL) || !run.has(RunFolder.ARGS)) {
            throw Problem.notFound(
                    "run " + Runs.name(run) + " left no model: the pictures behind its figures are not known");
        }
        return explanations.run(() -> {
            try (Classifier classifier = Classifier.open(ModelFile.read(run.file(RunFolder.MODEL)), 1)) {
                String data =
                        String.valueOf(Yaml.map(run.file(RunFolder.ARGS)).getOrDefault("data", FashionMnist.NAME));
                Evaluation evaluation = evaluation(classifier, data);
                if (!countsAlike(evaluation.report(), report)) {
                    forget(data); // it may have been read before the run was
                    evaluation = evaluation(classifier, data);
                }
                if (!countsAlike(evaluation.report(), report)) {
                    throw Problem.notFound("the test images of run " + Runs.name(run)
                            + " have changed since: the pictures behind its figures are not known");
                }
                return evaluation;
            } catch (IOException e) {
                throw Problem.notFound(Runs.withoutPlace(run, e));
            }
        });
    }

    /** Whether both have as many pictures of each class. Single answers may differ from one processor to another. */
    private static boolean countsAlike(Report one, Report other) {
        return supports(one).equals(supports(other));
    }

    private static List<Integer> supports(Report report) {
        return report.classes().stream().map(Report.ClassScore::support).toList();
    }

    private void forget(String data) {
        synchronized (images) {
            images.remove(data);
        }
        synchronized (known) {
            known.keySet().removeIf(key -> key.endsWith(" " + data));
        }
    }

    private Evaluation evaluation(Classifier classifier, String data) throws IOException {
        String key = classifier.model().contentSha256() + " " + data;
        synchronized (known) {
            if (known.containsKey(key)) {
                return known.get(key);
            }
        }
        Evaluation evaluation = Evaluation.of(classifier, test(data), data + " " + Source.TEST);
        synchronized (known) {
            known.put(key, evaluation);
        }
        return evaluation;
    }

    private LabelledImages test(String data) throws IOException {
        synchronized (images) {
            if (!images.containsKey(data)) {
                images.put(data, Source.of(data, Optional.empty()).read(Source.TEST));
            }
            return images.get(data);
        }
    }
}
