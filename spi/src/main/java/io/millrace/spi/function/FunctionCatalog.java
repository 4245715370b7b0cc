package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * All functions, and users' aggregates, that a script may call. Immutable. Names have no case;
 * several functions of one name are overloads with different parameters.
 */
public final class FunctionCatalog {
  private final List<FunctionProvider> providers;
  private final Overloads<FunctionDescriptor> functions;
  private final Overloads<AggregateDescriptor> aggregates;

  private FunctionCatalog(List<FunctionProvider> providers) {
    this.providers = List.copyOf(providers);
    List<FunctionDescriptor> functionsFound = new ArrayList<>();
    List<AggregateDescriptor> aggregatesFound = new ArrayList<>();
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (FunctionProvider provider : providers) {
      classes.addAll(provider.functionClasses());
    }
    for (Class<?> type : classes) {
      AggregateFunction annotation = type.getAnnotation(AggregateFunction.class);
      if (annotation != null) {
        aggregatesFound.add(AggregateRegistration.of(type, annotation));
      } else {
        functionsFound.addAll(FunctionRegistration.of(type));
      }
    }
    refuseDuplicates(functionsFound);
    functions = new Overloads<>(functionsFound, true);
    refuseTaken(aggregatesFound, functions);
    aggregates = new Overloads<>(aggregatesFound, false);
  }

  /**
   * The functions of some providers.
   *
   * @throws MillraceException if a method or class cannot be a function; the message names it
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
    if (more.isEmpty()) {
      return this;
    }
    List<FunctionProvider> all = new ArrayList<>(providers);
    all.addAll(more);
    return new FunctionCatalog(all);
  }

  /** The overloads of a name or synonym, in any case; empty if there is no such function. */
  public List<FunctionDescriptor> find(String name) {
    return functions.find(name);
  }

  /** All names and synonyms of functions that a script may write, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>(functions.names());
    names.removeIf(name -> name.startsWith("$"));
    return names;
  }

  /** All functions that a script may write, sorted by name, then by parameters. */
  public List<FunctionDescriptor> all() {
    return functions.all().stream().filter(function -> !function.isHidden()).toList();
  }

  /** Users' aggregates of a name or synonym, in any case; empty if there is none. */
  public List<AggregateDescriptor> findAggregates(String name) {
    return aggregates.find(name);
  }

  /** All names and synonyms of users' aggregates, sorted. */
  public List<String> aggregateNames() {
    return List.copyOf(aggregates.names());
  }

  /** All users' aggregates, sorted by name, then by parameters. */
  public List<AggregateDescriptor> aggregates() {
    return aggregates.all();
  }

  /**
   * Finds the overload for a call: the one whose parameters are nearest to the arguments.
   *
   * @param name in any case
   * @param arguments the types of the arguments, or that they are lambdas
   * @return a {@link FunctionResolution.Resolved} if there is one
   */
  public FunctionResolution resolve(String name, List<Argument> arguments) {
    return find(name).isEmpty()
        ? unknown("function", name, names())
        : functions.resolve(name, arguments, FunctionResolution.Resolved::new);
  }

  /**
   * Finds the overload for a call of a user's aggregate, as {@link #resolve}.
   *
   * @return a {@link FunctionResolution.ResolvedAggregate} if there is one
   */
  public FunctionResolution resolveAggregate(String name, List<Argument> arguments) {
    return findAggregates(name).isEmpty()
        ? unknown("aggregate", name, aggregateNames())
        : aggregates.resolve(name, arguments, FunctionResolution.ResolvedAggregate::new);
  }

  private static FunctionResolution unknown(String what, String name, List<String> known) {
    return new FunctionResolution.Unresolved(
        "unknown-" + what, "unknown " + what + " '" + name + "'", NearestName.hint(name, known));
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

  private static void refuseTaken(
      List<AggregateDescriptor> aggregates, Overloads<FunctionDescriptor> functions) {
    Map<String, AggregateDescriptor> seen = new HashMap<>();
    for (AggregateDescriptor aggregate : aggregates) {
      for (String name : aggregate.names()) {
        if (!functions.find(name).isEmpty()) {
          throw AggregateRegistration.refused(
              aggregate.type(), "there is a function '" + name + "' already");
        }
        String call = name + aggregate.signature().parametersText();
        AggregateDescriptor other = seen.putIfAbsent(call, aggregate);
        if (other != null) {
          throw AggregateRegistration.refused(
              aggregate.type(), call + " is there already, by " + other.type().getName());
        }
      }
    }
  }
}
