package dev.lookbook.serve;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Close it to stop: requests under way are answered first. */
public final class Server implements AutoCloseable {
    /** Where what the server answers is described. */
    static final String DESCRIPTION = "/openapi.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final String MISTAKE = "the server made a mistake, sorry. Its log says more";
    private static final int SLOW_SENDERS = 64;
    private static final int SPARE_THREADS = 64; // for reading, refusing and telling how things are
    private static final int MOST_CONNECTIONS = 2000;

    private final ServeSettings settings;
    private final Models models;
    private final Workers workers;
    private final Explanations explanations;
    private final Metrics metrics = new Metrics();
    private final Bodies bodies;
    private final Javalin javalin;
    private final List<String> routes = new ArrayList<>();
    private volatile boolean stopping;

    private Server(ServeSettings settings, Models models) {
        Limits limits = settings.limits();
        MemoryBudget budget = new MemoryBudget(Limits.memoryForBodies());
        this.settings = settings;
        this.models = models;
        this.workers = new Workers("lookbook-worker", limits.threads(), limits.queue(), limits.timeout());
        this.explanations = new Explanations(models, limits);
        this.bodies = new Bodies(limits, budget, SLOW_SENDERS);
        this.javalin = Javalin.create(this::configure);
        metrics.watch(workers::pending, explanations::pending, budget::taken);
    }

    /**
     * Listens and opens the models. When this returns the model that requests need not name answers, while the others are
     * still read; if it cannot answer, all others were read. {@link #isReady} tells whether one of them answers.
     *
     * @throws IOException if the port cannot be listened on or the folder cannot be read
     */
    public static Server start(ServeSettings settings) throws IOException {
        if (!Files.isDirectory(settings.models())) {
            throw new IOException(settings.models() + ": no folder of models. Name one with --models");
        }
        Models models = new Models(settings.models(), settings.limits().threads());
        Server server = null;
        try {
            CompletableFuture<Void> opening = open(models, settings); // takes about as long as all that follows
            server = new Server(settings, models);
            server.listen();
            await(opening);
            return server;
        } catch (IOException | RuntimeException e) {
            if (server != null) {
                server.close();
            }
            models.close();
            throw e;
        }
    }

    /** @return done when a model answers, or none does though all were read */
    private static CompletableFuture<Void> open(Models models, ServeSettings settings) {
        CompletableFuture<Void> answers = new CompletableFuture<>();
        Runnable opening = () -> {
            try {
                models.openFirst(settings.model());
                if (models.isReady()) {
                    answers.complete(null);
                }
                models.open(settings.poll());
                warnWithoutDefault(models, settings.model());
                answers.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                if (!answers.completeExceptionally(e)) {
                    LOG.error("opening the models failed", e);
                }
            }
        };
        new Thread(opening, "lookbook-open").start();
        return answers;
    }

    private static void warnWithoutDefault(Models models, String name) {
        if (models.isReady() && models.versions(name).isEmpty()) {
            LOG.warn(
                    "no model '{}' answers, which requests get that name none. Name one of the others by --model: {}",
                    name,
                    models.served().stream().map(model -> model.name().name()).collect(Collectors.joining(", ")));
        }
    }

    private static void await(CompletableFuture<Void> opening) throws IOException {
        try {
            opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the models were opened", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The port that is listened on. */
    public int port() {
        return javalin.port();
    }

    public String url() {
        String host = settings.access().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Whether all models of the folder were read. */
    boolean isOpened() {
        return models.isOpened();
    }

    /** Models that hold memory outside the heap, but for those that only end what they have begun. */
    int openModels() {
        return models.alive();
    }

    /** Whether at least one model answers. */
    public boolean isReady() {
        return !stopping && models.isReady();
    }

    /** All that is answered, such as {@code GET /v2/models/{model}}. */
    List<String> routes() {
        return List.copyOf(routes);
    }

    /**
     * Takes no more connections, answers what is under way as long as the limit allows, and frees the models. Whoever closes
     * it a second time waits for the first, and does nothing else.
     */
    @Override
    public synchronized void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        try {
            javalin.stop();
        } catch (RuntimeException e) {
            LOG.warn(
                    "not all requests under way were answered within {} ms. Give them longer by --drain",
                    settings.limits().drain().toMillis());
            LOG.debug("", e);
        } finally {
            workers.close();
            explanations.close();
            models.close();
            metrics.close();
        }
    }

    private void listen() throws IOException {
        Access access = settings.access();
        try {
            javalin.start(access.host(), access.port());
        } catch (RuntimeException e) {
            throw new IOException(
                    "cannot listen on " + access.host() + " port " + access.port() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + " Choose another with --port, or stop what listens there",
                    e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.compressionStrategy = CompressionStrategy.NONE; // see Reply, which knows what is worth it
        config.http.prefer405over404 = true;
        configureThreads(config);
        config.jetty.modifyHttpConfiguration(Server::configureHttp);
        config.jetty.modifyServer(this::configureServer);
        config.appData(Reply.TIME_TO_READ, settings.limits().timeout());
        config.events.handlerAdded(handler -> {
            if (handler.getHttpMethod().isHttpMethod() && handler.getHttpMethod() != HandlerType.HEAD) {
                routes.add(handler.getHttpMethod() + " " + handler.getPath());
            }
        });
        Guard guard = new Guard(settings.access());
        config.routes.before(guard::check);
        addRoutes(config);
        config.routes.exception(Problem.class, (problem, ctx) -> refuse(ctx, problem));
        config.routes.exception(
                HttpResponseException.class,
                (refusal, ctx) -> refuse(ctx, new Problem(refusal.getStatus(), refusal(ctx, refusal))));
        config.routes.exception(Exception.class, (e, ctx) -> failed(ctx, e));
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("a request failed", error);
            failed(response);
        });
        config.requestLogger.http(this::answered);
    }

    private void configureServer(org.eclipse.jetty.server.Server server) {
        Limits limits = settings.limits();
        server.insertHandler(new GracefulHandler());
        server.setStopTimeout(limits.drain().toMillis());
        server.setErrorHandler(new ErrorPages());
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.addBean(new SlowHeads(server, limits.timeout()));
        // Javalin's, under memory pressure, gives every connection an idle timeout of its own: longer than that of
        // Bodies.
        server.getBeans(LowResourceMonitor.class).forEach(server::removeBean);
    }

    /** Threads of requests only read, wait and write; the sums are done by {@link Workers}. */
    private void configureThreads(JavalinConfig config) {
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            config.concurrency.useVirtualThreads = true;
        } else {
            Limits limits = settings.limits();
            int most = limits.queue() + limits.threads() + SLOW_SENDERS + SPARE_THREADS;
            QueuedThreadPool pool = new QueuedThreadPool(most, 8);
            pool.setName("lookbook-http");
            config.jetty.threadPool = pool;
        }
    }

    private static void configureHttp(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.DEFAULT); // refuses .. and %2F, which no name of a model needs
    }

    private void addRoutes(JavalinConfig config) {
        Limits limits = settings.limits();
        Inference inference = new Inference(models, workers, metrics.triton());
        new ProtocolRoutes(models, bodies, inference, limits.images(), settings.version(), this::isReady)
                .addTo(config.routes);
        new PictureRoutes(models, bodies, inference, explanations, limits, settings.model()).addTo(config.routes);
        Runs runs = new Runs(settings.runs());
        new PageRoutes(models, runs, new Evaluations(explanations, runs)).addTo(config.routes);
        config.routes.get(
                "/metrics",
                ctx -> Reply.write(
                        ctx,
                        200,
                        Metrics.TEXT_FORMAT,
                        metrics.text(models.served()).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        config.routes.get(DESCRIPTION, ctx -> Reply.write(ctx, 200, "application/yaml", openapi()));
    }

    /** Clients may make methods up, and each would be a line of the metrics. */
    private static String shownMethod(Context ctx) {
        String method = ctx.method().name();
        return METHODS.contains(method) ? method : "other";
    }

    private static byte[] openapi() {
        try (InputStream in = Server.class.getResourceAsStream("openapi.yaml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String refusal(Context ctx, HttpResponseException refusal) {
        return switch (refusal.getStatus()) {
            case 404 -> "there is nothing at this path. GET /openapi.yaml lists what there is";
            case 405 -> ctx.method() + " is not for this path. GET /openapi.yaml lists what is";
            default -> refusal.getMessage();
        };
    }

    private void failed(Context ctx, Exception e) {
        LOG.error("{} failed", ctx.path(), e);
        refuse(ctx, new Problem(500, MISTAKE));
    }

    private void refuse(Context ctx, Problem problem) {
        bodies.discardRest(ctx);
        Reply.problem(ctx, problem);
    }

    /** After an Error, such as memory that does not suffice: written with as little as can be. */
    private static void failed(HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(500);
            response.setContentType(Reply.JSON);
            try {
                response.getOutputStream().write(Json.error(MISTAKE));
            } catch (IOException e) {
                // The client is gone; nobody is left to be told.
            }
        }
    }

    private void answered(Context ctx, float millis) {
        long nanos = (long) (millis * 1e6);
        Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
        String route = endpoint == null ? "none" : endpoint.path;
        metrics.answered(shownMethod(ctx), route, ctx.statusCode(), nanos);
        String length = ctx.res().getHeader("Content-Length");
        AccessLog.write(
                ctx.ip(),
                ctx.method().name(),
                ctx.req().getRequestURI(),
                ctx.statusCode(),
                length == null ? 0 : Long.parseLong(length),
                nanos);
    }
}
