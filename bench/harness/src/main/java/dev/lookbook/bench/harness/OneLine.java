package dev.lookbook.bench.harness;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells what users can mend in one line; anything else is a fault of the program and comes with its stack trace. */
public final class OneLine implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) throws Exception {
        if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
            command.getErr().println(command.getCommandName() + ": " + problem.getMessage());
            return 1;
        }
        throw problem;
    }
}
