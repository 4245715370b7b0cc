package io.millrace.engine.show;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.GraphPrinter;
import io.millrace.runtime.circuit.OperatorMetrics;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints the operators of a running job with what they have done. */
public final class OperatorNotes {
  private final Map<String, OperatorMetrics> entries = new HashMap<>();
  private final Map<Integer, OperatorMetrics> steps = new HashMap<>();

  private OperatorNotes(List<OperatorMetrics> metrics) {
    for (OperatorMetrics one : metrics) {
      if (one.node() < 0) {
        entries.put(one.operator(), one);
      } else {
        steps.put(one.node(), one);
      }
    }
  }

  /** The answer to EXPLAIN ANALYZE: a line for each operator of a script, above its inputs. */
  public static String explain(CompiledScript script, List<OperatorMetrics> metrics) {
    OperatorNotes notes = new OperatorNotes(metrics);
    int parallelism = (int) script.settings().getLong(StreamOptions.PARALLELISM);
    return GraphPrinter.print(script.graph(), parallelism, notes::of);
  }

  /** The same for one stream or query. */
  public static String explain(
      CompiledScript script, List<OperatorMetrics> metrics, String wanted) {
    OperatorNotes notes = new OperatorNotes(metrics);
    int parallelism = (int) script.settings().getLong(StreamOptions.PARALLELISM);
    List<String> known = new ArrayList<>();
    for (GraphNode node : script.graph().nodes()) {
      if (node instanceof GraphNode.Exit exit && exit.stream().equalsIgnoreCase(wanted)) {
        return GraphPrinter.print(script.graph(), parallelism, notes::of, exit);
      }
      if (node instanceof GraphNode.Exit exit) {
        known.add(exit.stream());
      }
    }
    throw new MillraceException(
        "unknown stream or query '"
            + wanted
            + "'; "
            + NearestName.hint(wanted, known)
                .orElse("there are " + (known.isEmpty() ? "none" : String.join(", ", known))));
  }

  private String of(GraphNode node) {
    OperatorMetrics known =
        node instanceof GraphNode.Entry entry ? entries.get(entry.stream()) : steps.get(node.id());
    return known == null ? "" : " | " + text(known);
  }

  private static String text(OperatorMetrics metrics) {
    StringBuilder text = new StringBuilder();
    text.append(metrics.rows()).append(metrics.rows() == 1 ? " row" : " rows");
    if (metrics.late() > 0) {
      text.append(", ").append(metrics.late()).append(" late");
    }
    if (metrics.entries() > 0) {
      text.append(", ").append(metrics.entries()).append(" held");
    }
    return text.append(", ").append(watermark(metrics.watermark())).toString();
  }

  private static String watermark(long millis) {
    if (millis == Timeline.END) {
      return "inputs have ended";
    }
    return millis == Timeline.NEVER ? "no watermark" : "watermark " + Instant.ofEpochMilli(millis);
  }
}
