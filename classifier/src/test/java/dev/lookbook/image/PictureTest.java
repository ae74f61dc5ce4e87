package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void copiesAnImageOfAnyType(int type) {
        BufferedImage image = Samples.drawn(type);

        Picture picture = Picture.of(image);
        image.setRGB(0, 0, 0);

        assertThat(picture.rgb(0, 0)).isEqualTo(Samples.RED);
        assertThat(picture.rgb(47, 0)).isEqualTo(Samples.GREEN);
        assertThat(picture.rgb(0, 31)).isEqualTo(Samples.BLUE);
        assertThat(picture.rgb(47, 31)).isEqualTo(Samples.YELLOW);
        assertThat(picture.isGrey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void transparencyIsLaidOverWhite(int type) {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, new Color(200, 0, 100, 51).getRGB()); // a fifth

        Picture picture = Picture.of(image);

        assertThat(picture.rgb(0, 0)).isEqualTo(0xF4CCE0);
        assertThat(picture.rgb(1, 0)).isEqualTo(0xFFFFFF);
    }

    @Test
    void aPaletteMayBeTransparentToo() {
        byte[] levels = {0, 100};
        IndexColorModel palette = new IndexColorModel(1, 2, levels, new byte[2], new byte[2], 0);
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setPixels(0, 0, 2, 1, new int[] {0, 1});

        Picture picture = Picture.of(image);

        assertThat(picture.rgb(0, 0)).isEqualTo(0xFFFFFF);
        assertThat(picture.rgb(1, 0)).isEqualTo(0x640000);
    }

    @Test
    void greyMayBeTransparentToo() {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {100, 255, 100, 51});

        Picture picture = Picture.of(new BufferedImage(model, raster, false, null));

        assertThat(picture.greyPixels()).containsExactly(100, (byte) 224);
    }

    @Test
    void otherColourSpacesBecomeSrgb() {
        ColorModel linear = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = linear.createCompatibleWritableRaster(1, 1);
        raster.setPixels(0, 0, 1, 1, new int[] {255, 55, 0});

        int rgb = Picture.of(new BufferedImage(linear, raster, false, null)).rgb(0, 0);

        assertThat(rgb >> 16).isEqualTo(255);
        assertThat(rgb >> 8 & 0xFF).as("55/255 of the light").isBetween(126, 130);
        assertThat(rgb & 0xFF).isLessThan(3);
    }

    @Test
    void greyOfColoursIsBt601() {
        byte[] rgb = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 9, 9, 9};

        assertThat(Picture.colour(4, 1, rgb).greyPixels()).containsExactly(76, (byte) 150, 29, 9);
    }

    @Test
    void comesBackFromAnImage() {
        for (Picture picture : Arrays.asList(
                Picture.of(Samples.drawn(BufferedImage.TYPE_INT_RGB)),
                Picture.grey(2, 1, new byte[] {7, (byte) 200}))) {
            Picture again = Picture.of(picture.toImage());

            assertThat(again.samples()).isEqualTo(picture.samples());
            assertThat(again.isGrey()).isEqualTo(picture.isGrey());
        }
    }

    @Test
    void keepsItsOwnCopyOfThePixels() {
        byte[] pixels = {1, 2};
        Picture picture = Picture.grey(2, 1, pixels);

        pixels[0] = 99;
        picture.greyPixels()[1] = 99;

        assertThat(picture.greyPixels()).containsExactly(1, 2);
    }

    @Test
    void sizesThatDisagreeAreRefused() {
        assertThatThrownBy(() -> Picture.grey(2, 2, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a picture of 2 x 2 pixels and 1 channels cannot have 3 values");
        assertThatThrownBy(() -> Picture.colour(65536, 65536, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Picture.grey(0, 1, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlaceOutsideIsRefused() {
        Picture picture = Picture.grey(2, 1, new byte[2]);

        assertThatThrownBy(() -> picture.rgb(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> picture.rgb(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
