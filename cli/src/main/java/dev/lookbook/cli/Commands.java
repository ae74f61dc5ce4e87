package dev.lookbook.cli;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * The commands that there are, in the order of the help. One whose constructor takes {@link Lookbook} gets it, to print
 * through its console.
 */
final class Commands implements IFactory {

    private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("train", TrainCommand.class);
        ALL.put("classify", ClassifyCommand.class);
        ALL.put("evaluate", EvaluateCommand.class);
        ALL.put("export", ExportCommand.class);
        ALL.put("compare", CompareCommand.class);
        ALL.put("explain", ExplainCommand.class);
        ALL.put("filter", FilterCommand.class);
        ALL.put("index", IndexCommand.class);
        ALL.put("data", DataCommand.class);
        ALL.put("summary", SummaryCommand.class);
        ALL.put("audience", AudienceCommand.class);
        ALL.put("serve", ServeCommand.class);
        ALL.put("doctor", DoctorCommand.class);
        ALL.put("completion", CompletionCommand.class);
        ALL.put("warm-up", WarmUpCommand.class);
    }

    private final Lookbook lookbook;

    private Commands(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    /**
     * A command line that can run {@code args}: with the command that they name, or with all when they name none.
     * Looking at the options of a dozen commands takes longer than classifying a picture.
     */
    static CommandLine commandLine(Lookbook lookbook, String... args) {
        Commands factory = new Commands(lookbook);
        CommandLine commandLine = new CommandLine(lookbook, factory);
        for (String arg : args) {
            if (ALL.containsKey(arg) && !arg.equals("completion")) {
                return withVersion(commandLine.addSubcommand(arg, new CommandLine(ALL.get(arg), factory)));
            }
        }
        ALL.forEach((name, type) -> commandLine.addSubcommand(name, new CommandLine(type, factory)));
        return withVersion(commandLine);
    }

    /** Not by an annotation: picocli would ask for the version, and so read a file, whenever it adds a command. */
    private static CommandLine withVersion(CommandLine commandLine) {
        commandLine.getCommandSpec().versionProvider(new Build());
        commandLine.getSubcommands().values().forEach(Commands::withVersion);
        return commandLine;
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
