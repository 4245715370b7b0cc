package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users' aggregates in a running job: their state when they change, and what they throw. */
public class UserAggregateTest {
  private static final String SCRIPT =
      "CREATE STREAM S (v BIGINT);\nCREATE STREAM R AS SELECT held(v) AS h FROM S%s;";
  private static final String LENGTH = " WINDOW LENGTH (2)";

  /** A sum. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> BIGINT",
      description = "A sum.",
      category = "tests",
      examples = "held(v)")
  public static final class Sum {
    private Sum() {}

    /** The sum. */
    public record Held(long sum) {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, long v) {
      return new Held(held.sum() + v);
    }

    public static Held retract(Held held, long v) {
      if (v == 13) {
        throw new IllegalStateException("13 stays");
      }
      return new Held(held.sum() - v);
    }

    public static long result(Held held) {
      if (held.sum() == 7) {
        throw new ArithmeticException("no 7");
      }
      return held.sum();
    }
  }

  /** The same, of a record that holds something else. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> BIGINT",
      description = "A sum.",
      category = "tests",
      examples = "held(v)")
  public static final class SumAndCount {
    private SumAndCount() {}

    /** The sum and how many there were. */
    public record Held(long sum, long count) {}

    public static Held create() {
      return new Held(0, 0);
    }

    public static Held accumulate(Held held, long v) {
      return new Held(held.sum() + v, held.count() + 1);
    }

    public static long result(Held held) {
      return held.sum();
    }
  }

  /** What {@link Coded} and {@link CodedAnew} hold. */
  public static final class Text {
    private final String text;

    Text(String text) {
      this.text = text;
    }
  }

  private record Codec(int version) implements StateCodec<Text> {
    @Override
    public void write(Text value, DataOutput out) throws IOException {
      out.writeUTF(value.text);
    }

    /** What is of an older version shows it. */
    @Override
    public Text read(int saved, DataInput in) throws IOException {
      return new Text(in.readUTF() + (saved < version ? "!" : ""));
    }
  }

  /** The first version of a codec. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> STRING",
      description = "Numbers.",
      category = "tests",
      examples = "held(v)")
  public static final class Coded {
    private Coded() {}

    public static Text create() {
      return new Text("");
    }

    public static Text accumulate(Text held, long v) {
      return new Text(held.text + v);
    }

    public static String result(Text held) {
      return held.text;
    }

    public static StateCodec<Text> codec() {
      return new Codec(1);
    }
  }

  /** The second one. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> STRING",
      description = "Numbers.",
      category = "tests",
      examples = "held(v)")
  public static final class CodedAnew {
    private CodedAnew() {}

    public static Text create() {
      return Coded.create();
    }

    public static Text accumulate(Text held, long v) {
      return Coded.accumulate(held, v);
    }

    public static String result(Text held) {
      return Coded.result(held);
    }

    public static StateCodec<Text> codec() {
      return new Codec(2);
    }
  }

  /** Sums that are lost at certain values. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> BIGINT",
      description = "A sum.",
      category = "tests",
      examples = "held(v)")
  public static final class Lost {
    private Lost() {}

    public static Sum.Held create() {
      return Sum.create();
    }

    public static Sum.@Nullable Held accumulate(Sum.Held held, long v) {
      return v == 17 ? null : Sum.accumulate(held, v);
    }

    public static Sum.@Nullable Held retract(Sum.Held held, long v) {
      return v == 13 ? null : Sum.retract(held, v);
    }

    public static Sum.@Nullable Held merge(Sum.Held one, Sum.Held other) {
      return null;
    }

    public static long result(Sum.Held held) {
      return Sum.result(held);
    }
  }

  /** Gives no accumulator of nothing. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> BIGINT",
      description = "A sum.",
      category = "tests",
      examples = "held(v)")
  public static final class Unmade {
    private Unmade() {}

    public static Sum.Held create() {
      throw new IllegalStateException("not today");
    }

    public static Sum.Held accumulate(Sum.Held held, long v) {
      return Sum.accumulate(held, v);
    }

    public static long result(Sum.Held held) {
      return Sum.result(held);
    }
  }

  /** Counts how often it is asked for the accumulator of nothing. */
  @AggregateFunction(
      name = "held",
      signature = "(BIGINT) -> BIGINT",
      description = "A sum.",
      category = "tests",
      examples = "held(v)")
  public static final class Counted {
    private static final AtomicInteger MADE = new AtomicInteger();

    private Counted() {}

    public static Sum.Held create() {
      MADE.incrementAndGet();
      return Sum.create();
    }

    public static Sum.Held accumulate(Sum.Held held, long v) {
      return Sum.accumulate(held, v);
    }

    public static Sum.Held retract(Sum.Held held, long v) {
      return Sum.retract(held, v);
    }

    public static long result(Sum.Held held) {
      return Sum.result(held);
    }
  }

  /** Has a name of the language. */
  @AggregateFunction(
      name = {"own", "median"},
      signature = "(BIGINT) -> BIGINT",
      description = "Nothing.",
      category = "tests",
      examples = {})
  public static final class Median {
    private Median() {}

    public static Sum.Held create() {
      return Sum.create();
    }

    public static Sum.Held accumulate(Sum.Held held, long v) {
      return held;
    }

    public static long result(Sum.Held held) {
      return 0;
    }
  }

  private final List<@Nullable Object> results = new ArrayList<>();

  /** Sends rows to a job of an aggregate, and gives its state. */
  private Snapshot play(
      Class<?> aggregate, String window, @Nullable Snapshot from, long... values) {
    Deployment script = Deployment.of(SCRIPT.replace("%s", window));
    try (Engine engine = Engine.builder().functions(aggregate).build()) {
      Job job = engine.deploy(from == null ? script : script.restoring(from));
      job.output("R").subscribe(row -> results.add(row.values().get(0)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      for (long value : values) {
        input.send(Map.of("v", value));
      }
      return job.snapshot();
    }
  }

  @Test
  void shouldGoOnFromASnapshot() {
    Snapshot snapshot = play(Sum.class, "", null, 1, 2);
    play(Sum.class, "", snapshot, 5);

    assertThat(results).containsExactly(1L, 3L, 8L);
  }

  @Test
  void shouldRefuseStateOfAnotherRecord() {
    Snapshot snapshot = play(Sum.class, "", null, 1);

    assertThatThrownBy(() -> play(SumAndCount.class, "", snapshot))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("held {long sum} 0 OBJECT of version 1")
        .hasMessageContaining("held {long sum, long count} 0 OBJECT of version 1")
        .hasMessageContaining("with the query, the functions and the version of Millrace");
  }

  @Test
  void shouldReadStateOfAnOlderCodecAndRefuseThatOfANewerOne() {
    Snapshot old = play(Coded.class, "", null, 1, 2);
    play(CodedAnew.class, "", old, 3);
    assertThat(results).containsExactly("1", "12", "12!3");

    Snapshot newer = play(CodedAnew.class, "", null, 1);
    assertThatThrownBy(() -> play(Coded.class, "", newer))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("held by codec 0 OBJECT of version 2");
  }

  @Test
  void shouldStopTheJobWhenNoRowIsToBlame() {
    assertThatThrownBy(() -> play(Sum.class, "", null, 3, 4))
        .hasMessageContaining(
            "aggregate 'held' failed in its method 'result', where no row can be refused: no 7");
    assertThat(results).containsExactly(3L);

    results.clear();
    assertThatThrownBy(() -> play(Sum.class, LENGTH, null, 13, 2, 3))
        .hasMessageContaining(
            "aggregate 'held' failed in its method 'retract', where no row can be refused:"
                + " java.lang.IllegalStateException: 13 stays");
    assertThat(results).containsExactly(13L, 15L);
  }

  @Test
  void shouldRefuseARowForWhichThereIsNoAccumulator() {
    play(Lost.class, "", null, 3, 17, 2);

    assertThat(results).containsExactly(3L, 5L);
  }

  @Test
  void shouldStopTheJobWhenAnAccumulatorIsLostElsewhere() {
    assertThatThrownBy(() -> play(Lost.class, LENGTH, null, 13, 2, 3))
        .hasMessageContaining(
            "aggregate 'held' failed in its method 'retract', where no row can be refused:"
                + " 'retract' gave null, which is no accumulator");
    assertThat(results).containsExactly(13L, 15L);
  }

  @Test
  void shouldStopTheJobWhenAMergedAccumulatorIsLost() {
    String script =
        "CREATE STREAM S (v BIGINT, ts TIMESTAMP, TIMESTAMP BY ts);\n"
            + "CREATE STREAM R AS SELECT held(v) AS h FROM S WINDOW HOPPING (2 SEC, 1 SEC);";
    try (Engine engine = Engine.builder().functions(Lost.class).build()) {
      Job job = engine.deploy(Deployment.of(script));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      assertThatThrownBy(
              () -> {
                for (long time : new long[] {500, 1_500, 9_000}) {
                  input.send(Map.of("v", 1L, "ts", Instant.ofEpochMilli(time)));
                }
                job.snapshot();
              })
          .hasMessageContaining(
              "aggregate 'held' failed in its method 'merge', where no row can be refused:"
                  + " 'merge' gave null, which is no accumulator");
    }
  }

  @Test
  void shouldDeployNothingWithoutAnAccumulatorOfNothing() {
    assertThatThrownBy(() -> play(Unmade.class, "", null))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "aggregate 'held' failed in its method 'create', where no row can be refused:"
                + " java.lang.IllegalStateException: not today");
  }

  @Test
  void shouldMakeTheAccumulatorOfNothingOnce() {
    Counted.MADE.set(0);
    play(Counted.class, " WINDOW LENGTH (1)", null, 3, 4, 5);

    assertThat(results).containsExactly(3L, 4L, 5L);
    assertThat(Counted.MADE).hasValue(1);
  }

  @Test
  void shouldRefuseANameOfTheLanguage() {
    assertThatThrownBy(() -> Engine.builder().functions(Median.class).build())
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "aggregate "
                + Median.class.getName()
                + " cannot be registered: the language has a 'median' of its own");
  }
}
