package io.millrace.compiler.graph;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.spi.time.Slack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names the state of a script's operators by what it means, so that a snapshot is restored into the
 * operators that would have made it. A name is a hash of the plan below the operator as analysis
 * gave it, the queries that feed its streams included: rewrites, fusion, constants that are lifted,
 * the names of queries and their places in the script have no part in it. Operators of one meaning
 * are numbered in the order of the script.
 */
public final class StateIdentities {
  /** Names change when what goes into them changes: this goes into all. */
  private static final String FORM = "1";

  private final Map<Integer, Deque<String>> byPlace = new HashMap<>();
  private final Map<String, String> tables = new HashMap<>();
  private final Map<Integer, String> changes = new HashMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private final Map<String, List<QueryPlan>> feeding = new LinkedHashMap<>();
  private final Map<String, String> meanings = new HashMap<>();

  private StateIdentities(ScriptPlan script) {
    for (QueryPlan query : script.queries()) {
      StreamDeclaration target = query.target();
      if (target != null) {
        feeding.computeIfAbsent(key(target), k -> new ArrayList<>()).add(query);
      }
    }
    for (StreamDeclaration stream : script.streams()) {
      if (stream.isTable()) {
        tables.put(key(stream), named("table", meaning(stream)));
      }
    }
    for (QueryPlan query : script.queries()) {
      Deque<String> identities = new ArrayDeque<>();
      collect(query.root(), new AlignedInputs(query.root()), identities);
      byPlace.put(query.place(), identities);
      if (query.root().isChangelog()) {
        changes.put(query.place(), named("changes", meaning(query.root())));
      }
    }
  }

  /**
   * The names for the operators of a script.
   *
   * @param script before it is rewritten
   */
  public static StateIdentities of(ScriptPlan script) {
    return new StateIdentities(script);
  }

  /**
   * The name of the next operator of a query that keeps rows or groups; they are asked for as they
   * are built, inputs first. Rewrites neither add, remove nor reorder them.
   */
  String next(QueryPlan query) {
    Deque<String> identities = byPlace.get(query.place());
    String identity = identities == null ? null : identities.poll();
    if (identity == null) {
      throw new IllegalStateException("a rewrite of '" + query.name() + "' added state");
    }
    return identity;
  }

  /** The name of the contents of a table; of one of another job, which are not kept here, too. */
  String table(StreamDeclaration table) {
    return tables.computeIfAbsent(key(table), k -> named("table", meaning(table)));
  }

  /** The name of how far the queries that feed a stream have come. */
  String union(StreamDeclaration stream) {
    return named("union", meaning(stream));
  }

  /** The name of how far a stream has come by the times of a column. */
  String retimed(StreamDeclaration stream) {
    return named("time", meaning(stream));
  }

  /** The name of the rows that a query over a table has sent. */
  String changes(QueryPlan query) {
    return changes.computeIfAbsent(query.place(), place -> named("changes", meaning(query.root())));
  }

  /** The name of an operator that the rewritten plan says best. */
  String ofRewritten(String kind, PlanNode node) {
    return named(kind, meaning(node));
  }

  private void collect(PlanNode node, AlignedInputs aligned, Deque<String> identities) {
    if (node instanceof AlignNode align) {
      for (AlignNode due : aligned.due(align)) {
        collect(due.input(), aligned, identities);
      }
      identities.add(named("align", meaning(node)));
      return;
    }
    for (PlanNode input : node.inputs()) {
      collect(input, aligned, identities);
    }
    if (node instanceof JoinNode) {
      identities.add(named("join", meaning(node)));
    } else if (node instanceof PatternNode) {
      identities.add(named("pattern", meaning(node)));
    } else if (node instanceof AggregateNode) {
      identities.add(named("aggregate", meaning(node)));
    } else if (node instanceof AnalyticNode) {
      identities.add(named("analytic", meaning(node)));
    } else if (node instanceof RankNode) {
      identities.add(named("rank", meaning(node)));
    } else if (node instanceof OverNode) {
      identities.add(named("over", meaning(node)));
    } else if (node instanceof WholeRowsNode) {
      identities.add(named("rows", meaning(node)));
    } else if (node instanceof ReplacedRowsNode) {
      identities.add(named("replaced", meaning(node)));
    } else if (node instanceof BegunRowsNode) {
      identities.add(named("begun", meaning(node)));
    } else if (node instanceof NewestByKeyNode) {
      identities.add(named("newest", meaning(node)));
    } else if (node instanceof ExplodeNode exploded && exploded.keepsNumbers()) {
      identities.add(named("explode", meaning(node)));
    } else if (node instanceof DistinctNode) {
      identities.add(named("distinct", meaning(node)));
    } else if (node instanceof SortNode) {
      identities.add(named("sort", meaning(node)));
    } else if (node instanceof SequenceNode) {
      identities.add(named("sequence", meaning(node)));
    } else if (node instanceof DelayNode) {
      identities.add(named("delay", meaning(node)));
    } else if (node instanceof OrderNode) {
      identities.add(named("order", meaning(node)));
    } else if (node instanceof RateLimitNode) {
      identities.add(named("limit", meaning(node)));
    } else if (node instanceof ChangedRowsNode) {
      identities.add(named("changed", meaning(node)));
    }
  }

  private String named(String kind, String meaning) {
    String name = kind + "-" + hash(meaning);
    int number = used.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "-" + number;
  }

  private String meaning(PlanNode node) {
    StringBuilder text = new StringBuilder(PlanPrinter.print(node));
    text.append(node.schema()).append('\n');
    addStreams(node, text);
    return text.toString();
  }

  private void addStreams(PlanNode node, StringBuilder text) {
    if (node instanceof ScanNode scan) {
      text.append(meaning(scan.stream())).append('\n');
    }
    if (node instanceof LateRowsNode late) {
      addStreams(late.rows(), text);
    }
    node.inputs().forEach(input -> addStreams(input, text));
  }

  private String meaning(StreamDeclaration stream) {
    String known = meanings.get(key(stream));
    if (known != null) {
      return known;
    }
    meanings.put(key(stream), stream.name());
    StringBuilder text = new StringBuilder(stream.isTable() ? "table " : "stream ");
    text.append(key(stream)).append(' ').append(stream.schema()).append(" key ");
    text.append(stream.keyColumns()).append(' ').append(meaning(stream.time()));
    for (QueryPlan query : feeding.getOrDefault(key(stream), List.of())) {
      text.append('\n').append(meaning(query.root()));
    }
    String hash = hash(text.toString());
    meanings.put(key(stream), hash);
    return hash;
  }

  /** A fixed slack as it has been written since the first form. */
  private static String meaning(TimeAttribute time) {
    return time instanceof TimeAttribute.Watermark watermark
            && watermark.slack() instanceof Slack.Fixed fixed
        ? "Watermark[column=" + watermark.column() + ", slackMillis=" + fixed.millis() + "]"
        : time.toString();
  }

  private static String hash(String text) {
    return MeaningHash.of(FORM + "\n" + text);
  }

  private static String key(StreamDeclaration stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }
}
