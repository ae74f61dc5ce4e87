package dev.lookbook.cli;

import java.nio.file.Path;

/** The folder that Lookbook lies in: the checkout or the unpacked distribution. The launcher tells. */
final class Home {

    private Home() {}

    static Path folder() {
        return Path.of(System.getProperty("lookbook.home", "")).toAbsolutePath().normalize();
    }
}
