package io.millrace.benchmarks.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.option.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Events a second of one core: decoding and encoding alone, and Jackson's streaming parser alone on
 * the same bytes. Events have five fields in about 76 bytes. The time is the thread's CPU time, the
 * figure the median of the rounds after the warm-up.
 */
public final class JsonBenchmark {
  private static final int EVENTS = 100_000;
  private static final int BATCH = 1_024;
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 15;

  private final byte[] lines;
  private final int[] ends;
  private final Decoder decoder;
  private final Encoder encoder;
  private final JsonFactory jackson =
      new JsonFactoryBuilder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
  private final FilePass pass;
  private double checksum;

  private JsonBenchmark() {
    TradeLines events = TradeLines.generate(EVENTS);
    lines = events.bytes();
    ends = events.ends();
    Format format =
        ServiceLoader.load(Format.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("json"))
            .findFirst()
            .orElseThrow();
    Connector files =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("file"))
            .findFirst()
            .orElseThrow();
    pass = new FilePass((SourceConnector) files, (SinkConnector) files, format, TradeLines.SCHEMA);
    StreamDefinition stream =
        new StreamDefinition(
            "Trades", TradeLines.SCHEMA, List.of(), false, new Options(format.options(), Map.of()));
    decoder = format.decoder(stream);
    encoder = format.encoder(stream, false);
  }

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    JsonBenchmark benchmark = new JsonBenchmark();
    System.out.printf(
        Locale.ROOT,
        "%d events, %.1f bytes each, JDK %s%n",
        EVENTS,
        (double) benchmark.lines.length / EVENTS,
        Runtime.version());
    benchmark.measure("Jackson, one parser for all lines", benchmark::parseAll);
    benchmark.measure("Jackson, a parser per line", benchmark::parseEach);
    benchmark.measure("decode", benchmark::decode);
    benchmark.measure("encode", benchmark::encode);
    benchmark.measure("decode and encode", benchmark::decodeAndEncode);
    benchmark.copyFiles();
    System.out.println("(checksum " + benchmark.checksum + ")");
  }

  private void measure(String what, Round round) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    double[] rates = new double[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long start = threads.getCurrentThreadCpuTime();
      checksum += round.run();
      long nanos = threads.getCurrentThreadCpuTime() - start;
      if (i >= 0) {
        rates[i] = EVENTS * 1e9 / nanos;
      }
    }
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "%-36s %6.2f M events/s  %4.0f ns each%n",
        what,
        rates[ROUNDS / 2] / 1e6,
        1e9 / rates[ROUNDS / 2]);
  }

  /** One pass over all events. */
  @FunctionalInterface
  private interface Round {
    double run() throws IOException;
  }

  private void copyFiles() throws IOException {
    Path from = Files.createTempFile("events", ".json");
    Path to = Files.createTempFile("copy", ".json");
    try {
      Files.write(from, lines);
      measure("file to file, without an engine", () -> pass.copy(from, to));
    } finally {
      Files.delete(from);
      Files.delete(to);
    }
  }

  private double parseAll() throws IOException {
    try (JsonParser parser = jackson.createParser(lines)) {
      double sum = 0;
      while (parser.nextToken() != null) {
        sum += parseObject(parser);
      }
      return sum;
    }
  }

  private double parseEach() throws IOException {
    double sum = 0;
    int start = 0;
    for (int end : ends) {
      try (JsonParser parser = jackson.createParser(lines, start, end - start)) {
        parser.nextToken();
        sum += parseObject(parser);
      }
      start = end + 1;
    }
    return sum;
  }

  private static double parseObject(JsonParser parser) throws IOException {
    double sum = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "ts" -> sum += parser.getLongValue();
        case "symbol" -> sum += parser.getText().length();
        case "price" -> sum += parser.getDoubleValue();
        case "volume" -> sum += parser.getIntValue();
        default -> sum += token == JsonToken.VALUE_TRUE ? 1 : 0;
      }
    }
    return sum;
  }

  private double decode() {
    ColumnFiller filler = new ColumnFiller(TradeLines.SCHEMA, BATCH);
    double sum = 0;
    int start = 0;
    for (int end : ends) {
      decoder.decode(lines, start, end - start, filler);
      start = end + 1;
      if (filler.size() == BATCH) {
        sum += filler.size();
        filler.clear();
      }
    }
    return sum;
  }

  private double encode() {
    ColumnFiller filler = new ColumnFiller(TradeLines.SCHEMA, BATCH);
    int start = 0;
    for (int i = 0; i < BATCH; i++) {
      decoder.decode(lines, start, ends[i] - start, filler);
      start = ends[i] + 1;
    }
    Batch batch = filler.batch();
    ByteOutput out = new ByteOutput(100 * BATCH);
    double sum = 0;
    for (int i = 0; i < EVENTS; i += BATCH) {
      sum += encode(batch, Math.min(BATCH, EVENTS - i), out);
    }
    return sum;
  }

  private double decodeAndEncode() {
    ColumnFiller filler = new ColumnFiller(TradeLines.SCHEMA, BATCH);
    ByteOutput out = new ByteOutput(100 * BATCH);
    double sum = 0;
    int start = 0;
    for (int end : ends) {
      decoder.decode(lines, start, end - start, filler);
      start = end + 1;
      if (filler.size() == BATCH) {
        sum += encode(filler.batch(), BATCH, out);
        filler.clear();
      }
    }
    return sum;
  }

  private int encode(Batch batch, int rows, ByteOutput out) {
    out.clear();
    for (int row = 0; row < rows; row++) {
      encoder.encode(batch, row, out);
      out.write('\n');
    }
    return out.size();
  }
}
