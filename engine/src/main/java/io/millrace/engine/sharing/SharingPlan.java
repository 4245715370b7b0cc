package io.millrace.engine.sharing;

import io.millrace.language.plan.StreamDeclaration;
import java.util.List;

/**
 * Whether a job can be shared.
 *
 * @param obstacle why it cannot, for people, as what follows "since"; empty if it can
 * @param readsTopics whether at least its inputs can be
 * @param sources the streams that it reads
 * @param meaning a short text that is the same for all processes that share it
 */
public record SharingPlan(
    String obstacle, boolean readsTopics, List<StreamDeclaration> sources, String meaning) {
  public SharingPlan {
    sources = List.copyOf(sources);
  }

  public boolean isPossible() {
    return obstacle.isEmpty();
  }

  /** The plan in words, a line, for EXPLAIN. */
  public String print() {
    return "  several processes: "
        + (isPossible() ? "yes, each with some partitions of " + names() : "no, since " + obstacle)
        + '\n';
  }

  private String names() {
    return String.join(", ", sources.stream().map(stream -> "'" + stream.name() + "'").toList());
  }
}
