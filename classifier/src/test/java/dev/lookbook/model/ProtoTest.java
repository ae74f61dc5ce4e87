package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTest {

    /** Examples of the protobuf documentation, and the ends of the ranges. */
    @ParameterizedTest
    @CsvSource({
        "1, 150, 089601",
        "1, 0, 0800",
        "1, 127, 087f",
        "1, 128, 088001",
        "16, 1, 800101",
        "1, -1, 08ffffffffffffffffff01",
        "1, -9223372036854775808, 0880808080808080808001"
    })
    void numbersAreWrittenAndReadAsTheFormatSays(int field, long value, String hex) throws Exception {
        byte[] bytes = new ProtoWriter().number(field, value).toByteArray();
        ProtoReader reader = new ProtoReader(bytes);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(field);
        assertThat(reader.number()).isEqualTo(value);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void textAndMessagesAreWrittenAndReadAsTheFormatSays() throws Exception {
        ProtoWriter inner = new ProtoWriter().number(1, 150);
        byte[] bytes = new ProtoWriter().text(2, "testing").message(3, inner).toByteArray();
        ProtoReader reader = new ProtoReader(bytes);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("120774657374696e67" + "1a03089601");
        assertThat(reader.next()).isTrue();
        assertThat(reader.text()).isEqualTo("testing");
        assertThat(reader.next()).isTrue();
        assertThat(reader.message().next()).isTrue();
    }

    @Test
    void packedNumbersAreReadLikeSingleOnes() throws Exception {
        ProtoReader reader = new ProtoReader(HexFormat.of().parseHex("3206038e029ea705"));

        assertThat(reader.next()).isTrue();
        assertThat(reader.numbers()).containsExactly(3, 270, 86942);
    }

    @Test
    void fieldsThatNobodyLooksAtAreSkipped() throws Exception {
        // field 1 fixed64, field 2 fixed32, field 3 text, field 4 number
        ProtoReader reader =
                new ProtoReader(HexFormat.of().parseHex("090000000000000000" + "1500000000" + "1a0161" + "2001"));
        int fields = 0;
        while (reader.next()) {
            fields = fields * 10 + reader.field();
        }

        assertThat(fields).isEqualTo(1234);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08", // no value
                "0896", // number cut off
                "08ffffffffffffffffffff01", // eleven bytes
                "0a05", // text cut off
                "0affffffffffffffffff01", // a length of -1
                "0affffffff0f", // a length of 4 GB
                "0900", // fixed64 cut off
                "0b", // a group
                "00", // field 0
                "0f" // kind 7
            })
    void brokenBytesAreRefused(String hex) {
        ProtoReader reader = new ProtoReader(HexFormat.of().parseHex(hex));

        assertThatThrownBy(reader::next).isInstanceOf(ProtoException.class);
    }

    @Test
    void wrongKindsAndWrongTextAreRefused() throws Exception {
        ProtoReader number = new ProtoReader(HexFormat.of().parseHex("0801"));
        ProtoReader text = new ProtoReader(HexFormat.of().parseHex("0a02c328"));

        assertThat(number.next()).isTrue();
        assertThatThrownBy(number::text).isInstanceOf(ProtoException.class);
        assertThatThrownBy(number::message).isInstanceOf(ProtoException.class);
        assertThat(text.next()).isTrue();
        assertThatThrownBy(text::text).hasMessageContaining("UTF-8");
        assertThatThrownBy(text::number).isInstanceOf(ProtoException.class);
    }

    @Test
    void longListsOfNumbersAreRefused() throws Exception {
        ProtoReader reader =
                new ProtoReader(new ProtoWriter().bytes(1, new byte[20_000]).toByteArray());

        assertThat(reader.next()).isTrue();
        assertThatThrownBy(reader::numbers).hasMessageContaining("more than 10000");
    }

    @Test
    void randomMessagesComeBackAsTheyWere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            int field = 1 + random.nextInt(1 << 20);
            long number = random.nextLong() >> random.nextInt(64);
            String text = "ä".repeat(random.nextInt(300));
            ProtoReader reader = new ProtoReader(new ProtoWriter()
                    .number(field, number)
                    .text(field + 1, text)
                    .toByteArray());

            assertThat(reader.next()).as("seed " + seed).isTrue();
            assertThat(reader.number()).as("seed " + seed).isEqualTo(number);
            assertThat(reader.next()).as("seed " + seed).isTrue();
            assertThat(reader.field()).as("seed " + seed).isEqualTo(field + 1);
            assertThat(reader.text()).as("seed " + seed).isEqualTo(text);
        }
    }
}
