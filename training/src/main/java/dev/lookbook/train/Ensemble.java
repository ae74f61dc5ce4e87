package dev.lookbook.train;

import dev.lookbook.model.Graph;
import dev.lookbook.model.RelativeDistance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes a model file: one trained network, or several whose probabilities are averaged.
 *
 * @param members at least one, all for pictures of the same size and the same classes
 * @param mirrored whether each member looks at the picture's mirror image, too, and its two answers are averaged
 */
record Ensemble(List<Member> members, boolean mirrored) {

    /** A trained network and how it came to be. */
    record Member(TrainSettings settings, Network network, double trainSeconds) {}

    Ensemble {
        members = List.copyOf(members);
    }

    static Ensemble of(TrainSettings settings, Network network, double trainSeconds) {
        return new Ensemble(List.of(new Member(settings, network, trainSeconds)), settings.averageMirror());
    }

    /**
     * The networks as they are at inference, with the temperature in front of the last softmax.
     *
     * @param distance of the embeddings, if it is known
     */
    Graph export(double temperature, Optional<RelativeDistance> distance) {
        Network first = members.get(0).network();
        Graph graph = new Graph(first.height(), first.width());
        String pixels = graph.pixels(first.pixelScale(), 0);
        List<Network.Answer> answers = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Network network = members.get(i).network();
            String path = i == 0 ? "" : "member" + (i + 1);
            graph.path(path);
            String own = network.pixelScale() == first.pixelScale()
                    ? pixels
                    : graph.scale("brightness", pixels, network.pixelScale() / first.pixelScale());
            answers.add(network.export(graph, own));
            if (mirrored) {
                graph.path(path.isEmpty() ? "mirrored" : path + "/mirrored");
                answers.add(network.export(graph, graph.mirror("mirror", own)));
            }
        }
        graph.path("");
        Network.Answer answer = answers.size() == 1 ? answers.get(0) : mean(graph, answers);
        graph.outputs(answer.logits(), answer.embedding(), (float) temperature);
        distance.ifPresent(graph::unfamiliarity);
        return graph;
    }

    private static Network.Answer mean(Graph graph, List<Network.Answer> answers) {
        return new Network.Answer(
                graph.logMeanProbability(
                        "mean", answers.stream().map(Network.Answer::logits).toList()),
                graph.concatenate(
                        "features.all",
                        answers.stream().map(Network.Answer::embedding).toList()));
    }

    /** Seconds of training, all members together. */
    double trainSeconds() {
        return members.stream().mapToDouble(Member::trainSeconds).sum();
    }

    /** Optimiser steps, all members together. */
    long steps() {
        return members.stream().mapToLong(member -> member.settings().steps()).sum();
    }

    /** The network's own hash; of several, the SHA-256 of theirs, a line each. */
    String weightsSha256() {
        if (members.size() == 1) {
            return members.get(0).network().weightsSha256();
        }
        String hashes =
                members.stream().map(member -> member.network().weightsSha256()).collect(Collectors.joining("\n"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(hashes.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
