package io.millrace.engine.exchange;

import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;

/**
 * The form of the records of an exchange: a byte that says what it is, then
 *
 * <ul>
 *   <li>of a row: four bytes that tell its columns from others, its event time, the watermark
 *       before it and that by which it is late, each as the distance from the number before, its
 *       lane, and its values;
 *   <li>of a watermark: the watermark, in one of two forms, of which one says that the sender is
 *       idle.
 * </ul>
 */
final class RecordForm {
  /**
   * A row of the kind with the code 0; those of other kinds follow. Another form begins elsewhere.
   */
  static final int ROW = 16;

  static final int WATERMARK = ROW + 4;

  /** A watermark of a part that is idle. */
  static final int IDLE = WATERMARK + 1;

  private RecordForm() {}

  /** A number that is the same for equal columns, on every machine and for all time. */
  static int fingerprint(Schema schema) {
    int hash = 1;
    for (Field field : schema.fields()) {
      hash = 31 * hash + field.name().hashCode();
      hash = 31 * hash + field.type().sql().hashCode();
    }
    return hash;
  }
}
