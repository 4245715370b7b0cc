package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What aggregates are called; several of one name differ in the number of their arguments. */
final class AggregateNames {
  private static final Map<String, List<AggregateFunction>> FUNCTIONS = functions();

  private AggregateNames() {}

  private static Map<String, List<AggregateFunction>> functions() {
    Map<String, List<AggregateFunction>> functions = new HashMap<>();
    for (AggregateFunction function : AggregateFunction.values()) {
      functions.computeIfAbsent(function.sqlName(), unused -> new ArrayList<>()).add(function);
    }
    Comparator<AggregateFunction> bySize =
        Comparator.comparingInt(function -> AggregateSignature.of(function).size());
    functions.values().forEach(overloads -> overloads.sort(bySize));
    functions.put("stddev", List.of(AggregateFunction.STDDEV_SAMP));
    return functions;
  }

  static boolean isAggregate(String name) {
    return FUNCTIONS.containsKey(name);
  }

  static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  /** The aggregates of a name, by their number of arguments; none if there is none. */
  static List<AggregateFunction> of(String name) {
    return FUNCTIONS.getOrDefault(name, List.of());
  }
}
