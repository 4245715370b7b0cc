package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates over the terms x and y, computed from rows that are in order. */
enum ReferenceAggregate {
  COUNT_ROWS("count(*)") {
    @Override
    Object of(Values values) {
      return (long) values.pairs().size();
    }
  },
  COUNT("count($x)") {
    @Override
    Object of(Values values) {
      return (long) values.present().size();
    }
  },
  SUM("sum($x)") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().stream().reduce(Math::addExact).orElse(null);
    }
  },
  COUNT_DISTINCT("count(DISTINCT $x)") {
    @Override
    Object of(Values values) {
      return values.present().stream().distinct().count();
    }
  },
  SUM_DISTINCT("sum(DISTINCT $x)") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().stream().distinct().reduce(Math::addExact).orElse(null);
    }
  },
  AVG_DISTINCT("avg(DISTINCT $x)") {
    @Override
    @Nullable Object of(Values values) {
      List<Long> distinct = values.present().stream().distinct().toList();
      return distinct.isEmpty()
          ? null
          : (double) distinct.stream().reduce(0L, Math::addExact) / distinct.size();
    }
  },
  MIN("min($x)") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().stream().min(Comparator.naturalOrder()).orElse(null);
    }
  },
  MAX("max($x)") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().stream().max(Comparator.naturalOrder()).orElse(null);
    }
  },
  FIRST("first($x)") {
    @Override
    @Nullable Object of(Values values) {
      return values.pairs().isEmpty() ? null : values.pairs().get(0).x();
    }
  },
  LAST("last($x)") {
    @Override
    @Nullable Object of(Values values) {
      int size = values.pairs().size();
      return size == 0 ? null : values.pairs().get(size - 1).x();
    }
  },
  FIRST_PRESENT("first($x) IGNORE NULLS") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().isEmpty() ? null : values.present().get(0);
    }
  },
  LAST_PRESENT("last($x IGNORE NULLS)") {
    @Override
    @Nullable Object of(Values values) {
      int size = values.present().size();
      return size == 0 ? null : values.present().get(size - 1);
    }
  },
  MIN_BY("min_by($x, $y)") {
    @Override
    @Nullable Object of(Values values) {
      return values.best(Comparator.naturalOrder());
    }
  },
  MAX_BY("max_by($x, $y)") {
    @Override
    @Nullable Object of(Values values) {
      return values.best(Comparator.reverseOrder());
    }
  };

  private final String sql;

  ReferenceAggregate(String sql) {
    this.sql = sql;
  }

  /** What both terms are in a row. */
  record Pair(@Nullable Long x, @Nullable Long y) {}

  /** What both terms are in all rows. */
  record Values(List<Pair> pairs) {
    List<Long> present() {
      List<Long> present = new ArrayList<>();
      pairs.stream().map(Pair::x).filter(Objects::nonNull).forEach(present::add);
      return present;
    }

    /** The first x of those with the least y in an order. */
    @Nullable Object best(Comparator<Long> order) {
      List<Pair> whole =
          pairs.stream().filter(pair -> pair.x() != null && pair.y() != null).toList();
      return whole.isEmpty()
          ? null
          : Collections.min(whole, Comparator.comparing(Pair::y, order)).x();
    }
  }

  abstract @Nullable Object of(Values values);

  /** Whether it matters which row is first. */
  boolean isOrdered() {
    return switch (this) {
      case FIRST, LAST, FIRST_PRESENT, LAST_PRESENT, MIN_BY, MAX_BY -> true;
      default -> false;
    };
  }

  boolean takesTerm() {
    return sql.contains("$x");
  }

  boolean takesOther() {
    return sql.contains("$y");
  }

  String sql(Term x, Term y) {
    return sql.replace("$x", x.sql()).replace("$y", y.sql());
  }

  @Nullable Object of(List<InputRow> rows, Term x, Term y) {
    return of(
        new Values(
            rows.stream()
                .map(
                    row ->
                        new Pair(
                            takesTerm() ? x.value(row) : null, takesOther() ? y.value(row) : null))
                .toList()));
  }
}
