package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Functions of one kind by their names, and which of them a call means. Immutable. */
final class Overloads<F extends Overload> {
  private final List<F> functions;
  private final Map<String, List<F>> byName = new TreeMap<>();
  private final boolean isNullForNull;

  /**
   * @param isNullForNull whether the result is NULL if an argument is, whichever overload is called
   */
  Overloads(List<F> found, boolean isNullForNull) {
    this.isNullForNull = isNullForNull;
    List<F> sorted = new ArrayList<>(found);
    // Reflection gives methods in no order.
    sorted.sort(
        Comparator.<F, String>comparing(Overload::name)
            .thenComparing(function -> function.signature().parameterCount())
            .thenComparing(function -> function.signature().toString()));
    functions = Collections.unmodifiableList(sorted);
    for (F function : functions) {
      for (String name : function.names()) {
        byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(function);
      }
    }
  }

  List<F> all() {
    return functions;
  }

  Set<String> names() {
    return byName.keySet();
  }

  List<F> find(String name) {
    return Collections.unmodifiableList(
        byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /**
   * The function of a name, of which there are some, whose parameters are nearest to the arguments.
   */
  FunctionResolution resolve(
      String name, List<Argument> arguments, BiFunction<F, Match, FunctionResolution> resolved) {
    try {
      return choose(find(name), arguments, resolved);
    } catch (MillraceException e) {
      return new FunctionResolution.Unresolved("bad-type-text", e.message(), Optional.empty());
    }
  }

  private FunctionResolution choose(
      List<F> overloads,
      List<Argument> arguments,
      BiFunction<F, Match, FunctionResolution> resolved) {
    Map<F, Match> nearest = nearest(overloads, arguments);
    if (nearest.isEmpty()) {
      return unresolved(
          "no-such-overload",
          "function '" + overloads.get(0).name() + "' does not take " + texts(arguments),
          "it is ",
          overloads);
    }
    // An untyped NULL fits everything equally well.
    if (nearest.size() > 1 && !(isNullForNull && hasNull(arguments))) {
      return unresolved(
          "ambiguous-call",
          "the call of '"
              + overloads.get(0).name()
              + "' with "
              + texts(arguments)
              + " is ambiguous",
          "cast an argument to choose from ",
          List.copyOf(nearest.keySet()));
    }
    Map.Entry<F, Match> first = nearest.entrySet().iterator().next();
    return resolved.apply(first.getKey(), first.getValue());
  }

  private Map<F, Match> nearest(List<F> overloads, List<Argument> arguments) {
    Map<F, Match> nearest = new LinkedHashMap<>();
    int fewest = Integer.MAX_VALUE;
    for (F overload : overloads) {
      Optional<Match> match = overload.signature().match(arguments);
      if (match.isPresent() && match.get().steps() <= fewest) {
        if (match.get().steps() < fewest) {
          nearest.clear();
        }
        fewest = match.get().steps();
        nearest.put(overload, match.get());
      }
    }
    return nearest;
  }

  private static boolean hasNull(List<Argument> arguments) {
    return arguments.stream()
        .anyMatch(
            argument -> argument instanceof Argument.Value value && value.type() == DataType.NULL);
  }

  private FunctionResolution unresolved(
      String code, String message, String hint, List<F> candidates) {
    List<String> texts = candidates.stream().map(Overload::text).toList();
    return new FunctionResolution.Unresolved(
        code, message, Optional.of(hint + String.join(" or ", texts)));
  }

  private static String texts(List<Argument> arguments) {
    List<String> texts = arguments.stream().map(Argument::text).toList();
    return "(" + String.join(", ", texts) + ")";
  }
}
