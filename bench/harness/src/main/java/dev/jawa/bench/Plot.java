package dev.jawa.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws results as SVG, without scripts and with the viewer's own fonts. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LEFT = 150;
    private static final int RIGHT = 30;
    private static final int TOP = 60;
    private static final int ROW = 18;
    private static final List<String> COLOURS = List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a");

    private final StringBuilder text = new StringBuilder();

    private Plot(int height, String title) {
        append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
                + "font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n", WIDTH, height);
        label(WIDTH / 2.0, 20, "middle", "#000", title);
    }

    /**
     * A point.
     *
     * @param name of what it stands for
     * @param x to the right
     * @param y upwards
     */
    record Point(String name, double x, double y) {
    }

    /** How a value becomes a place: by its logarithm. */
    private record Scale(double low, double high, double from, double to) {
        static Scale of(double[] values, double from, double to) {
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (double value : values) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            return new Scale(Math.log(low * 0.8), Math.log(high * 1.25), from, to);
        }

        double place(double value) {
            return from + (Math.log(value) - low) / (high - low) * (to - from);
        }

        /** The powers of ten that are on it. */
        double[] ticks() {
            return IntStream.rangeClosed((int) Math.ceil(low / Math.log(10)),
                    (int) Math.floor(high / Math.log(10))).mapToDouble(power -> Math.pow(10, power)).toArray();
        }
    }

    /** Points, with logarithmic axes. */
    static String logarithmic(String title, String xUnit, String yUnit, List<Point> points) {
        int height = 420;
        var plot = new Plot(height, title);
        Scale across = Scale.of(points.stream().mapToDouble(Point::x).toArray(), 60, WIDTH - RIGHT);
        Scale up = Scale.of(points.stream().mapToDouble(Point::y).toArray(), height - 40.0, 40);
        for (double tick : across.ticks()) {
            plot.line(across.place(tick), 40, across.place(tick), height - 40.0, "#d0d7de");
            plot.label(across.place(tick), height - 24.0, "middle", "#57606a", number(tick) + " " + xUnit);
        }
        for (double tick : up.ticks()) {
            plot.line(60, up.place(tick), WIDTH - RIGHT, up.place(tick), "#d0d7de");
            plot.label(54, up.place(tick) + 4, "end", "#57606a", number(tick) + " " + yUnit);
        }
        for (Point point : points) {
            plot.dot(across.place(point.x()), up.place(point.y()), COLOURS.getFirst(), point.name());
            plot.label(across.place(point.x()) - 8, up.place(point.y()) - 6, "end", "#000", point.name());
        }
        return plot.end();
    }

    /**
     * Ratios, a row for each program and a colour for each engine, from left to right by their logarithms.
     *
     * @param ratios by program, then by engine
     * @param means the geometric means by engine
     */
    static String ratios(String title, Map<String, Map<String, Double>> ratios, Map<String, Double> means) {
        List<String> engines = List.copyOf(means.keySet());
        int height = TOP + ROW * (ratios.size() + 1) + 40;
        var plot = new Plot(height, title);
        double[] all = ratios.values().stream().flatMap(row -> row.values().stream()).mapToDouble(ratio -> ratio).toArray();
        Scale across = Scale.of(all, LEFT, WIDTH - RIGHT);
        for (double tick : across.ticks()) {
            plot.line(across.place(tick), TOP - 8.0, across.place(tick), height - 30.0, tick == 1 ? "#24292f" : "#d0d7de");
            plot.label(across.place(tick), height - 14.0, "middle", "#57606a", number(tick));
        }
        for (int i = 0; i < engines.size(); i++) {
            double x = LEFT + i * (WIDTH - LEFT - RIGHT) / (double) engines.size();
            plot.dot(x, 40, COLOURS.get(i % COLOURS.size()), engines.get(i));
            plot.label(x + 8, 44, "start", "#000", "%s %.2f".formatted(engines.get(i), means.get(engines.get(i))));
        }
        int row = 0;
        for (var program : ratios.entrySet()) {
            double y = TOP + ROW * ++row - ROW / 2.0;
            plot.label(LEFT - 10.0, y + 4, "end", "#000", program.getKey());
            plot.line(LEFT, y, WIDTH - RIGHT, y, "#eaeef2");
            program.getValue().forEach((engine, ratio) -> plot.dot(across.place(ratio), y,
                    COLOURS.get(engines.indexOf(engine) % COLOURS.size()), "%s %.2f".formatted(engine, ratio)));
        }
        return plot.end();
    }

    private static String number(double value) {
        return value >= 1 ? "%.0f".formatted(value) : Double.toString(value);
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        append("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, colour);
    }

    private void dot(double x, double y, String colour, String name) {
        append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\" fill-opacity=\"0.8\"><title>%s</title></circle>%n", x, y,
                colour, escape(name));
    }

    private void label(double x, double y, String anchor, String colour, String label) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour,
                escape(label));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void append(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format.replace("%n", "\n"), arguments));
    }

    private String end() {
        return text.append("</svg>\n").toString();
    }
}
