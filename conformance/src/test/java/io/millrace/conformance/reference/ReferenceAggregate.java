package io.millrace.conformance.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
  },
  FIRST_TWO("first($x, 2)") {
    @Override
    @Nullable Object of(Values values) {
      List<@Nullable Long> all = values.all();
      return orNull(all.subList(0, Math.min(2, all.size())));
    }
  },
  LAST_TWO("last($x, 2) IGNORE NULLS") {
    @Override
    @Nullable Object of(Values values) {
      List<Long> present = values.present();
      return orNull(present.subList(Math.max(0, present.size() - 2), present.size()));
    }
  },
  NTH("nth($x, 2)") {
    @Override
    @Nullable Object of(Values values) {
      return values.pairs().size() < 2 ? null : values.all().get(1);
    }
  },
  MIN_BY_TWO("min_by($x, $y, 2)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.ranked(Comparator.naturalOrder()).stream().limit(2).toList());
    }
  },
  MAX_BY_TWO("max_by($x, $y, 2)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.ranked(Comparator.reverseOrder()).stream().limit(2).toList());
    }
  },
  COLLECT_LIST("collect_list($x)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.all());
    }
  },
  COLLECT_DISTINCT("collect_list(DISTINCT $x)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(new ArrayList<>(new LinkedHashSet<>(values.all())));
    }
  },
  COLLECT_SET("collect_set($x)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.present().stream().distinct().toList());
    }
  },
  HISTOGRAM("map_values(histogram($x)$f)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(new ArrayList<>(values.counts().values()));
    }
  },
  STRING_AGG("string_agg(CAST($x AS STRING), '; ')") {
    @Override
    @Nullable Object of(Values values) {
      return values.present().stream()
          .map(String::valueOf)
          .reduce((a, b) -> a + "; " + b)
          .orElse(null);
    }
  },
  MODE("mode($x)") {
    @Override
    @Nullable Object of(Values values) {
      long most = values.counts().values().stream().mapToLong(Long::longValue).max().orElse(0);
      Map<Long, Long> counts = new HashMap<>();
      return values.present().stream()
          .filter(value -> counts.merge(value, 1L, Long::sum) == most)
          .findFirst()
          .orElse(null);
    }
  },
  TOP("top_k($x, 2)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.falling().limit(2).toList());
    }
  },
  TOP_DISTINCT("top_k_distinct($x, 2)") {
    @Override
    @Nullable Object of(Values values) {
      return orNull(values.falling().distinct().limit(2).toList());
    }
  },
  MEDIAN("median($x)") {
    @Override
    @Nullable Object of(Values values) {
      return percentile(values.present(), new BigDecimal("0.5"));
    }
  },
  PERCENTILE_DISTINCT("percentile(DISTINCT $x, 0.9)") {
    @Override
    @Nullable Object of(Values values) {
      return percentile(values.present().stream().distinct().toList(), new BigDecimal("0.9"));
    }
  },
  APPROX_PERCENTILE("approx_percentile(($x) % 1000, 0.25)") {
    @Override
    @Nullable Object of(Values values) {
      List<Long> small = values.present().stream().map(value -> value % 1000).toList();
      return percentile(small, new BigDecimal("0.25"));
    }
  },
  APPROX_COUNT_DISTINCT("approx_count_distinct($x)") {
    @Override
    Object of(Values values) {
      return values.present().stream().distinct().count();
    }
  },
  /** A user's. */
  SPREAD("spread(($x) % 1000)") {
    @Override
    @Nullable Object of(Values values) {
      List<Long> sorted = values.present().stream().map(value -> value % 1000).sorted().toList();
      return sorted.isEmpty() ? null : sorted.get(sorted.size() - 1) - sorted.get(0);
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

    List<@Nullable Long> all() {
      List<@Nullable Long> all = new ArrayList<>();
      pairs.forEach(pair -> all.add(pair.x()));
      return all;
    }

    Stream<Long> falling() {
      return present().stream().sorted(Comparator.reverseOrder());
    }

    Map<Long, Long> counts() {
      Map<Long, Long> counts = new LinkedHashMap<>();
      present().forEach(value -> counts.merge(value, 1L, Long::sum));
      return counts;
    }

    /** The first x of those with the least y in an order. */
    @Nullable Object best(Comparator<Long> order) {
      List<Long> ranked = ranked(order);
      return ranked.isEmpty() ? null : ranked.get(0);
    }

    /** Each x, by y. */
    List<Long> ranked(Comparator<Long> order) {
      return pairs.stream()
          .filter(pair -> pair.x() != null && pair.y() != null)
          .sorted(Comparator.comparing(Pair::y, order))
          .map(pair -> Objects.requireNonNull(pair.x()))
          .toList();
    }
  }

  abstract @Nullable Object of(Values values);

  /** Between two values by linear interpolation. */
  private static @Nullable Object percentile(List<Long> values, BigDecimal fraction) {
    if (values.isEmpty()) {
      return null;
    }
    List<Long> sorted = values.stream().sorted().toList();
    BigDecimal rank = fraction.multiply(BigDecimal.valueOf(sorted.size() - 1L));
    int below = rank.intValue();
    BigDecimal lower = BigDecimal.valueOf(sorted.get(below));
    BigDecimal upper = BigDecimal.valueOf(sorted.get(Math.min(below + 1, sorted.size() - 1)));
    BigDecimal part = rank.subtract(BigDecimal.valueOf(below));
    return lower.add(upper.subtract(lower).multiply(part)).doubleValue();
  }

  /** Whether it runs only in windows. */
  boolean needsWindow() {
    return this == MEDIAN || this == PERCENTILE_DISTINCT;
  }

  /** Whether it is a user's, which may refuse a row. */
  boolean isOfUser() {
    return this == SPREAD;
  }

  /** Whether it is a BIGINT, or a value of the term. */
  boolean isOfBigint() {
    return compareTo(LAST_PRESENT) <= 0 && this != AVG_DISTINCT;
  }

  private static @Nullable Object orNull(List<? extends @Nullable Object> values) {
    return values.isEmpty() ? null : values;
  }

  boolean takesTerm() {
    return sql.contains("$x");
  }

  boolean takesOther() {
    return sql.contains("$y");
  }

  /**
   * @param filter stands behind the aggregate
   */
  String sql(Term x, Term y, String filter) {
    String call = sql.contains("$f") ? sql : sql + "$f";
    return call.replace("$x", x.sql()).replace("$y", y.sql()).replace("$f", filter);
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
