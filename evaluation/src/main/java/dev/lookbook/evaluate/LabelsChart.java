package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.evaluate.Sheet.Align;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/** How many images each class has. */
final class LabelsChart {
    private static final Font TEXT = Look.plain(13);
    private static final double BAR = 420;
    private static final double ROW = 28;

    private LabelsChart() {}

    static BufferedImage draw(LabelledImages images, Look look) {
        int[] counts = images.countOfEachLabel();
        double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        double left = 20 + Math.min(180, Sheet.widest(images.labels(), TEXT)) + 12;
        Sheet sheet = new Sheet(left + BAR + 150, 60 + counts.length * ROW + 16, look);
        String title = String.format(Locale.ROOT, "%,d images in %d classes", images.count(), counts.length);
        sheet.text(title, 20, 26, Align.LEFT, Look.bold(15), look.ink);
        for (int c = 0; c < counts.length; c++) {
            double y = 54 + c * ROW;
            double wide = BAR * counts[c] / most;
            String share = String.format(
                    Locale.ROOT, "%,d  (%.1f%%)", counts[c], 100.0 * counts[c] / Math.max(1, images.count()));
            sheet.text(
                    sheet.fit(images.labels().get(c), TEXT, 180), left - 12, y + ROW / 2, Align.RIGHT, TEXT, look.ink);
            sheet.fill(left, y + 5, wide, ROW - 10, look.right);
            sheet.text(share, left + wide + 8, y + ROW / 2, Align.LEFT, TEXT, look.faint);
        }
        return sheet.finish();
    }
}
