package dev.lookbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Lookbook this is; the build leaves it in {@code build.properties}. */
final class Build implements IVersionProvider {

    private static final Properties PROPERTIES = read();

    static String version() {
        return PROPERTIES.getProperty("version", "unknown");
    }

    /** The first 12 digits of the git commit, with {@code -dirty} after changes; empty when it is not known. */
    static String commit() {
        return PROPERTIES.getProperty("commit", "");
    }

    @Override
    public String[] getVersion() {
        String commit = commit().isEmpty() ? "" : " (commit " + commit() + ")";
        return new String[] {"lookbook " + version() + commit};
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
