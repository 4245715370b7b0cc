package io.millrace.spi.error;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects all errors of one script, so that they are reported at once. Used by one thread. */
public final class Diagnostics {
  private final List<Diagnostic> found = new ArrayList<>();

  public void report(Diagnostic diagnostic) {
    if (!found.contains(diagnostic)) {
      found.add(diagnostic);
    }
  }

  public void report(String code, Span span, String message) {
    report(Diagnostic.of(code, span, message));
  }

  public void report(String code, Span span, String message, String hint) {
    report(new Diagnostic(code, span, message, hint));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public int size() {
    return found.size();
  }

  /** All errors, in the order of the text. */
  public List<Diagnostic> sorted() {
    List<Diagnostic> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(d -> d.span().start()));
    return List.copyOf(sorted);
  }

  /** Throws a {@link ScriptException} with all errors, if there are any. */
  public void throwIfAny(SourceText source) {
    if (!found.isEmpty()) {
      throw new ScriptException(source, sorted());
    }
  }
}
