package dev.lookbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Lookbook this is; the build leaves it in {@code build.properties}. */
final class Build implements IVersionProvider {

    static String version() {
        return read().getProperty("version", "unknown");
    }

    /** The first 12 digits of the git commit, with {@code -dirty} after changes; empty when it is not known. */
    static String commit() {
        return read().getProperty("commit", "");
    }

    /** Version and commit, as far as they are known. */
    static String description() {
        return version() + (commit().isEmpty() ? "" : " (commit " + commit() + ")");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"lookbook " + description()};
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
