package io.millrace.spi.function;

import java.util.List;

/**
 * What is called like a function but is part of the language: its arguments are evaluated only as
 * far as they are needed.
 *
 * @param names its name, then its synonyms
 * @param text how it is called and what it gives, as {@link FunctionDescriptor#text}
 */
public record LanguageFunction(
    List<String> names, String text, FunctionDocumentation documentation) {
  public LanguageFunction {
    names = List.copyOf(names);
  }

  public String name() {
    return names.get(0);
  }
}
