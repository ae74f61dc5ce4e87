package dev.lookbook.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;

/** The pictures of a request: its whole body is one, or each part of a form that has a file is. */
final class SentPictures {
    private static final String FORM = "multipart/form-data";
    private static final int LONGEST_NAME = 200;
    private static final int MOST_HEADER_BYTES = 4096;

    private static final int MOST_OTHER_PARTS = 16; // fields without a file, which nobody reads

    private SentPictures() {}

    /** @throws Problem 400 if there is none or the form is broken, 413 if there are too many */
    static List<SentPicture> of(Context ctx, Body body, Limits limits) {
        String type = ctx.contentType();
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            body.reserveCopies(1);
            return List.of(new SentPicture(
                    "picture", body.copy(0, body.length()), limits.pixels(), new WorkLimit(limits.timeout())));
        }
        if (!type.strip().toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw Problem.unreadableType("Content-Type is '" + type + "'. Send a picture, or " + FORM);
        }
        String boundary = boundary(type);
        body.reserveCopies(2); // the parser's parts, and the pictures
        List<SentPicture> pictures = parts(boundary, body, limits);
        if (pictures.isEmpty()) {
            throw Problem.badRequest("the form has no file. Send pictures like curl -F picture=@shirt.jpg");
        }
        return pictures;
    }

    private static String boundary(String type) {
        String boundary;
        try {
            boundary = MultiPart.extractBoundary(type);
        } catch (RuntimeException e) { // it takes quoted text apart without a look at its end
            throw Problem.badRequest("the boundary in the Content-Type " + FORM + " cannot be read");
        }
        if (boundary == null) {
            throw Problem.badRequest("the Content-Type " + FORM + " names no boundary");
        }
        return boundary;
    }

    private static List<SentPicture> parts(String boundary, Body body, Limits limits) {
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(-1); // the body is in memory already: nothing goes to disk
        parser.setMaxParts(limits.images() + MOST_OTHER_PARTS); // files are counted below, with a better message
        parser.setPartHeadersMaxLength(MOST_HEADER_BYTES);
        ByteBuffer bytes = ByteBuffer.wrap(body.bytes(), 0, body.length());
        try (MultiPartFormData.Parts parts =
                parser.parse(Content.Source.from(bytes)).join()) {
            WorkLimit limit = new WorkLimit(limits.timeout());
            List<SentPicture> pictures = new ArrayList<>();
            for (MultiPart.Part part : parts) {
                if (part.getFileName() != null) {
                    if (pictures.size() == limits.images()) {
                        throw Problem.tooLarge(
                                "the form has more than " + limits.images() + " files. Send them in several requests");
                    }
                    pictures.add(picture(part, pictures.size(), limits, limit));
                }
            }
            return pictures;
        } catch (CompletionException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IllegalStateException) { // so the parser says that there is too much
                if (String.valueOf(cause.getMessage()).startsWith("headers")) {
                    throw Problem.badRequest("the headers of a part have more than " + MOST_HEADER_BYTES
                            + " bytes. Give its file a shorter name");
                }
                throw Problem.tooLarge("the form has more than " + (limits.images() + MOST_OTHER_PARTS)
                        + " parts. Send them in several requests");
            }
            throw Problem.badRequest("the form is broken or cut off: " + cause.getMessage());
        }
    }

    private static SentPicture picture(MultiPart.Part part, int number, Limits limits, WorkLimit limit) {
        String name = part.getFileName().isBlank() ? "picture " + (number + 1) : part.getFileName();
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        try {
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return new SentPicture(shown, bytes, limits.pixels(), limit);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }
}
