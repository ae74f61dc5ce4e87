package dev.lookbook.bench.results;

/** A part of a page that a command writes, between two markers that readers of the page do not see. */
final class Block {
    private Block() {}

    /**
     * The page with the content of one block replaced.
     *
     * @throws IllegalArgumentException if the page does not have the block's markers, once each and in order
     */
    static String replace(String page, String name, String content) {
        String begin = "<!-- " + name + ": written by bench/results -->\n";
        String end = "<!-- end of " + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from || page.indexOf(begin, from + 1) >= 0 || page.indexOf(end, to + 1) >= 0) {
            throw new IllegalArgumentException("the page must have one line \"" + begin.strip()
                    + "\" and after it one \"" + end + "\". Put them where the table is to stand");
        }
        return page.substring(0, from + begin.length()) + content.strip() + "\n" + page.substring(to);
    }
}
