package dev.lookbook.cli;

import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.Download;
import dev.lookbook.dataset.FashionMnist;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook data fetch}: the only command that uses the network. */
@Command(
        name = "fetch",
        description = "Download Fashion-MNIST (30 MB) and check its SHA-256; prints the folder. The only command that"
                + " uses the network.")
final class DataFetchCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(index = "0", paramLabel = "NAME", defaultValue = FashionMnist.NAME, description = "${DEFAULT-VALUE}")
    private String name;

    @Mixin
    private DataOptions options;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "A mirror's folder that holds the four files, instead of the makers' places.")
    private Optional<URI> mirror = Optional.empty();

    DataFetchCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws DatasetException {
        if (!name.equals(FashionMnist.NAME)) {
            throw new UsageException("cannot fetch " + name + ": only " + FashionMnist.NAME + " is known");
        }
        List<URI> hosts = mirror.map(DataFetchCommand::folder).map(List::of).orElse(Download.FASHION_MNIST);
        lookbook.console()
                .out()
                .println(Download.fashionMnist(
                        hosts, options.dataDir().orElseGet(FashionMnist::cache), lookbook.console()::note));
        return Lookbook.DONE;
    }

    private static URI folder(URI mirror) {
        boolean isFolder =
                mirror.getPath() != null && Set.of("http", "https", "file").contains(mirror.getScheme());
        if (!isFolder) {
            throw new UsageException(
                    "--from is " + mirror + "; give a whole address, such as https://example.com/mirror/");
        }
        return mirror.getPath().endsWith("/") ? mirror : URI.create(mirror + "/");
    }
}
