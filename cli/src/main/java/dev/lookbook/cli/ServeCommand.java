package dev.lookbook.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lookbook.classify.Classifier;
import dev.lookbook.serve.Access;
import dev.lookbook.serve.Limits;
import dev.lookbook.serve.ServeSettings;
import dev.lookbook.serve.Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lookbook serve}: the classifier over HTTP, until it is stopped. */
@Command(
        name = "serve",
        description = {
            "Answer a web page, and pictures or tensors over HTTP (by the Open Inference Protocol that clients of Triton and"
                    + " KServe speak).",
            "Prints its address when it is ready. Ctrl-C or SIGTERM lets it answer what is under way, then stop.",
        })
final class ServeCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port to listen on; 0 takes any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
    private String host;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "A folder of model files, NAME.onnx or NAME@VERSION.onnx; what changes in it is picked up"
                    + " (default: the shipped models).")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "The folder of training runs that the page shows (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            defaultValue = "small",
            description = "The model that answers where a request names none (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with a secret that clients must show; other hosts than 127.0.0.1 want it.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--insecure",
            description = "Answer other machines without a token: something else keeps strangers out.")
    private boolean insecure;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Requests that are worked on at the same time (default: a thread per processor).")
    private int threads = Limits.defaults().threads();

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Requests that may wait; one more is answered 503 (default: ${DEFAULT-VALUE}).")
    private int queue = Limits.defaults().queue();

    @Option(
            names = "--max-body",
            paramLabel = "MIB",
            description = "The largest body of a request, in MiB (default: ${DEFAULT-VALUE}).")
    private int maxBody = Limits.defaults().bodyBytes() >> 20;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            description = "The most pixels of a picture (default: ${DEFAULT-VALUE}).")
    private int maxPixels = Limits.defaults().pixels();

    @Option(
            names = "--max-images",
            paramLabel = "N",
            description = "The most images of a request (default: ${DEFAULT-VALUE}).")
    private int maxImages = Limits.defaults().images();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long a body may take to arrive, and a request may wait (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long a stop waits for requests under way (default: ${DEFAULT-VALUE}).")
    private Duration drain;

    ServeCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServeSettings settings = settings();
        Classifier.preload();
        if (lookbook.console().isQuiet()) {
            ((Logger) LoggerFactory.getLogger(Server.class.getPackageName())).setLevel(Level.WARN);
        }
        try (LogThread log = new LogThread();
                Server server = Server.start(settings)) {
            CountDownLatch stopped = new CountDownLatch(1);
            // A JVM that is told to stop waits for this thread, and so for the requests under way.
            Thread stop = new Thread(() -> {
                try {
                    server.close();
                } finally {
                    log.close();
                    stopped.countDown();
                }
            });
            Runtime.getRuntime().addShutdownHook(stop);
            tell(server);
            stopped.await();
        }
        return Lookbook.DONE;
    }

    private ServeSettings settings() throws IOException {
        if (maxBody < 1 || maxBody > 1024) {
            throw new UsageException("--max-body must be from 1 to 1024 MiB, but was " + maxBody);
        }
        Optional<String> token = tokenFile.isPresent() ? Optional.of(token(tokenFile.get())) : Optional.empty();
        try {
            return new ServeSettings(
                    models.orElse(Home.folder().resolve("models")),
                    runs,
                    model,
                    Duration.ofSeconds(1),
                    new Access(host, port, token, insecure),
                    new Limits(threads, queue, maxBody << 20, maxPixels, maxImages, timeout, drain),
                    Build.version());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static String token(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (MalformedInputException e) {
            throw new IOException(file + ": not a text. Make a token with: openssl rand -hex 32 > " + file, e);
        }
    }

    private void tell(Server server) {
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        lookbook.console().out().println(server.url());
        lookbook.console().flush();
        lookbook.console()
                .note((server.isReady() ? "Ready" : "Listening, but no model answers yet,") + " "
                        + millis / 1000 + "." + millis % 1000 / 100
                        + " s after the start. Open " + server.url()
                        + " or try: curl --data-binary @shirt.jpg " + server.url() + "/api/classify");
    }
}
