package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A function as the language sees it and the method that generated code calls.
 *
 * @param names the name and its synonyms, in lower case; the first is shown
 * @param method the public static method
 * @param canFail whether it may throw for some arguments
 * @param deterministic whether equal arguments always give equal results
 */
public record FunctionDescriptor(
    List<String> names, Method method, boolean canFail, boolean deterministic) {
  public FunctionDescriptor {
    names = List.copyOf(names);
  }

  public String name() {
    return names.get(0);
  }
}
