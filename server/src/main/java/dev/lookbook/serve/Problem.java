package dev.lookbook.serve;

/** A request that is not answered as asked: a status and a sentence for whoever sent it. Costs no stack trace. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Problem(int status, String message) {
        super(message.replaceAll("\\p{Cntrl}+", " "), null, false, false);
        this.status = status;
    }

    static Problem badRequest(String message) {
        return new Problem(400, message);
    }

    static Problem notFound(String message) {
        return new Problem(404, message);
    }

    static Problem tooLarge(String message) {
        return new Problem(413, message);
    }

    static Problem unreadableType(String message) {
        return new Problem(415, message);
    }

    static Problem unsupported(String message) {
        return new Problem(501, message);
    }

    /** For what may well work in a second. */
    static Problem busy(String message) {
        return new Problem(503, message);
    }

    static Problem stopping() {
        return busy("the server is stopping. Try again in a second");
    }

    int status() {
        return status;
    }
}
