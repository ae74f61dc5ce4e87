package dev.lookbook.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns an exception into one line on stderr and an exit code. */
final class Problems implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Lookbook lookbook;

    Problems(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        return wrongUsage(problem, usageMessage(problem), problem.getCommandLine());
    }

    private int wrongUsage(Exception problem, String message, CommandLine command) {
        print(message + " (see: " + command.getCommandSpec().qualifiedName() + " --help)");
        trace(problem);
        return Lookbook.WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        return problem instanceof UsageException ? wrongUsage(problem, problem.getMessage(), command) : report(problem);
    }

    private static String usageMessage(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return oneLine(problem.getMessage());
        }
        String first = unmatched.getUnmatched().get(0);
        boolean isCommand = problem.getCommandLine().getParent() == null && !first.startsWith("-");
        String known = String.join(
                " or ",
                isCommand
                        ? Typo.alike(
                                first, problem.getCommandLine().getSubcommands().keySet())
                        : unmatched.getSuggestions());
        return "unknown " + (isCommand ? "command " : "argument ") + first
                + (known.isEmpty() ? "" : "; did you mean " + known + "?");
    }

    int report(Throwable problem) {
        print(message(problem));
        trace(problem);
        return Lookbook.FAILED;
    }

    private void print(String line) {
        PrintStream err = lookbook.console().err();
        lookbook.console().flush();
        err.println("lookbook: " + line);
    }

    private void trace(Throwable problem) {
        if (lookbook.verbose()) {
            problem.printStackTrace(lookbook.console().err());
        }
    }

    /** One line that names the place, the value and, where this class can know it, the way out. */
    static String message(Throwable problem) {
        if (problem instanceof UncheckedIOException wrapped) {
            return message(wrapped.getCause());
        }
        if (problem instanceof FileSystemException file) {
            return fileMessage(file);
        }
        if (problem instanceof InvalidPathException path) {
            return path.getInput() + ": not a file name on this system: " + path.getReason();
        }
        if (problem instanceof OutOfMemoryError) {
            return "out of memory (" + problem.getMessage() + "); give it more: LOOKBOOK_JAVA_OPTS=-Xmx8g lookbook ...";
        }
        if (problem instanceof LinkageError) {
            return "a native library does not load here: " + oneLine(problem.getMessage()) + "; see: lookbook doctor";
        }
        if (isMeantForUsers(problem)) {
            return oneLine(problem.getMessage());
        }
        return "a mistake in lookbook itself, sorry: " + oneLine(problem.toString()) + " (--verbose shows where)";
    }

    /** Our own code throws these with a message for the person at the keyboard. */
    private static boolean isMeantForUsers(Throwable problem) {
        boolean told = problem.getMessage() != null && !problem.getMessage().isBlank();
        return told
                && (problem instanceof IOException
                        || problem.getClass() == IllegalArgumentException.class
                        || problem.getClass() == IllegalStateException.class);
    }

    private static String fileMessage(FileSystemException problem) {
        String file = problem.getFile();
        if (problem instanceof NoSuchFileException) {
            return file + ": no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return file + ": permission denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return file + ": exists already; name another or remove it first";
        }
        if (problem instanceof NotDirectoryException) {
            return file + ": not a folder";
        }
        return file + ": " + oneLine(problem.getReason() == null ? problem.toString() : problem.getReason());
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
