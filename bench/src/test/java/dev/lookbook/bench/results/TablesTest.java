package dev.lookbook.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lookbook.bench.harness.Rows;
import dev.lookbook.bench.harness.Setup;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and charts from files that stand for those of a checkout. */
class TablesTest {
    private static final String COMMAND = "lookbook train --data C:\\shapes\\gr\u00f6\u00dfer";

    @TempDir
    Path home;

    @BeforeEach
    void makeACheckout() throws IOException {
        Files.createDirectories(home.resolve("docs/results"));
        Files.createDirectories(home.resolve("models"));
        write("docs/results/published.csv", """
                accuracy,parameters,what,source,note
                0.935,,"dense, wide | deep",https://example.org/a,
                0.955,270000,ResNet-20,https://example.org/b,"rerun, +-0.04"
                """);
        write("docs/results/figures.csv", "name,value,detail,command\n");
        write("models/base.onnx", "");
        write("models/base.md", """
                ---
                name: base
                command: ./lookbook train --model base --epochs 10
                train_seconds: 1552
                parameters: 1165216
                flops: 59483136
                accuracy: 0.9418
                macro_f1: 0.941548
                nll: 0.150448
                ece: 0.015479
                ---
                # base
                """);
    }

    @Test
    void aBlockIsReplacedAndTheRestOfThePageStays() {
        String page = "before\n<!-- goals: written by bench/results -->\nold\n<!-- end of goals -->\nafter\n";

        assertThat(Block.replace(page, "goals", "new\n"))
                .isEqualTo("before\n<!-- goals: written by bench/results -->\nnew\n<!-- end of goals -->\nafter\n");
        assertThat(Block.replace(Block.replace(page, "goals", "new"), "goals", "old"))
                .isEqualTo(page);
    }

    @Test
    void aPageWithoutTheMarkersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Block.replace("<!-- goals: written by bench/results -->\n", "goals", "new"))
                .withMessageContaining("<!-- end of goals -->");
    }

    @Test
    void aGoalIsMissedReachedOrNotMeasured() throws IOException {
        String table = GoalsTable.of(Evidence.read(home));

        assertThat(table)
                .contains("| `base` | 95.30% | 96.00% | **missed**: 94.18% (1,165,216 weights, trained for 1552 s) |")
                .contains("| calibration error of `base` | 0.0150 | 0.0100 | **missed**: 0.0155 |")
                .contains("| NLL of `base` | 0.1600 | 0.1300 | 0.1504 | `./lookbook evaluate --model base` |")
                .contains("| 60 s, mean of 5 seeds | 93.70% | 94.30% | not measured yet | |");
    }

    @Test
    void runsOfAGroupBecomeMeanAndRange() throws IOException {
        run("60s", 1, 0.937, 59);
        run("60s", 2, 0.943, 61);
        write("docs/results/runs/60s/group.properties", "what=60 s\ncommand=./lookbook train --seed N\nmachine=toy\n");

        Evidence evidence = Evidence.read(home);

        assertThat(BudgetsTable.of(evidence.runs()))
                .contains(
                        "| 60 s | `small` | 2 | 700 | 60.0 (59.0 to 61.0) | 94.00% (93.70% to 94.30%) | 0.200 | toy |");
        assertThat(GoalsTable.of(evidence))
                .contains("94.00% (2 runs, 93.70% to 94.30%) | `./lookbook train --seed N` |")
                .doesNotContain("**missed**: 94.00%");
    }

    @Test
    void keptRunsAreReadBack() throws IOException {
        run("mine", 1, 0.937, 59);
        Path run = home.resolve("docs/results/runs/mine/1");
        String[] arguments = {
            "--home", home.toString(), "--group", "60s", "--what", "60 s", "--command", COMMAND, run.toString()
        };

        int first = KeepRuns.commandLine().execute(arguments);
        int again = KeepRuns.commandLine().execute(arguments);

        assertThat(first).isZero();
        assertThat(again).as("the same run twice").isNotZero();
        assertThat(RunGroup.readAll(home.resolve("docs/results/runs")))
                .filteredOn(group -> group.name().equals("60s"))
                .singleElement()
                .satisfies(group -> {
                    assertThat(group.runs()).hasSize(1);
                    assertThat(group.command()).isEqualTo(COMMAND);
                });
    }

    @Test
    void peersAreComparedByMediansAndByTheShortestSchedules() throws IOException {
        measurePeers();

        Evidence evidence = Evidence.read(home);

        assertThat(PeersTables.of(evidence.peers()))
                .startsWith(
                        "2 cores, 17, commit abc, 2026-01-01. `bench/peers --only speed`; `bench/peers --only schedules`\n")
                .contains("| DJL: `classic` | 2,000 (1,900 to 2,400), fp32 | 500 | 7,000 | 400 | 1.50 | 3 |")
                .contains("| Lookbook in fp32: `classic` | 3,000, fp32 | 500 | 9,000 | 200 | 0.50 | 1 |")
                .contains("| Lookbook: `small` | **20.0** (2 epochs, 93.00%) | not settled yet |")
                .contains(
                        "| DJL: `classic` | **80.0** (4 epochs, 92.50%) | not in 2 minutes | 92.50% (4 epochs, 80.0 s, one run) |");
        assertThat(GoalsTable.of(evidence))
                .contains("| time to 92% against the fastest peer's `classic` | 4.0x | 10.0x |"
                        + " 4.0x (lookbook:small 20.0 s, djl:classic 80.0 s) | `bench/peers` |")
                .contains("| training images/s, `classic` against the fastest peer's | 1.5x | 2.5x |"
                        + " 2.0x (in bf16 4,000, djl:classic in fp32 2,000 (1,900 to 2,400); both in fp32 1.5x) |");
    }

    @Test
    void publishedFiguresComeBestFirstWithTheirSources() throws IOException {
        assertThat(PublishedTable.of(Evidence.read(home).published()))
                .contains("| 95.50% | 270,000 | ResNet-20 | <https://example.org/b> | rerun, +-0.04 |\n"
                        + "| 93.50% | | dense, wide \\| deep | <https://example.org/a> | |");
    }

    @Test
    void chartsShowOursPeersAndPublishedFigures() throws IOException {
        measurePeers();
        Evidence evidence = Evidence.read(home);

        FrontierChart bySeconds = FrontierChart.bySeconds(evidence);
        FrontierChart byParameters = FrontierChart.byParameters(evidence);

        assertThat(bySeconds.drawn())
                .contains("shipped models,base,1552.0000,0.94180")
                .contains("djl:classic,,80.0000,0.92500");
        assertThat(byParameters.drawn())
                .contains("published by others,,270000.0000,0.95500")
                .contains("djl:classic,,421642.0000,0.92500");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bySeconds.png()));
        assertThat(image.getWidth()).isEqualTo(1520);
    }

    @Test
    void aChartRemembersWhatItWasDrawnFrom() throws IOException {
        FrontierChart chart = FrontierChart.byParameters(Evidence.read(home));

        assertThat(PngStamp.isOn(chart.png(), chart.drawn())).isTrue();
        assertThat(PngStamp.isOn(chart.png(), chart.drawn() + "more")).isFalse();
    }

    private void measurePeers() throws IOException {
        write("docs/results/" + Setup.FILE, """
                machine=2 cores
                java=17
                date=2026-01-01
                commit=abc
                epochs=1.0,2.0,4.0,8.0
                targets=0.92,0.94
                seeds=1
                most_seconds=120.0
                patience=2
                command=bench/peers --only speed; bench/peers --only schedules
                """);
        write("docs/results/" + Rows.SPEED, """
                entrant,network,round,precision,threads,parameters,train_images_per_second,train_resident_mib,classify_images_per_second,classify_resident_mib,first_answer_seconds
                djl,classic,1,fp32,2,421642,2000.0,500,7000.0,400,1.500
                lookbook,classic,1,bf16,2,421642,4000.0,500,9000.0,200,0.500
                lookbook-fp32,classic,1,fp32,2,421642,3000.0,500,9000.0,200,0.500
                djl,classic,2,fp32,2,421642,1900.0,500,7000.0,400,1.500
                djl,classic,3,fp32,2,421642,2400.0,500,7000.0,400,1.500
                """);
        write("docs/results/" + Rows.SCHEDULES, """
                entrant,network,epochs,seed,precision,threads,steps,train_seconds,process_seconds,accuracy,train_resident_mib
                djl,classic,1.0,1,fp32,2,938,20.000,30.000,0.8900,600
                lookbook,small,1.0,1,fp32,2,235,10.000,12.000,0.9000,600
                lookbook,small,2.0,1,fp32,2,470,20.000,25.000,0.9300,600
                lookbook-other,classic,1.0,1,fp32,2,938,20.000,30.000,0.8900,600
                djl,classic,2.0,1,fp32,2,1876,40.000,50.000,0.9100,600
                djl,classic,4.0,1,fp32,2,3752,80.000,90.000,0.9250,600
                """);
    }

    private void run(String group, int number, double accuracy, double seconds) throws IOException {
        String folder = "docs/results/runs/" + group + "/" + number + "/";
        write(folder + "args.yaml", "model: small\nseed: " + number + "\n");
        write(folder + "results.csv", "epoch,time,train/loss,train/accuracy,val/loss,val/accuracy,lr\n");
        write(
                folder + "report.json",
                "{\"accuracy\": " + accuracy + ", \"nll\": 0.2, \"train_seconds\": " + seconds + ", \"steps\": 700}\n");
        if (!Files.exists(home.resolve("docs/results/runs/" + group + "/group.properties"))) {
            write("docs/results/runs/" + group + "/group.properties", "what=toy\ncommand=toy\nmachine=toy\n");
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
