package io.millrace.compiler.graph;

import io.millrace.language.expression.Constant;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.operators.pattern.PatternSpec.Origin;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds which columns of the events of a pattern are those of one of its streams. */
final class PatternOrigins {
  private PatternOrigins() {}

  /** Those of each stream, in the order of their numbers. */
  static List<Origin> of(PatternNode node) {
    List<Origin> origins = new ArrayList<>();
    PlanNode events = node.input();
    while (events instanceof SortNode || events instanceof LateIntoNode) {
      events = events.inputs().get(0);
    }
    List<PlanNode> streams = events instanceof UnionNode union ? union.union() : List.of(events);
    for (PlanNode stream : streams) {
      origins.add(origin(stream, node.keys(), node.input().schema()));
    }
    return origins;
  }

  /** The columns of the stream itself; a key that is none of them goes before. */
  private static Origin origin(PlanNode stream, int keys, Schema events) {
    List<Integer> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    Set<String> own = new HashSet<>();
    for (int i = 1 + keys; i < events.size(); i++) {
      if (has(stream, i)) {
        String name = events.name(i);
        columns.add(i);
        fields.add(new Field(name.substring(name.indexOf('.') + 1), events.type(i)));
        own.add(fields.get(fields.size() - 1).name());
      }
    }
    for (int key = keys; key >= 1; key--) {
      if (!own.contains(events.name(key))) {
        columns.add(0, key);
        fields.add(0, events.field(key));
      }
    }
    return new Origin(columns, new Schema(fields));
  }

  /** Whether a column is not one of another stream, which is NULL. */
  private static boolean has(PlanNode stream, int column) {
    return !(stream instanceof ProjectNode project
        && project.expressions().get(column).expression() instanceof Constant constant
        && constant.value() == null);
  }
}
