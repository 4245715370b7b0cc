package io.millrace.engine.delivery;

import io.millrace.engine.delivery.SinkDelivery.Way;
import java.util.List;
import java.util.Optional;

/**
 * What a job promises.
 *
 * @param keepsSnapshots whether it goes on from a snapshot after a crash
 * @param reason why it does or does not, for people
 * @param authority the name of the system whose transactions commit the snapshots; empty if their
 *     manifests do
 * @param lossy the streams whose rows may be left out under overload
 * @param repeated the inputs whose rows may come twice after a crash, as they give again what was
 *     not acknowledged
 * @param sinks every sink
 */
public record DeliveryPlan(
    boolean keepsSnapshots,
    String reason,
    String authority,
    List<String> lossy,
    List<String> repeated,
    List<SinkDelivery> sinks) {
  public DeliveryPlan {
    lossy = List.copyOf(lossy);
    repeated = List.copyOf(repeated);
    sinks = List.copyOf(sinks);
  }

  /** How the output of a stream becomes final. */
  public Way way(String stream) {
    return find(stream).map(SinkDelivery::way).orElse(Way.FLUSH);
  }

  /** Whether the rows of a stream are numbered; empty if its sink cannot, or need not. */
  public Optional<RowNumbering> numbering(String stream) {
    return find(stream).flatMap(SinkDelivery::numbering);
  }

  /** Whether the rows of all sinks may come twice after a crash. */
  public boolean mayRepeat() {
    return sinks.stream().allMatch(sink -> sink.way().mayRepeat());
  }

  private Optional<SinkDelivery> find(String stream) {
    return sinks.stream().filter(sink -> sink.stream().equals(stream)).findFirst();
  }

  /** The plan in words, a line each, for EXPLAIN. */
  public String print() {
    StringBuilder text = new StringBuilder("Delivery\n");
    text.append("  snapshots: ").append(reason).append('\n');
    if (keepsSnapshots) {
      text.append("  committed by: ")
          .append(authority.isEmpty() ? "the snapshot's manifest" : "transactions of " + authority)
          .append('\n');
    }
    for (String stream : lossy) {
      text.append("  rows of '").append(stream).append("' may be left out under overload\n");
    }
    for (String stream : repeated) {
      text.append("  rows of '")
          .append(stream)
          .append("' may count twice after a crash: those come again that were not acknowledged,")
          .append(" which they are behind the commit\n");
    }
    for (SinkDelivery sink : sinks) {
      text.append("  ")
          .append(sink.stream())
          .append(": ")
          .append(repeated.isEmpty() ? sink.way().guarantee() : Way.FLUSH.guarantee())
          .append(", ")
          .append(sink.reason())
          .append('\n');
      sink.numbering()
          .ifPresent(it -> text.append("    millrace-seq: ").append(it.print()).append('\n'));
    }
    return text.toString();
  }
}
