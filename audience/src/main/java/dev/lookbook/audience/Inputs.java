package dev.lookbook.audience;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The hashes of the input files, worked out while the database reads them. */
final class Inputs {
    private static final int BUFFER = 1 << 16;

    private final List<CompletableFuture<Manifest.Input>> hashes;

    private Inputs(List<CompletableFuture<Manifest.Input>> hashes) {
        this.hashes = hashes;
    }

    static Inputs start(Campaign campaign, Path folder) {
        return new Inputs(
                Stream.of(campaign.articles(), campaign.transactions(), campaign.customers(), campaign.suppression())
                        .filter(file -> !file.isEmpty())
                        .map(file -> CompletableFuture.supplyAsync(() -> hash(folder.resolve(file))))
                        .toList());
    }

    /** Waits for the hashes. The files were readable before: the database has read them. */
    List<Manifest.Input> await() {
        return hashes.stream().map(CompletableFuture::join).toList();
    }

    private static Manifest.Input hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                bytes += n;
            }
            return new Manifest.Input(
                    file.getFileName().toString(), bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
