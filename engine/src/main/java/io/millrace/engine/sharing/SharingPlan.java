package io.millrace.engine.sharing;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.language.plan.StreamDeclaration;
import java.util.List;

/**
 * Whether a job can be shared.
 *
 * @param obstacle why it cannot, for people, as what follows "since"; empty if it can
 * @param readsTopics whether at least its inputs can be
 * @param sources the streams that it reads
 * @param meaning a short text that is the same for all processes that share it
 * @param script the script as each part runs it
 * @param exchanges for people, where parts give each other rows, and why
 */
public record SharingPlan(
    String obstacle,
    boolean readsTopics,
    List<StreamDeclaration> sources,
    String meaning,
    CompiledScript script,
    List<String> exchanges) {
  public SharingPlan {
    sources = List.copyOf(sources);
    exchanges = List.copyOf(exchanges);
  }

  public boolean isPossible() {
    return obstacle.isEmpty();
  }

  /** The plan in words, a line, and one for each exchange, for EXPLAIN. */
  public String print() {
    if (!isPossible()) {
      return "  several processes: no, since " + obstacle + '\n';
    }
    StringBuilder out =
        new StringBuilder("  several processes: yes, each with some partitions of ");
    out.append(names()).append('\n');
    exchanges.forEach(exchange -> out.append("    ").append(exchange).append('\n'));
    return out.toString();
  }

  private String names() {
    return String.join(", ", sources.stream().map(stream -> "'" + stream.name() + "'").toList());
  }
}
