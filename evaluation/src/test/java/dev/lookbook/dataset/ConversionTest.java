package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    private static final List<String> OWN = List.of("Straw hat", "T-shirt/top", "Abaya", "Überrock", ".net");

    @TempDir
    private Path folder;

    private LabelledImages train;
    private LabelledImages test;

    @BeforeEach
    void takeSomeRealImages() throws IOException {
        LabelledImages images = Source.of("fashion-mnist", Optional.empty()).read(Source.TEST);
        train = images.subset(IntStream.range(0, 120).toArray());
        test = images.subset(IntStream.range(120, 150).toArray());
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void everyFormatKeepsImagesLabelsAndOrder(DataFormat format) throws Exception {
        Source source = written(train, test);

        format.convert(source, source.splits(), folder.resolve("out"));

        Source converted = Source.of(folder.resolve("out").toString(), Optional.empty());
        assertThat(converted.splits()).containsExactly("train", "test");
        assertThat(converted.read(Source.TRAIN).sha256()).isEqualTo(train.sha256());
        assertThat(converted.read(Source.TEST).sha256()).isEqualTo(test.sha256());
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void everyFormatKeepsLabelsOfOnesOwn(DataFormat format) throws Exception {
        LabelledImages own = Made.images(40, OWN, 5);
        Source source = written(own, own);

        format.convert(source, source.splits(), folder.resolve("out"));

        LabelledImages read =
                Source.of(folder.resolve("out").toString(), Optional.empty()).read(Source.TRAIN);
        assertThat(read.labels()).isEqualTo(OWN);
        assertThat(read.sha256()).isEqualTo(own.sha256());
    }

    @Test
    void allTheWayRoundNothingIsLost() throws Exception {
        Source idx = written(train, test);
        DataFormat.CSV.convert(idx, idx.splits(), folder.resolve("csv"));
        Source csv = Source.of(folder.resolve("csv").toString(), Optional.empty());
        DataFormat.FOLDER.convert(csv, csv.splits(), folder.resolve("pictures"));
        Source pictures = Source.of(folder.resolve("pictures").toString(), Optional.empty());
        DataFormat.IDX.convert(pictures, pictures.splits(), folder.resolve("again"));

        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte")) {
            assertThat(folder.resolve("again").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("idx").resolve(name));
        }
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void dataWithoutSplitsStayWithoutSplits(DataFormat format) throws Exception {
        Path csv = folder.resolve("shop.csv");
        CsvWriter.write(train, csv);
        Source source = Source.of(csv.toString(), Optional.empty());

        format.convert(source, source.splits(), folder.resolve("out"));

        Source converted = Source.of(folder.resolve("out").toString(), Optional.empty());
        assertThat(converted.isSplit()).isFalse();
        assertThat(converted.read(Source.ALL).sha256()).isEqualTo(train.sha256());
    }

    @Test
    void oneSplitBecomesOneCsvFile() throws Exception {
        Source source = written(train, test);

        DataFormat.CSV.convert(source, List.of(Source.TEST), folder.resolve("small/test.csv"));

        assertThat(folder.resolve("small")).isDirectoryContaining("glob:**test.csv");
        assertThat(Source.of(folder.resolve("small/test.csv").toString(), Optional.empty())
                        .read(Source.ALL)
                        .sha256())
                .isEqualTo(test.sha256());
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        Source source = written(train, test);
        Files.writeString(folder.resolve("out"), "mine");

        assertThatThrownBy(() -> DataFormat.IDX.convert(source, source.splits(), folder.resolve("out")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("out exists already");
        assertThat(folder.resolve("out")).hasContent("mine");
    }

    @Test
    void otherLabelsBesideACsvFileAreNotOverwritten() throws Exception {
        Source source = written(Made.images(20, OWN, 1), Made.images(20, OWN, 2));
        Files.writeString(folder.resolve("labels.txt"), "Hat\nScarf\n");

        assertThatThrownBy(() -> DataFormat.CSV.convert(source, List.of(Source.TEST), folder.resolve("test.csv")))
                .hasMessageContaining("labels.txt lists other labels");
        assertThat(folder.resolve("labels.txt")).hasContent("Hat\nScarf\n");
        assertThat(folder.resolve("test.csv")).doesNotExist();
    }

    @Test
    void aCsvFileDoesNotGiveItsLabelsToTheDataBesideIt() throws Exception {
        Source source = written(Made.images(20, OWN, 1), Made.images(20, OWN, 2));
        Path others = Files.createDirectory(folder.resolve("others"));
        IdxWriter.write(Made.images(30, FashionMnist.LABELS, 1), Source.TEST, others);

        assertThatThrownBy(() -> DataFormat.CSV.convert(source, List.of(Source.TEST), others.resolve("test.csv")))
                .hasMessageContaining("others holds other data, t10k-")
                .hasMessageContaining("Write it into a folder of its own");
        assertThat(others.resolve("labels.txt")).doesNotExist();
        assertThat(others.resolve("test.csv")).doesNotExist();
    }

    @Test
    void aFailedConversionLeavesNothing() throws Exception {
        written(train, test);
        Files.write(folder.resolve("idx/t10k-labels-idx1-ubyte"), new byte[20]);
        Source source = Source.of(folder.resolve("idx").toString(), Optional.empty());

        assertThatThrownBy(() -> DataFormat.FOLDER.convert(source, source.splits(), folder.resolve("out")))
                .isInstanceOf(DatasetException.class);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("idx"));
        }
    }

    @Test
    void sizesThatAreReadDifferentlyAreRefused() throws Exception {
        LabelledImages large = LabelledImages.of(32, 32, new byte[2 * 1024], new int[] {0, 1}, FashionMnist.LABELS);
        Source source = written(large, large);

        assertThatThrownBy(() -> DataFormat.CSV.convert(source, source.splits(), folder.resolve("out")))
                .hasMessageContaining("32x32");
    }

    @ParameterizedTest
    @CsvSource({"A/B,A-B", "Hat,hat"})
    void labelsThatWouldShareAFolderAreRefusedAndKeptByOtherFormats(String one, String other) throws Exception {
        LabelledImages images = Made.images(4, List.of(one, other), 1);
        Source source = written(images, images);

        assertThatThrownBy(() -> DataFormat.FOLDER.convert(source, source.splits(), folder.resolve("out")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(
                        "idx has the labels \"" + one + "\" and \"" + other + "\", which would be one folder");
        DataFormat.CSV.convert(source, source.splits(), folder.resolve("out"));

        assertThat(Source.of(folder.resolve("out").toString(), Optional.empty())
                        .read(Source.TRAIN)
                        .sha256())
                .isEqualTo(images.sha256());
    }

    private Source written(LabelledImages train, LabelledImages test) throws IOException {
        Path idx = Files.createDirectories(folder.resolve("idx"));
        IdxWriter.write(train, Source.TRAIN, idx);
        IdxWriter.write(test, Source.TEST, idx);
        if (!train.labels().equals(FashionMnist.LABELS)) {
            Files.write(idx.resolve("labels.txt"), train.labels());
        }
        return Source.of(idx.toString(), Optional.empty());
    }
}
