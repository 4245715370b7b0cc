package io.millrace.testkit.state;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.List;

/** A type of each kind, for the columns of states under test. */
final class EveryType {
  static final List<DataType> TYPES =
      List.of(
          DataType.BOOLEAN,
          DataType.INT,
          DataType.BIGINT,
          DataType.DOUBLE,
          DataType.decimal(38, 6),
          DataType.STRING,
          DataType.BYTES,
          DataType.TIMESTAMP,
          DataType.array(DataType.DOUBLE),
          DataType.map(DataType.STRING, DataType.BOOLEAN),
          new DataType.StructOf(
              List.of(
                  new Field("a", DataType.INT),
                  new Field("b", DataType.array(DataType.decimal(5, 2))))));

  private EveryType() {}

  /** A field of each type, and an object with a codec of its own. */
  static List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    for (DataType type : TYPES) {
      fields.add(StateType.of("f" + fields.size(), type));
    }
    fields.add(StateType.object("object", new TextCodec(0)));
    return fields;
  }
}
