package dev.lookbook.bench.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What was measured, as git tells it.
 *
 * @param commit the checkout's; empty if this is none
 * @param sha256 of all tracked files but documents, models and figures, of which measurements change none; ends with
 *     {@code -dirty} if some of them differ from the commit; empty without git
 */
record Code(String commit, String sha256) {
    private static final List<String> FILES = List.of("--", ".", ":!docs", ":!models", ":!*.md");

    static Code of(Path home) throws IOException, InterruptedException {
        String commit = git(home, List.of("rev-parse", "--short=12", "HEAD")).orElse("");
        Optional<String> files = git(home, with("ls-files", "-s"));
        if (commit.isEmpty() || files.isEmpty()) {
            return new Code("", "");
        }
        String changes = git(home, with("diff", "HEAD")).orElse("");
        return new Code(commit, sha256(files.get() + changes).substring(0, 12) + (changes.isEmpty() ? "" : "-dirty"));
    }

    private static List<String> with(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(FILES);
        return all;
    }

    /** What a command prints; empty if it fails, or there is no git: the figures do not need it. */
    private static Optional<String> git(Path home, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        try {
            Process git = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
