package dev.lookbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lookbook doctor}: what works on this machine, and what to do about the rest. */
@Command(name = "doctor", description = "Check Java, native libraries, data and models: what works here.")
final class DoctorCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    DoctorCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() {
        boolean healthy = true;
        for (Checkup checkup : Checkup.values()) {
            Checkup.Finding finding = checkup.find();
            String mark = finding.isFine() ? "ok " : "BAD";
            lookbook.console().out().printf("%s  %-10s  %s%n", mark, checkup.title(), finding.text());
            healthy &= finding.isFine();
        }
        return healthy ? Lookbook.DONE : Lookbook.FAILED;
    }
}
