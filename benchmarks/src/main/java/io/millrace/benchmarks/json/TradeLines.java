package io.millrace.benchmarks.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.Locale;
import java.util.Random;

/** Generated events as lines of JSON: five fields in about 76 bytes each. */
final class TradeLines {
  static final Schema SCHEMA =
      Schema.of(
          new Field("ts", DataType.BIGINT),
          new Field("symbol", DataType.STRING),
          new Field("price", DataType.DOUBLE),
          new Field("volume", DataType.INT),
          new Field("buy", DataType.BOOLEAN));

  private final byte[] bytes;
  private final int[] ends;

  private TradeLines(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  static TradeLines generate(int events) {
    ByteOutput out = new ByteOutput(80 * events);
    int[] ends = new int[events];
    Random random = new Random(1);
    for (int i = 0; i < events; i++) {
      out.write(event(i, random).getBytes(UTF_8));
      ends[i] = out.size();
      out.write('\n');
    }
    return new TradeLines(out.toByteArray(), ends);
  }

  private static String event(int number, Random random) {
    return String.format(
        Locale.ROOT,
        "{\"ts\":%d,\"symbol\":\"S%03d\",\"price\":%s,\"volume\":%d,\"buy\":%b}",
        1_709_287_200_000L + number,
        random.nextInt(1_000),
        random.nextInt(100_000) / 100.0,
        random.nextInt(10_000),
        random.nextBoolean());
  }

  /** All lines, with a line feed after each. */
  byte[] bytes() {
    return bytes;
  }

  /** Where each line's line feed is. */
  int[] ends() {
    return ends;
  }
}
