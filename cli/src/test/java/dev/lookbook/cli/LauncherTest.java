package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's own logic, on a checkout, a Maven and Javas that are small scripts; a folder's name has a space. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    /** Prints its arguments, a line each, except when it is asked for its version or a class archive. */
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
                *-Xshare:*) exit 0 ;;
                -version) echo 'openjdk version "%s" 2024-01-01' >&2; exit 0 ;;
            esac
            echo "java in $0, locale $LC_ALL"
            for argument; do echo "$argument"; done
            exit ${FAKE_EXIT_CODE:-0}
            """;

    /** Notes that it ran, takes a moment, and leaves what the real build leaves. */
    private static final String MAVEN = """
            #!/bin/sh
            case "$*" in *--version*) echo "Apache Maven ${FAKE_MAVEN:-3.9.1} (fake)"; exit 0 ;; esac
            cd "$(dirname "$0")/../check out" || exit 1
            echo "JAVA_HOME=$JAVA_HOME $*" >> maven.log
            [ -z "${FAKE_BREAK:-}" ] || { echo '[ERROR] Coat.java:[3,1] does not compile'; exit 1; }
            sleep 0.3
            mkdir -p cli/target
            echo jar > cli/target/cli.jar
            echo jar > ../other.jar
            echo jar > ../pytorch-1.jar
            printf '%s\\n' "$PWD/cli/target/cli.jar" "$PWD/cli/target/classes" \\
                "${PWD%/*}/pytorch-1.jar" "${PWD%/*}/other.jar" \\
                > cli/target/lookbook.classpath
            touch cli/target/lookbook.built
            """;

    @TempDir
    private Path folder;

    private Path checkout;
    private Path source;

    @BeforeEach
    void makeCheckout() throws IOException {
        folder = folder.toRealPath();
        checkout = Files.createDirectories(folder.resolve("check out"));
        source = checkout.resolve("cli/src/main/java/Coat.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Coat {}");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        String script = Files.readString(Path.of(System.getProperty("lookbook.home"), "lookbook"));
        String onlyOurJavas =
                script.replaceFirst("(?s)for folder in .*?; do", "for folder in '" + folder + "'/jvm/*; do");
        assertThat(onlyOurJavas).isNotEqualTo(script);
        executable(checkout.resolve("lookbook"), onlyOurJavas);
        executable(folder.resolve("bin/mvn"), MAVEN);
        // A PATH without any Java of this machine.
        String tools = "cat cp date dirname find flock grep head mkdir mv readlink rm rmdir sed sleep tail tee touch";
        for (String tool : tools.split(" ")) {
            executable(folder.resolve("bin").resolve(tool), "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
        }
    }

    @Test
    void buildsOnFirstUseOnly() throws Exception {
        jdk("jdk-17", "17.0.9");

        Launched first = launch(Map.of(), "classify", "my coat.png");
        Launched second = launch(Map.of(), "classify", "my coat.png");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains("Building Lookbook");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.out().lines()).endsWith("dev.lookbook.cli.Lookbook", "classify", "my coat.png");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void theClassPathIsACopyOfOurJarsAndTheJarsOfOthers() throws Exception {
        jdk("jdk-17", "17.0.9");

        String classPath = classPath(launch(Map.of(), "classify", "coat.png"));

        assertThat(classPath).matches(".*/check out/\\.lookbook/app\\.[0-9.]+/cli\\.jar:" + folder + "/other\\.jar");
        assertThat(Path.of(classPath.split(":")[0])).hasContent("jar\n");
    }

    @Test
    void onlyCommandsThatMayTrainGetLibtorch() throws Exception {
        jdk("jdk-17", "17.0.9");

        assertThat(classPath(launch(Map.of(), "train"))).endsWith(folder + "/other.jar:" + folder + "/pytorch-1.jar");
        assertThat(classPath(launch(Map.of(), "--quiet", "train"))).endsWith("/pytorch-1.jar");
        assertThat(classPath(launch(Map.of(), "classify"))).doesNotContain("pytorch");
    }

    @Test
    void optionsBeforeTheCommandChangeNothingOfIt() throws Exception {
        jdk("jdk-17", "17.0.9");

        assertThat(launch(Map.of(), "classify").out()).contains("-XX:+UseSerialGC");
        assertThat(launch(Map.of(), "-q", "train").out()).doesNotContain("-XX:+UseSerialGC");
        assertThat(launch(Map.of(), "--quiet", "serve").out()).contains("referencesPerCacheLine");
    }

    private static String classPath(Launched answer) {
        return answer.out()
                .lines()
                .dropWhile(line -> !line.equals("-cp"))
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        jdk("jdk-17", "17.0.9");
        launch(Map.of());

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(Map.of());

        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenASourceWasRemoved() throws Exception {
        jdk("jdk-17", "17.0.9");
        launch(Map.of());

        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
        launch(Map.of());

        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenAJarIsGone() throws Exception {
        jdk("jdk-17", "17.0.9");
        launch(Map.of());

        Files.delete(folder.resolve("other.jar"));
        Launched again = launch(Map.of());

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void takesANewBuildThatMavenMadeAlone() throws Exception {
        jdk("jdk-17", "17.0.9");
        String before = launch(Map.of()).out();

        Files.setLastModifiedTime(
                checkout.resolve("cli/target/lookbook.built"),
                FileTime.from(Instant.now().plusSeconds(5)));
        String after = launch(Map.of()).out();

        assertThat(after).isNotEqualTo(before);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void twoProcessesAtOnceBuildOnce() throws Exception {
        jdk("jdk-17", "17.0.9");

        Launched.Running one = start(Map.of(), "doctor");
        Launched.Running two = start(Map.of(), "doctor");
        Launched first = one.await();
        Launched second = two.await();

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aBuildThatFailsShowsTheErrorAndKeepsTheLog() throws Exception {
        jdk("jdk-17", "17.0.9");

        Launched answer = launch(Map.of("FAKE_BREAK", "yes"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("[ERROR] Coat.java:[3,1] does not compile")
                .contains("lookbook: the build failed; the whole log is in " + checkout + "/.lookbook/build.log");
        assertThat(launch(Map.of()).exitCode()).isZero();
    }

    @Test
    void refusesAnOldMaven() throws Exception {
        jdk("jdk-17", "17.0.9");

        Launched answer = launch(Map.of("FAKE_MAVEN", "3.6.3"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("bin/mvn is Maven 3.6.3; building Lookbook wants 3.8 or newer");
    }

    @Test
    void prefersJavaHomeUnlessItIsTooOld() throws Exception {
        Path old = jdk("jdk-11", "11.0.2");
        jdk("jdk-17", "17.0.9");
        Path newer = jdk("jdk-25", "25");

        assertThat(launch(Map.of("JAVA_HOME", newer.toString())).out()).startsWith("java in " + newer);
        assertThat(launch(Map.of("JAVA_HOME", old.toString())).out()).startsWith("java in " + folder + "/jvm/jdk-17");
    }

    @Test
    void buildsWithAJdkAlthoughThePreferredJavaHasNoCompiler() throws Exception {
        Path jre = jdk("jre-21", "21.0.1");
        Files.delete(jre.resolve("bin/javac"));
        Path jdk = jdk("jdk-17", "17.0.9");

        Launched answer = launch(Map.of("JAVA_HOME", jre.toString()));

        assertThat(answer.out()).startsWith("java in " + jre);
        assertThat(builds()).singleElement().asString().startsWith("JAVA_HOME=" + jdk + " ");
    }

    @Test
    void withoutASuitableJavaItTellsWhatItSawAndWhatToInstall() throws Exception {
        Path old = jdk("jdk-11", "11.0.2");
        Path jre = jdk("jre-17", "17.0.9");
        Files.delete(jre.resolve("bin/javac"));

        Launched answer = launch(Map.of("JAVA_HOME", folder + "/nowhere"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("building Lookbook wants a JDK 17 or newer, and none was found")
                .contains(folder + "/nowhere: no bin/java there (JAVA_HOME)")
                .contains(old + ": Java 11.0.2 is too old")
                .contains(jre + ": Java 17.0.9 has no compiler (javac)")
                .contains("apt install openjdk-17-jdk-headless maven");
    }

    @Test
    void asksAJavaWithoutAReleaseFileForItsVersion() throws Exception {
        Path debian = jdk("debian", "17.0.9");
        Files.delete(debian.resolve("release"));

        assertThat(launch(Map.of()).out()).startsWith("java in " + debian);
    }

    @Test
    void givesNewerJavasTheFlagsThatTheyWant() throws Exception {
        Path jdk17 = jdk("jdk-17", "17.0.9");
        Path jdk25 = jdk("jdk-25", "25.0.1");

        assertThat(launch(Map.of("JAVA_HOME", jdk17.toString())).out()).doesNotContain("--enable-native-access");
        assertThat(launch(Map.of("JAVA_HOME", jdk25.toString())).out()).contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void passesArgumentsFlagsAndTheExitCodeOn() throws Exception {
        jdk("jdk-17", "17.0.9");

        Launched answer = launch(
                Map.of("FAKE_EXIT_CODE", "2", "LOOKBOOK_JAVA_OPTS", "-Xmx8g -Dcoat=red"), "a b", "*", "$HOME", "");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out().lines()).contains("-Xmx8g", "-Dcoat=red").endsWith("a b", "*", "$HOME", "");
    }

    @Test
    void givesJavaALocaleInWhichItCanOpenEveryFile() throws Exception {
        jdk("jdk-17", "17.0.9");
        Map<String, String> none = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");

        assertThat(launch(none).out().lines()).first().asString().endsWith("locale C.UTF-8");
        assertThat(launch(Map.of("LC_ALL", "de_DE.UTF-8")).out().lines())
                .first()
                .asString()
                .endsWith("de_DE.UTF-8");
    }

    @Test
    void worksThroughASymbolicLinkOnThePath() throws Exception {
        jdk("jdk-17", "17.0.9");
        Files.createSymbolicLink(folder.resolve("bin/looks"), Path.of("../check out/lookbook"));

        Launched answer = Launched.run(folder, environment(Map.of()), List.of("/bin/sh", "-c", "looks doctor"));

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("-Dlookbook.home=" + checkout);
    }

    private Launched launch(Map<String, String> variables, String... args) throws Exception {
        return start(variables, args).await();
    }

    private Launched.Running start(Map<String, String> variables, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("lookbook").toString()));
        command.addAll(List.of(args));
        return Launched.start(folder, environment(variables), command);
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(Map.of(
                "PATH", folder.resolve("bin").toString(),
                "HOME", folder.toString(),
                "JAVA_HOME", "",
                "MAVEN_HOME", "",
                "LOOKBOOK_JAVA_OPTS", ""));
        all.putAll(variables);
        return all;
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("maven.log"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve("jvm").resolve(name);
        executable(jdk.resolve("bin/java"), JAVA.formatted(version));
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"A Maker\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return jdk;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
