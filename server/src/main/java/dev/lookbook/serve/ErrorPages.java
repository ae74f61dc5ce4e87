package dev.lookbook.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Jetty's own refusals, of requests that are no HTTP or come while it stops, in the form of all other errors. */
final class ErrorPages extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() == 0 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : response.getStatus();
        Object message = request.getAttribute(ERROR_MESSAGE);
        byte[] body = body(status, message == null ? null : message.toString());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        AccessLog.write(
                Request.getRemoteAddr(request),
                request.getMethod(),
                request.getHttpURI().getPath(),
                status,
                body.length,
                0);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Reply.JSON);
        return ByteBuffer.wrap(body(status, reason));
    }

    private static byte[] body(int status, String message) {
        return Json.error(problem(status, message).getMessage());
    }

    private static Problem problem(int status, String message) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) { // Jetty has no other reason
            return Problem.stopping();
        }
        String told = status >= 500 || message == null || message.isBlank() ? HttpStatus.getMessage(status) : message;
        return new Problem(status, "the request was refused: " + told);
    }
}
