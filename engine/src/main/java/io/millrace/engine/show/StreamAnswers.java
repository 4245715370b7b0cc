package io.millrace.engine.show;

import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.Rollup;
import io.millrace.language.plan.RollupGranularity;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SequenceOrder;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.spi.time.Slack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which streams, tables and queries there are, and which columns they have. */
final class StreamAnswers {
  private static final List<Unit> UNITS =
      List.of(
          new Unit(86_400_000, "DAYS"),
          new Unit(3_600_000, "HOURS"),
          new Unit(60_000, "MINUTES"),
          new Unit(1_000, "SECONDS"));
  private final List<StreamDeclaration> streams;
  private final int width;

  private record Unit(long millis, String name) {}

  StreamAnswers(List<StreamDeclaration> streams, int width) {
    this.streams = List.copyOf(streams);
    this.width = width;
  }

  /** The streams, or the tables, to which aggregations belong: both hold what can be asked for. */
  String all(boolean tables) {
    String what = tables ? "table" : "stream";
    TextTable table = new TextTable(width, what, "connector", "columns");
    for (StreamDeclaration stream : streams) {
      if ((stream.isTable() || stream.rollup() != null) == tables) {
        String columns = stream.schema().toString();
        table.add(stream.name(), connector(stream), columns.substring(1, columns.length() - 1));
      }
    }
    return table.isEmpty() ? "there are no " + what + "s\n" : table.text();
  }

  String queries(List<QueryPlan> queries) {
    TextTable table = new TextTable(width, "query", "text");
    queries.forEach(query -> table.add(query.name(), query.text().strip().replaceAll("\\s+", " ")));
    return table.isEmpty() ? "there are no queries\n" : table.text();
  }

  /** The columns of a stream or table. */
  String one(String name) {
    StreamDeclaration stream =
        streams.stream()
            .filter(s -> s.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no stream '" + name + "'"));
    StringBuilder out = new StringBuilder(stream.kind()).append(' ');
    out.append(stream.name()).append(", ");
    out.append(stream.window() == null ? "" : stream.windowText() + ", ");
    out.append(stream.connector() == null ? "in memory" : "connector '" + stream.connector() + "'");
    out.append(stream.isDerived() ? ", fed by queries" : "");
    if (!stream.isDerived() && stream.idleMillis() > 0) {
      out.append(", idle after ").append(duration(stream.idleMillis()));
    }
    out.append("\n\n");
    TextTable table = new TextTable(width, "column", "type", "");
    for (int i = 0; i < stream.schema().size(); i++) {
      table.add(stream.schema().name(i), stream.schema().type(i).sql(), notes(stream, i));
    }
    out.append(table.text());
    Rollup rollup = stream.rollup();
    return rollup == null ? out.toString() : out.append(buckets(rollup.window())).toString();
  }

  /** How long which buckets are kept. */
  private String buckets(RollupWindow window) {
    TextTable table = new TextTable(width, "per", "kept");
    for (RollupGranularity granularity : window.granularities()) {
      boolean isForever = granularity.retentionMillis() == RollupGranularity.FOREVER;
      table.add(
          granularity.unit().name().toLowerCase(Locale.ROOT) + "s",
          isForever ? "for ever" : duration(granularity.retentionMillis()));
    }
    return "\nbuckets in "
        + (window.zone() == null ? "UTC" : window.zone())
        + "\n\n"
        + table.text();
  }

  private static String connector(StreamDeclaration stream) {
    String connector = stream.connector();
    return connector != null
        ? connector
        : stream.window() == null ? "(in memory)" : "(" + stream.windowText() + ")";
  }

  private static String notes(StreamDeclaration stream, int column) {
    List<String> notes = new ArrayList<>();
    if (stream.keyColumns().contains(column)) {
      notes.add("key");
    }
    if (stream.time() instanceof TimeAttribute.Column time && time.column() == column) {
      notes.add("event time");
    }
    if (stream.time() instanceof TimeAttribute.Watermark time && time.column() == column) {
      notes.add("event time, " + slack(time.slack()));
    }
    SequenceOrder sequence = stream.sequence();
    if (sequence != null && sequence.column() == column) {
      notes.add("sequence number, a gap waits " + duration(sequence.timeoutMillis()));
    }
    return String.join(", ", notes);
  }

  private static String slack(Slack slack) {
    if (slack instanceof Slack.Fixed fixed) {
      return fixed.millis() == 0 ? "in order" : "up to " + duration(fixed.millis()) + " late";
    }
    if (slack instanceof Slack.Adaptive adaptive) {
      return "as late as lately seen" + atMost(adaptive.mostMillis());
    }
    Slack.Quality quality = (Slack.Quality) slack;
    return "as late as lately seen of "
        + quality.share()
        + " of the rows"
        + atMost(quality.mostMillis());
  }

  private static String atMost(long millis) {
    return millis == Long.MAX_VALUE ? "" : ", at most " + duration(millis);
  }

  /** A duration in the largest unit in which it is a whole number. */
  static String duration(long millis) {
    for (Unit unit : UNITS) {
      if (millis % unit.millis() == 0) {
        long count = millis / unit.millis();
        String name = unit.name();
        return count + " " + (count == 1 ? name.substring(0, name.length() - 1) : name);
      }
    }
    return millis + " MILLISECONDS";
  }
}
