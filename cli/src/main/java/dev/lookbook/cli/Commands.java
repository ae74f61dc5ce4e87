package dev.lookbook.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands: one whose constructor takes {@link Lookbook} gets it, to print through its console. */
final class Commands implements IFactory {

    private final Lookbook lookbook;

    Commands(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Lookbook.class) {
                return type.cast(constructor.newInstance(lookbook));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
