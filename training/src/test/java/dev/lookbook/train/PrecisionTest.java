package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "flags : fpu avx512f avx512_vnni; false",
                "flags : fpu avx512f avx512_bf16 amx_tile; true",
                "flags : fpu amx_bf16; true",
                "Features : fp asimd bf16 i8mm; true",
                "model name : bf16; false",
            })
    void aProcessorsFlagsTellWhetherItHasBf16(String line, boolean expected) throws IOException {
        Path cpuInfo = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\n" + line + "\n");

        assertThat(Precision.hasBf16(cpuInfo)).isEqualTo(expected);
    }

    @Test
    void whereNobodyTellsItIsTried() {
        assertThat(Precision.hasBf16(folder.resolve("none"))).isTrue();
    }
}
