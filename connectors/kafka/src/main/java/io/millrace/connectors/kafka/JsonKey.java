package io.millrace.connectors.kafka;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that is a JSON object of the key columns, written by the format {@code json}. A single
 * column's value without an object around it is read too, since other programs write such keys.
 */
final class JsonKey implements KeyCodec {
  private static final String FORMAT = "json";

  private final List<Integer> keyColumns;
  private final Schema schema;
  private final Column[] columns;
  private final Encoder encoder;
  private final Decoder decoder;
  private final ByteOutput bytes = new ByteOutput(64);
  private final CapturedRow captured;
  private final byte[] bareValuePrefix;
  private final boolean readsBareValue;

  private JsonKey(StreamDefinition key, List<Integer> keyColumns, Format format) {
    this.keyColumns = keyColumns;
    this.schema = key.schema();
    this.columns = new Column[keyColumns.size()];
    this.encoder = format.encoder(key, false);
    this.decoder = format.decoder(key);
    this.captured = new CapturedRow(keyColumns.size());
    this.readsBareValue =
        keyColumns.size() == 1
            && !(schema.type(0) instanceof DataType.StructOf)
            && !(schema.type(0) instanceof DataType.MapOf);
    String name = schema.name(0).replace("\\", "\\\\").replace("\"", "\\\"");
    this.bareValuePrefix = ("{\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A codec for the stream's key columns.
   *
   * @throws MillraceException if the format is not on the class path
   */
  static JsonKey of(StreamDefinition stream) {
    Format format =
        ServiceLoader.load(Format.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals(FORMAT))
            .findFirst()
            .orElseThrow(
                () ->
                    new MillraceException(
                        "the record key of '"
                            + stream.name()
                            + "' is written as JSON, but the format 'json' is not on the class"
                            + " path; add the artifact millrace-format-json or set"
                            + " option 'key.format'"));
    List<Field> fields = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (int column : stream.keyColumns()) {
      indexes.add(fields.size());
      fields.add(stream.schema().field(column));
    }
    Options given = stream.options();
    Map<String, String> values =
        format.options().stream()
            .filter(spec -> !spec.isPrefix() && given.isGiven(spec.name()))
            .collect(Collectors.toMap(spec -> spec.name(), spec -> given.getString(spec.name())));
    StreamDefinition key =
        new StreamDefinition(
            stream.name(),
            new Schema(fields),
            indexes,
            false,
            new Options(format.options(), values));
    return new JsonKey(key, stream.keyColumns(), format);
  }

  @Override
  public byte[] encode(Batch batch, int row) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(keyColumns.get(i));
    }
    Batch key =
        new Batch(schema, columns, batch.timeline())
            .rows(batch.size(), batch.rowtimes(), null, null);
    bytes.clear();
    encoder.encode(key, row, bytes);
    return bytes.toByteArray();
  }

  @Override
  public @Nullable Object[] decode(byte[] key) {
    captured.clear();
    if (readsBareValue && !isObject(key)) {
      bytes.clear();
      bytes.write(bareValuePrefix, 0, bareValuePrefix.length);
      bytes.write(key, 0, key.length);
      bytes.write('}');
      read(bytes.array(), bytes.size());
    } else {
      read(key, key.length);
    }
    return captured.values();
  }

  private void read(byte[] json, int length) {
    try {
      decoder.decode(json, 0, length, captured);
    } catch (DecodeException e) {
      throw new DecodeException("the record key: " + e.message());
    }
    if (!captured.isComplete()) {
      throw new DecodeException("the record key is empty");
    }
  }

  private static boolean isObject(byte[] key) {
    int i = 0;
    while (i < key.length && key[i] <= ' ' && key[i] >= 0) {
      i++;
    }
    return i < key.length && key[i] == '{';
  }
}
