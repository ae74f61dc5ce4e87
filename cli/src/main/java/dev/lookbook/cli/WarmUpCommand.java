package dev.lookbook.cli;

import dev.lookbook.image.Png;
import dev.lookbook.serve.Access;
import dev.lookbook.serve.Limits;
import dev.lookbook.serve.ServeSettings;
import dev.lookbook.serve.Server;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;

/**
 * {@code lookbook warm-up}: goes once through what people wait for, so that Java can write the classes it took to an
 * archive. The launcher runs it after a build.
 */
@Command(name = "warm-up", hidden = true, description = "Go once through the common commands, saying nothing.")
final class WarmUpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("lookbook");
        Path model = folder.resolve("probe.onnx");
        Path small = folder.resolve("small.png");
        Path photo = folder.resolve("photo.jpg");
        try (Output nowhere = new Output(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, "nowhere")) {
            Console silent = new Console(nowhere, nowhere, new ByteArrayInputStream(new byte[0]), false, true);
            Probe.model().write(model);
            Png.write(small, picture(Probe.SIDE));
            ImageIO.write(picture(200), "jpg", photo.toFile());
            Lookbook.run(silent, "classify", "-m", model.toString(), small.toString(), photo.toString());
            Lookbook.run(silent, "summary", "-m", model.toString());
            explain(silent, model.toString(), photo.toString(), folder);
            Lookbook.run(silent, "no-such-command");
            serve(folder, Files.readAllBytes(small));
            Lookbook.run(silent, "--help");
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) { // a folder's content before itself
                    Files.delete(file);
                }
            }
        }
        return Lookbook.DONE;
    }

    /** With neighbours: an index of a few pictures of two classes lies beside the model. */
    private static void explain(Console silent, String model, String photo, Path folder) throws IOException {
        Path shop = folder.resolve("shop");
        for (String garment : List.of("one/1", "one/2", "two/1", "two/2")) {
            Path file = shop.resolve(garment + ".png");
            Files.createDirectories(file.getParent());
            Png.write(file, picture(Probe.SIDE));
        }
        String index = folder.resolve("probe.embeddings").toString();
        Lookbook.run(silent, "index", "-m", model, "-d", shop.toString(), "--split", "all", "-o", index);
        String page = folder.resolve("page").toString();
        Lookbook.run(silent, "explain", "-m", model, photo, "-o", page);
        Lookbook.run(silent, "explain", "-m", model, photo, "-f", "json");
    }

    /** Without the command, which would not end: it listens, answers a picture and a tensor, and stops. */
    private static void serve(Path models, byte[] picture) throws IOException {
        ServeSettings settings = new ServeSettings(
                models,
                models.resolve("runs"),
                "probe",
                Duration.ofHours(1),
                Access.local(0),
                Limits.defaults(),
                Build.version());
        try (Server server = Server.start(settings)) {
            ask(server.port(), "POST /api/classify", picture);
            ask(server.port(), "GET /", new byte[0]);
            ask(server.port(), "POST /api/explain?arrays=base64", picture);
            ask(server.port(), "GET /v2/models/probe", new byte[0]);
            ask(server.port(), "GET /metrics", new byte[0]);
        }
    }

    private static void ask(int port, String what, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = what + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getInputStream().readAllBytes();
        }
    }

    /** Something that stands out from a light ground. */
    private static BufferedImage picture(int side) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, side, side);
        pen.setColor(Color.RED);
        pen.fillRect(side / 4, side / 8, side / 2, 3 * side / 4);
        pen.dispose();
        return picture;
    }
}
