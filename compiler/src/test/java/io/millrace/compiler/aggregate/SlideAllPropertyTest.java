package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.plan.Aggregate;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All aggregates, alone and with others, slide many rows at a time: each has the results, or fails,
 * as if all had come and gone one by one. Groups are small, so that they empty and begin again.
 */
class SlideAllPropertyTest {
  private static final int STEPS = 60;

  record Case(Aggregate function, Updates updates, long seed) {
    @Override
    public String toString() {
      return function.sqlName() + " " + updates;
    }
  }

  static Stream<Case> cases() {
    List<Aggregate> all = RandomCalls.aggregates();
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .flatMap(
            i ->
                Stream.of(Updates.RETRACT, Updates.RETRACT_BY_TIME)
                    .map(updates -> new Case(all.get(i), updates, i)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBeAsOneByOne(Case c) {
    Random random = new Random(c.seed());
    RandomCalls source = new RandomCalls(random);
    AggregateProgram alone =
        AggregateCompiler.compile(List.of(source.call(c.function())), c.updates());
    assertThat(alone.kernel().body()).contains("slideInOne");
    new Sliding(alone, source, random).run("alone");
    List<AggregateCall> calls = new ArrayList<>(List.of(source.call(c.function())));
    for (int others = 1 + random.nextInt(4); others > 0; others--) {
      calls.add(source.call());
    }
    new Sliding(AggregateCompiler.compile(calls, c.updates()), source, random)
        .run(calls.toString());
  }

  /** Groups whose rows slide, and others whose rows come and go one by one. */
  private static final class Sliding {
    private final Groups groups;
    private final Groups oneByOne;
    private final boolean isByTime;
    private final RandomCalls source;
    private final Random random;

    /** The rows of each group, in the order in which they leave. */
    private final List<LinkedList<@Nullable Object[]>> held =
        List.of(new LinkedList<>(), new LinkedList<>());

    /** No later than rows that are still to come. */
    private long time;

    Sliding(AggregateProgram program, RandomCalls source, Random random) {
      groups = new Groups(program, RandomCalls.TYPES, RandomCalls.KEY);
      oneByOne = new Groups(program, RandomCalls.TYPES, RandomCalls.KEY);
      isByTime = program.updates() == Updates.RETRACT_BY_TIME;
      this.source = source;
      this.random = random;
    }

    void run(String calls) {
      for (int step = 0; step < STEPS; step++) {
        List<@Nullable Object[]> come = new ArrayList<>();
        List<List<@Nullable Object[]>> leave = new ArrayList<>();
        boolean isOneGroup = random.nextInt(3) > 0;
        int group = random.nextInt(held.size());
        boolean mayBeNull = random.nextInt(6) == 0;
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
          int key = isOneGroup ? group : random.nextInt(held.size());
          come.add(source.row(key, time + random.nextInt(4), mayBeNull));
          leave.add(takeSome(isOneGroup ? group : -1));
        }
        time += 3;
        Groups.Slid slid = groups.slide(come, leave, false);
        assertThat(slid)
            .as("step %d of %s", step, calls)
            .isEqualTo(oneByOne.slide(come, leave, true));
        hold(come, slid);
      }
    }

    /** Takes mostly none or one, sometimes all, of a group or, if that is -1, of any. */
    private List<@Nullable Object[]> takeSome(int group) {
      List<@Nullable Object[]> taken = new ArrayList<>();
      for (int count = random.nextInt(random.nextInt(4) == 0 ? 6 : 2); count > 0; count--) {
        LinkedList<@Nullable Object[]> rows =
            held.get(group < 0 ? random.nextInt(held.size()) : group);
        if (!rows.isEmpty()) {
          taken.add(rows.remove());
        }
      }
      return taken;
    }

    /** Keeps those that did not fail. */
    private void hold(List<@Nullable Object[]> come, Groups.Slid slid) {
      List<@Nullable Object[]> kept = new ArrayList<>();
      for (int i = 0; i < come.size(); i++) {
        if (slid.messages().get(i) == null) {
          kept.add(come.get(i));
        }
      }
      if (isByTime) {
        kept.sort(Comparator.comparingLong(row -> number(row, RandomCalls.TIME)));
      }
      kept.forEach(row -> held.get((int) number(row, RandomCalls.KEY)).add(row));
    }

    private static long number(@Nullable Object[] row, int column) {
      return (Long) Objects.requireNonNull(row[column]);
    }
  }
}
