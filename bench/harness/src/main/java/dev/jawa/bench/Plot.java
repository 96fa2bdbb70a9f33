package dev.jawa.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws results as SVG, without scripts and with the viewer's own fonts. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LEFT = 150;
    private static final int RIGHT = 30;
    private static final int TOP = 48;
    private static final int ROW = 18;
    private static final int HEADING = 16;
    private static final int PANEL = 280;
    private static final List<String> COLOURS = List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a");

    private final StringBuilder text = new StringBuilder();

    private Plot(int width, int height, String title) {
        append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
                + "font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n", width, height);
        label(width / 2.0, 20, "middle", "#000", title);
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
        var plot = new Plot(WIDTH, height, title);
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
     * What is drawn of one figure.
     *
     * @param title its heading
     * @param ratios by program, then by engine
     * @param means the geometric means by engine
     */
    record Panel(String title, Map<String, Map<String, Double>> ratios, Map<String, Double> means) {
    }

    /**
     * Ratios, a panel for each figure, in it a row for each program and a colour for each engine, from left to right by
     * their logarithms.
     */
    static String ratios(String title, List<Panel> panels) {
        List<String> engines = List.copyOf(panels.getFirst().means().keySet());
        List<String> programs = List.copyOf(panels.getFirst().ratios().keySet());
        int height = TOP + HEADING * (engines.size() + 1) + ROW * programs.size() + 40;
        int width = LEFT + panels.size() * (PANEL + RIGHT);
        var plot = new Plot(width, height, title);
        double top = TOP + HEADING * (engines.size() + 1.0);
        for (int row = 0; row < programs.size(); row++) {
            double y = top + ROW * (row + 0.5);
            plot.label(LEFT - 10.0, y + 4, "end", "#000", programs.get(row));
            plot.line(LEFT, y, width - RIGHT, y, "#eaeef2");
        }
        for (int i = 0; i < panels.size(); i++) {
            plot.panel(panels.get(i), engines, programs, LEFT + i * (PANEL + (double) RIGHT), top);
        }
        return plot.end();
    }

    private void panel(Panel panel, List<String> engines, List<String> programs, double left, double top) {
        label(left, TOP, "start", "#000", panel.title());
        for (int i = 0; i < engines.size(); i++) {
            double y = TOP + HEADING * (i + 1.0);
            String engine = engines.get(i);
            dot(left + 4, y - 4, COLOURS.get(i % COLOURS.size()), engine);
            label(left + 12, y, "start", "#000", panel.means().containsKey(engine)
                    ? "%s %.2f".formatted(engine, panel.means().get(engine)) : engine + ": none");
        }
        double[] all = DoubleStream.concat(DoubleStream.of(1), panel.ratios().values().stream()
                .flatMap(row -> row.values().stream()).mapToDouble(ratio -> ratio)).toArray();
        Scale across = Scale.of(all, left, left + PANEL);
        double bottom = top + ROW * programs.size();
        for (double tick : across.ticks()) {
            line(across.place(tick), top, across.place(tick), bottom, tick == 1 ? "#24292f" : "#d0d7de");
            label(across.place(tick), bottom + 16, "middle", "#57606a", number(tick));
        }
        for (int row = 0; row < programs.size(); row++) {
            double y = top + ROW * (row + 0.5);
            panel.ratios().get(programs.get(row)).forEach((engine, ratio) -> dot(across.place(ratio), y,
                    COLOURS.get(engines.indexOf(engine) % COLOURS.size()), "%s %.2f".formatted(engine, ratio)));
        }
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
