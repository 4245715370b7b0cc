package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A function as the language sees it and the method that generated code calls.
 *
 * @param names the name and its synonyms, in lower case; the first is shown
 * @param signature what it takes and gives
 * @param method the public static method
 * @param parameters the parameters of the method, in its order
 * @param traits what may be relied upon
 * @param documentation what the reference says of it
 */
public record FunctionDescriptor(
    List<String> names,
    FunctionSignature signature,
    Method method,
    List<FunctionParameter> parameters,
    FunctionTraits traits,
    FunctionDocumentation documentation)
    implements Overload {

  public FunctionDescriptor {
    names = List.copyOf(names);
    parameters = List.copyOf(parameters);
  }

  /** Whether the method may throw for some arguments. */
  public boolean canFail() {
    return traits.canFail();
  }

  /** Whether equal arguments always give equal results. */
  public boolean deterministic() {
    return traits.deterministic();
  }

  /** Whether the method may return null, also if no argument is NULL. */
  public boolean nullableResult() {
    return traits.nullableResult();
  }

  /** Whether the method is given an {@link EvaluationContext}. */
  public boolean takesContext() {
    return parameters.stream()
        .anyMatch(parameter -> parameter.role() == FunctionParameter.Role.CONTEXT);
  }

  /**
   * Whether only the language itself calls it, for a construct such as {@code LIKE}: its name
   * begins with a dollar sign, and no list shows it.
   */
  public boolean isHidden() {
    return name().startsWith("$");
  }
}
