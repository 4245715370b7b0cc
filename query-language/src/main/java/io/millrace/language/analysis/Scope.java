package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns that an expression sees, by their sources. Immutable. */
final class Scope {
  /** The event time of a row. */
  static final String ROWTIME = "ROWTIME";

  /** A scope without columns. */
  static final Scope EMPTY = new Scope(List.of());

  private final List<Source> sources;
  private final Optional<PatternScope> pattern;
  private final Map<String, List<Column>> byName = new HashMap<>();

  /**
   * A column by its name.
   *
   * @param isPseudo whether it is not declared, so that {@code *} leaves it out
   */
  record Column(String name, RowExpression value, boolean isPseudo) {
    private Column named(String other) {
      if (other.equals(name)) {
        return this;
      }
      RowExpression renamed =
          value instanceof ColumnReference reference
              ? new ColumnReference(reference.index(), reference.type(), other)
              : value;
      return new Column(other, renamed, isPseudo);
    }
  }

  /**
   * What one source of FROM brings.
   *
   * @param name its alias, else its own name; null for one without
   * @param isOpen whether its columns are not known, because of an error that has been reported
   */
  record Source(@Nullable String name, List<Column> columns, boolean isOpen) {
    Source {
      columns = List.copyOf(columns);
    }

    Source named(@Nullable String alias) {
      return new Source(alias, columns, isOpen);
    }

    List<Column> declared() {
      return columns.stream().filter(column -> !column.isPseudo()).toList();
    }

    /**
     * The columns that are known without the name of the source.
     *
     * @param isOfSeveral whether there are other sources: then the row has a time of its own
     */
    private List<Column> unqualified(boolean isOfSeveral) {
      return isOfSeveral ? columns.stream().filter(column -> !isRowtime(column)).toList() : columns;
    }

    private static boolean isRowtime(Column column) {
      return column.isPseudo() && column.name().equals(ROWTIME);
    }
  }

  Scope(List<Source> sources) {
    this(sources, unqualified(sources), Optional.empty());
  }

  /**
   * What is seen of the elements of a pattern.
   *
   * @param sources the elements that are one event
   * @param bare the columns that are known without their element
   */
  Scope(List<Source> sources, List<Column> bare, PatternScope pattern) {
    this(sources, bare, Optional.of(pattern));
  }

  private Scope(List<Source> sources, List<Column> bare, Optional<PatternScope> pattern) {
    this.sources = List.copyOf(sources);
    this.pattern = pattern;
    for (Column column : bare) {
      byName.computeIfAbsent(key(column.name()), absent -> new ArrayList<>(1)).add(column);
    }
  }

  /**
   * A source whose rows have these columns, from index {@code first} of the input on, and an event
   * time.
   *
   * @param pseudoFrom the index in {@code fields} from which on they are pseudo-columns
   */
  static Source source(@Nullable String name, List<Field> fields, int pseudoFrom) {
    List<Column> columns = new ArrayList<>();
    Map<String, Boolean> names = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean isHidden = names.putIfAbsent(key(field.name()), true) != null && i >= pseudoFrom;
      if (!isHidden) {
        columns.add(new Column(field.name(), reference(i, field), i >= pseudoFrom));
      }
    }
    if (!names.containsKey(key(ROWTIME))) {
      columns.add(new Column(ROWTIME, new RowtimeReference(), true));
    }
    return new Source(name, columns, false);
  }

  /** The columns of the rows of sources, which have one time, whatever times went into it. */
  static List<Column> unqualified(List<Source> sources) {
    boolean areSeveral = sources.size() > 1;
    List<Column> columns = new ArrayList<>();
    sources.forEach(source -> columns.addAll(source.unqualified(areSeveral)));
    boolean isTimed = columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(ROWTIME));
    if (areSeveral && isTimed) {
      columns.add(new Column(ROWTIME, new RowtimeReference(), true));
    }
    return columns;
  }

  /** As {@link #unqualified}; a name that several sources have gets its source in front. */
  static List<Column> apart(List<Source> sources) {
    Map<String, Integer> counts = new HashMap<>();
    sources.forEach(it -> it.declared().forEach(c -> counts.merge(key(c.name()), 1, Integer::sum)));
    Map<Column, String> qualified = new IdentityHashMap<>();
    for (Source source : sources) {
      for (Column column : source.declared()) {
        boolean clashes = sources.size() > 1 && counts.getOrDefault(key(column.name()), 0) > 1;
        if (clashes && source.name() != null) {
          qualified.put(column, source.name() + "_" + column.name());
        }
      }
    }
    return unqualified(sources).stream()
        .map(column -> column.named(qualified.getOrDefault(column, column.name())))
        .toList();
  }

  /** A source of which nothing is known. */
  static Source open(@Nullable String name) {
    return new Source(name, List.of(), true);
  }

  private static RowExpression reference(int index, Field field) {
    return Reporter.isUnknown(field.type())
        ? Reporter.faulty()
        : new ColumnReference(index, field.type(), field.name());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  List<Source> sources() {
    return sources;
  }

  /** What can be said of the elements of a pattern, if this is of one. */
  Optional<PatternScope> pattern() {
    return pattern;
  }

  /** Whether a name that is not found may be a column all the same. */
  boolean isOpen() {
    return sources.stream().anyMatch(Source::isOpen);
  }

  Optional<Source> findSource(Identifier name) {
    for (Source source : sources) {
      if (source.name() != null && name.matches(source.name())) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  /** The columns of this name of all sources; more than one is ambiguous. */
  List<Column> find(Identifier name) {
    List<Column> found = byName.getOrDefault(key(name.name()), List.of());
    return name.isQuoted() && !found.isEmpty()
        ? found.stream().filter(column -> name.matches(column.name())).toList()
        : found;
  }

  static Optional<Column> find(Source source, Identifier name) {
    return source.columns().stream().filter(column -> name.matches(column.name())).findFirst();
  }

  /** All names, for hints. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Source source : sources) {
      source.columns().forEach(column -> names.add(column.name()));
    }
    return names;
  }
}
