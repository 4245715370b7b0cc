package io.millrace.testkit.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every format must do. A subclass names the format, and columns and rows that it can hold.
 */
public abstract class FormatContractTest {
  private static final long SEED = 20261121;
  private static final int MUTATIONS = 5_000;

  /** A new instance of the format. */
  protected abstract Format format();

  /** A stream that the format can hold; a column of each scalar type where it holds many. */
  protected StreamFixture stream() {
    return StreamFixture.of(
        new Field("flag", DataType.BOOLEAN),
        new Field("small", DataType.INT),
        new Field("large", DataType.BIGINT),
        new Field("real", DataType.DOUBLE),
        new Field("exact", DataType.decimal(10, 2)),
        new Field("text", DataType.STRING),
        new Field("raw", DataType.BYTES),
        new Field("at", DataType.TIMESTAMP),
        new Field("day", DataType.DATE),
        new Field("hour", DataType.TIME),
        new Field("span", DataType.INTERVAL));
  }

  /** Rows of that stream, as boxed internal values. */
  protected List<@Nullable Object[]> rows() {
    @Nullable Object[] someNull =
        new @Nullable Object[] {null, 7L, null, -0.0, null, "", null, 0L, null, 0L, null};
    return List.of(
        new @Nullable Object[] {
          true,
          (long) Integer.MIN_VALUE,
          Long.MAX_VALUE,
          1.0E-7,
          new BigDecimal("-12345678.90"),
          "a \"b\", ä€\uD83D\uDE00\n\t;",
          Bytes.copyOf(new byte[] {0, -1, 10}),
          1_709_287_200_123L,
          -1L,
          86_399_999L,
          -5L
        },
        someNull,
        new @Nullable Object[] {
          false,
          0L,
          Long.MIN_VALUE,
          Double.NaN,
          new BigDecimal("0.00"),
          "null",
          Bytes.copyOf(new byte[0]),
          -1L,
          19_783L,
          1L,
          0L
        });
  }

  @Test
  protected void shouldBeFoundByServiceLoader() {
    assertThat(ServiceLoader.load(Format.class).stream().map(ServiceLoader.Provider::type))
        .extracting(Class::getName)
        .contains(format().getClass().getName());
  }

  @Test
  protected void shouldDescribeItselfAndItsOptions() {
    Format format = format();
    assertThat(format.name()).isNotBlank().isEqualTo(format.name().toLowerCase(Locale.ROOT));
    assertThat(format.description()).isNotBlank().endsWith(".");
    for (OptionSpec option : format.options()) {
      assertThat(option.name()).startsWith(format.name() + ".");
      assertThat(option.description()).as(option.name()).isNotBlank().endsWith(".");
      String value = option.defaultValue();
      if (value != null) {
        assertThat(OptionValues.problem(option, value)).as(option.name()).isEmpty();
      }
    }
  }

  @Test
  protected void shouldDecodeWhatItEncoded() {
    Decoder decoder = decoder();
    RecordingRowWriter writer = RecordingRowWriter.of(stream().schema());
    decodeHeader(decoder, writer);
    for (byte[] encoded : encodedRows()) {
      decode(decoder, encoded, writer);
    }
    List<List<@Nullable Object>> expected = new ArrayList<>();
    rows().forEach(row -> expected.add(Arrays.asList(row)));
    assertThat(writer.values()).isEqualTo(expected);
  }

  @Test
  protected void shouldDecodeFromTheMiddleOfAnArray() {
    Decoder decoder = decoder();
    RecordingRowWriter writer = RecordingRowWriter.of(stream().schema());
    decodeHeader(decoder, writer);
    byte[] encoded = encodedRows().get(0);
    byte[] padded = new byte[encoded.length + 20];
    Arrays.fill(padded, (byte) '}');
    System.arraycopy(encoded, 0, padded, 10, encoded.length);
    writer.record(() -> "test", RowWriter.NO_TIME);
    decoder.decode(padded, 10, encoded.length, writer);
    assertThat(writer.values()).containsExactly(Arrays.asList(rows().get(0)));
  }

  @Test
  protected void shouldOnlyThrowDecodeExceptionsAndGoOnWhenBytesAreDamaged() {
    Random random = new Random(SEED);
    Decoder decoder = decoder();
    RecordingRowWriter writer = RecordingRowWriter.of(stream().schema());
    decodeHeader(decoder, writer);
    List<byte[]> good = encodedRows();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = damage(good.get(i % good.size()), random);
      try {
        decode(decoder, damaged, writer);
      } catch (DecodeException e) {
        assertThat(e.message()).as("seed %d", SEED).isNotBlank();
      }
      writer.clear();
      decode(decoder, good.get(0), writer);
      assertThat(writer.values())
          .as("seed %d, after %s", SEED, new String(damaged, UTF_8))
          .containsExactly(Arrays.asList(rows().get(0)));
      writer.clear();
    }
  }

  private static byte[] damage(byte[] record, Random random) {
    byte[] damaged = record.clone();
    if (damaged.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(damaged, random.nextInt(damaged.length + 1))
        : damaged;
  }

  private Decoder decoder() {
    return format().decoder(stream().withFormat(format()).definition());
  }

  private Encoder encoder() {
    return format().encoder(stream().withFormat(format()).definition(), false);
  }

  private void decodeHeader(Decoder decoder, RecordingRowWriter writer) {
    decoder.reset();
    byte[] header = encoder().header();
    if (header.length > 0) {
      assertThat(decoder.headerRecords()).isEqualTo(1);
      decode(decoder, header, writer);
      assertThat(writer.rows()).isEmpty();
    }
  }

  private List<byte[]> encodedRows() {
    BatchFixture fixture = new BatchFixture(stream().schema());
    rows().forEach(fixture::row);
    Batch batch = fixture.batch();
    Encoder encoder = encoder();
    List<byte[]> encoded = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      ByteOutput out = new ByteOutput(1);
      encoder.encode(batch, row, out);
      encoded.add(out.toByteArray());
    }
    return encoded;
  }

  private static void decode(Decoder decoder, byte[] bytes, RecordingRowWriter writer) {
    writer.record(() -> "test", RowWriter.NO_TIME);
    decoder.decode(bytes, 0, bytes.length, writer);
  }
}
