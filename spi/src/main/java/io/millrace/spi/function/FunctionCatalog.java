package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/**
 * All functions that a script may call. Immutable. Names have no case; several functions of one
 * name are overloads with different parameters.
 */
public final class FunctionCatalog {
  private final List<FunctionProvider> providers;
  private final List<FunctionDescriptor> functions;
  private final Map<String, List<FunctionDescriptor>> byName = new TreeMap<>();

  private FunctionCatalog(List<FunctionProvider> providers) {
    this.providers = List.copyOf(providers);
    List<FunctionDescriptor> found = new ArrayList<>();
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (FunctionProvider provider : providers) {
      classes.addAll(provider.functionClasses());
    }
    for (Class<?> type : classes) {
      found.addAll(FunctionRegistration.of(type));
    }
    refuseDuplicates(found);
    // Reflection gives methods in no order.
    found.sort(
        Comparator.comparing(FunctionDescriptor::name)
            .thenComparing(function -> function.signature().parameterCount())
            .thenComparing(function -> function.signature().toString()));
    functions = Collections.unmodifiableList(found);
    for (FunctionDescriptor function : functions) {
      for (String name : function.names()) {
        byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(function);
      }
    }
  }

  /**
   * The functions of some providers.
   *
   * @throws MillraceException if a method cannot be a function; the message names class and method
   */
  public static FunctionCatalog of(List<FunctionProvider> providers) {
    return new FunctionCatalog(providers);
  }

  /** The functions of all providers that the ServiceLoader finds: the built-in ones among them. */
  public static FunctionCatalog load() {
    List<FunctionProvider> providers = new ArrayList<>();
    ServiceLoader.load(FunctionProvider.class).forEach(providers::add);
    return new FunctionCatalog(providers);
  }

  /** A catalog that also has the functions of these providers. */
  public FunctionCatalog with(List<FunctionProvider> more) {
    List<FunctionProvider> all = new ArrayList<>(providers);
    all.addAll(more);
    return new FunctionCatalog(all);
  }

  /** The overloads of a name or synonym, in any case; empty if there is no such function. */
  public List<FunctionDescriptor> find(String name) {
    return Collections.unmodifiableList(
        byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** All names and synonyms that a script may write, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>(byName.keySet());
    names.removeIf(name -> name.startsWith("$"));
    return names;
  }

  /** All functions that a script may write, sorted by name, then by parameters. */
  public List<FunctionDescriptor> all() {
    return functions.stream().filter(function -> !function.isHidden()).toList();
  }

  /**
   * Finds the overload for a call: the one whose parameters are nearest to the arguments.
   *
   * @param name in any case
   * @param arguments the types of the arguments, or that they are lambdas
   */
  public FunctionResolution resolve(String name, List<Argument> arguments) {
    List<FunctionDescriptor> overloads = find(name);
    if (overloads.isEmpty()) {
      return new FunctionResolution.Unresolved(
          "unknown-function", "unknown function '" + name + "'", NearestName.hint(name, names()));
    }
    try {
      return choose(overloads, arguments);
    } catch (MillraceException e) {
      return new FunctionResolution.Unresolved("bad-type-text", e.message(), Optional.empty());
    }
  }

  private static FunctionResolution choose(
      List<FunctionDescriptor> overloads, List<Argument> arguments) {
    Map<FunctionDescriptor, Match> nearest = nearest(overloads, arguments);
    if (nearest.isEmpty()) {
      return unresolved(
          "no-such-overload",
          "function '" + overloads.get(0).name() + "' does not take " + texts(arguments),
          "it is ",
          overloads);
    }
    if (nearest.size() > 1 && !hasNull(arguments)) {
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
    // An untyped NULL fits everything equally well: the result is NULL whichever is called.
    Map.Entry<FunctionDescriptor, Match> first = nearest.entrySet().iterator().next();
    return new FunctionResolution.Resolved(first.getKey(), first.getValue());
  }

  private static Map<FunctionDescriptor, Match> nearest(
      List<FunctionDescriptor> overloads, List<Argument> arguments) {
    Map<FunctionDescriptor, Match> nearest = new LinkedHashMap<>();
    int fewest = Integer.MAX_VALUE;
    for (FunctionDescriptor overload : overloads) {
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

  private static FunctionResolution unresolved(
      String code, String message, String hint, List<FunctionDescriptor> candidates) {
    List<String> texts = candidates.stream().map(FunctionDescriptor::text).toList();
    return new FunctionResolution.Unresolved(
        code, message, Optional.of(hint + String.join(" or ", texts)));
  }

  private static String texts(List<Argument> arguments) {
    List<String> texts = arguments.stream().map(Argument::text).toList();
    return "(" + String.join(", ", texts) + ")";
  }

  private static void refuseDuplicates(List<FunctionDescriptor> functions) {
    Map<String, FunctionDescriptor> seen = new HashMap<>();
    for (FunctionDescriptor function : functions) {
      for (String name : function.names()) {
        String call = name + function.signature().parametersText();
        FunctionDescriptor other = seen.putIfAbsent(call, function);
        if (other != null) {
          throw FunctionRegistration.refused(
              function.method(),
              call
                  + " is there already, by "
                  + other.method().getDeclaringClass().getName()
                  + "."
                  + other.method().getName());
        }
      }
    }
  }
}
