package io.millrace.conformance.functions;

import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer.Tag;
import io.millrace.codecs.kryo.KryoCodec;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.state.StateCodec;
import java.util.Map;
import java.util.TreeMap;

/** How often each text is there: an example of docs/own-functions.md. */
@AggregateFunction(
    name = "tally",
    signature = "(STRING) -> STRING",
    description = "How often each text is there.",
    category = "texts",
    examples = "tally(word)")
public final class Tally {
  private Tally() {}

  /** One that is made is not changed any more. */
  public static final class Counts {
    @Tag(1)
    private TreeMap<String, Long> times = new TreeMap<>();

    Counts with(String text, long more) {
      Counts counts = new Counts();
      counts.times.putAll(times);
      counts.times.merge(text, more, (one, other) -> one + other == 0 ? null : one + other);
      return counts;
    }
  }

  public static StateCodec<Counts> codec() {
    return KryoCodec.of(Counts.class).register(16, TreeMap.class).build();
  }

  public static Counts create() {
    return new Counts();
  }

  public static Counts accumulate(Counts held, String text) {
    return held.with(text, 1);
  }

  public static Counts retract(Counts held, String text) {
    return held.with(text, -1);
  }

  public static Counts merge(Counts one, Counts other) {
    Counts merged = one;
    for (Map.Entry<String, Long> entry : other.times.entrySet()) {
      merged = merged.with(entry.getKey(), entry.getValue());
    }
    return merged;
  }

  public static String result(Counts held) {
    return held.times.toString();
  }
}
