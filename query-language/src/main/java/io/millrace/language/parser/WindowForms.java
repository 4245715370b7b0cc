package io.millrace.language.parser;

import io.millrace.language.ast.WindowKind;
import java.util.Locale;
import java.util.Optional;

/** How kinds of windows are written, for hints. */
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

  /** A kind with its arguments, as in {@code SESSION (gap)}. */
  static String form(WindowKind kind) {
    String arguments =
        switch (kind) {
          case TIME, TIME_BATCH, TUMBLING -> "size";
          case LENGTH, LENGTH_BATCH -> "events";
          case TIME_LENGTH -> "size, events";
          case HOPPING -> "size, slide";
          case SESSION -> "gap";
          case CUMULATE -> "step, size";
          case UNIQUE, FIRST_UNIQUE -> "key";
          case SORTED -> "events, column";
          case DELAY -> "delay";
          case EXPRESSION -> "condition";
          case CRON -> "'0 0/5 * * * ?'";
        };
    return kind + " (" + arguments + ")";
  }

  static boolean takesGrace(WindowKind kind) {
    return switch (kind) {
      case TUMBLING, HOPPING, SESSION, CUMULATE -> true;
      default -> false;
    };
  }
}
