package io.millrace.benchmarks.snapshots;

import java.util.List;
import java.util.Locale;

/** A drawing of recovery times against sizes of state, both axes logarithmic. */
final class RecoveryPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int TOP = 20;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 50;
  private static final double[] BYTES = {1e6, 1e7, 1e8, 1e9, 1e10};
  private static final String[] BYTE_NAMES = {"1 MB", "10 MB", "100 MB", "1 GB", "10 GB"};
  private static final double[] SECONDS = {0.01, 0.1, 1, 10};
  private static final String[] SECOND_NAMES = {"10 ms", "100 ms", "1 s", "10 s"};

  private final List<Point> points;
  private final StringBuilder text = new StringBuilder();

  /**
   * A measurement.
   *
   * @param bytes of state on the heap
   * @param seconds until the first row
   */
  record Point(double bytes, double seconds) {}

  RecoveryPlot(List<Point> points) {
    this.points = List.copyOf(points);
  }

  /** The drawing. */
  String svg() {
    text.setLength(0);
    text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    text.append(WIDTH).append(' ').append(HEIGHT).append("\" font-family=\"sans-serif\"");
    text.append(" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (int i = 0; i < BYTES.length; i++) {
      line(x(BYTES[i]), TOP, x(BYTES[i]), HEIGHT - BOTTOM);
      label(x(BYTES[i]), HEIGHT - BOTTOM + 18, "middle", BYTE_NAMES[i]);
    }
    for (int i = 0; i < SECONDS.length; i++) {
      line(LEFT, y(SECONDS[i]), WIDTH - RIGHT, y(SECONDS[i]));
      label(LEFT - 8, y(SECONDS[i]) + 4, "end", SECOND_NAMES[i]);
    }
    label((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "state on the heap");
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.length() == 0 ? "M" : " L").append(number(x(point.bytes)));
      path.append(' ').append(number(y(point.seconds)));
      text.append("<circle cx=\"").append(number(x(point.bytes)));
      text.append("\" cy=\"").append(number(y(point.seconds))).append("\" r=\"4\"/>\n");
      label(
          x(point.bytes) + 8,
          y(point.seconds) + 16,
          "start",
          String.format(Locale.ROOT, "%.2f s", point.seconds));
    }
    text.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"black\"/>\n</svg>\n");
    return text.toString();
  }

  private static double x(double bytes) {
    return along(bytes, BYTES, LEFT, WIDTH - RIGHT);
  }

  private static double y(double seconds) {
    return along(seconds, SECONDS, HEIGHT - BOTTOM, TOP);
  }

  private static double along(double value, double[] scale, double from, double to) {
    double whole = Math.log(scale[scale.length - 1] / scale[0]);
    return from + (to - from) * Math.log(value / scale[0]) / whole;
  }

  private void line(double x1, double y1, double x2, double y2) {
    text.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
    text.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
    text.append("\" stroke=\"#ccc\"/>\n");
  }

  private void label(double x, double y, String anchor, String label) {
    text.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    text.append("\" text-anchor=\"").append(anchor).append("\">").append(label).append("</text>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
