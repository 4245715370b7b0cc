package io.millrace.language.parser;

import io.millrace.language.ast.WindowKind;
import java.util.Locale;
import java.util.Optional;

/** What words and arguments of windows mean, for hints. */
final class WindowForms {
  private WindowForms() {}

  /** The kind that is called so here or in another system. */
  static Optional<WindowKind> find(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (WindowKind kind : WindowKind.values()) {
      if (kind.name().equals(wanted)) {
        return Optional.of(kind);
      }
    }
    return Optional.ofNullable(WindowBuilder.ELSEWHERE.get(wanted));
  }

  static boolean takesGrace(WindowKind kind) {
    return switch (kind) {
      case TUMBLING, HOPPING, SESSION, CUMULATE -> true;
      default -> false;
    };
  }
}
