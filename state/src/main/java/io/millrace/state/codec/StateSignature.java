package io.millrace.state.codec;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a state is, as it stands at the head of its section of a snapshot.
 *
 * @param name unique in its operator
 * @param kind what kind of state
 * @param version of the declaration
 * @param columns each column in words: {@code key STRING}, {@code total DECIMAL(10,2)}
 * @param codecVersions for each column the version of its own codec, 0 for SQL types
 */
public record StateSignature(
    String name, StateKind kind, int version, List<String> columns, List<Integer> codecVersions) {
  public StateSignature {
    columns = List.copyOf(columns);
    codecVersions = List.copyOf(codecVersions);
  }

  /** The signature of a state with key columns, which may be none, and fields. */
  public static StateSignature of(
      String name, StateKind kind, int version, List<DataType> keys, List<StateType> fields) {
    List<String> columns = new ArrayList<>();
    List<Integer> versions = new ArrayList<>();
    for (DataType key : keys) {
      columns.add("key " + key.sql());
      versions.add(0);
    }
    for (StateType field : fields) {
      StateCodec<?> codec = field.codec();
      DataType type = field.type();
      columns.add(field.name() + " " + (type == null ? "OBJECT" : type.sql()));
      versions.add(codec == null ? 0 : codec.version());
    }
    return new StateSignature(name, kind, version, columns, versions);
  }

  /** The signature of a state whose columns have no names. */
  public static StateSignature ofRows(
      String name, StateKind kind, int version, List<DataType> rows) {
    List<String> columns = new ArrayList<>();
    List<Integer> versions = new ArrayList<>();
    for (DataType type : rows) {
      columns.add(type.sql());
      versions.add(0);
    }
    return new StateSignature(name, kind, version, columns, versions);
  }

  public void write(StateWriter out) throws IOException {
    out.writeString(name);
    out.writeUnsigned(kind.code());
    out.writeUnsigned(version);
    out.writeUnsigned(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      out.writeString(columns.get(i));
      out.writeUnsigned(codecVersions.get(i));
    }
  }

  public static StateSignature read(StateReader in) throws IOException {
    String name = in.readString();
    StateKind kind = StateKind.of(in.readInt());
    int version = in.readInt();
    int count = in.readInt();
    List<String> columns = new ArrayList<>();
    List<Integer> versions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(in.readString());
      versions.add(in.readInt());
    }
    return new StateSignature(name, kind, version, columns, versions);
  }

  /**
   * Checks that what was saved under this signature can be read by a declaration.
   *
   * @throws MillraceException if not; it names both
   */
  public void requireFits(StateSignature declared) {
    boolean fits =
        kind == declared.kind && version == declared.version && columns.equals(declared.columns);
    for (int i = 0; fits && i < columns.size(); i++) {
      fits = codecVersions.get(i) <= declared.codecVersions.get(i);
    }
    if (!fits) {
      throw new MillraceException(
          "saved state '"
              + name
              + "' does not fit the query: saved was "
              + describe()
              + ", declared is "
              + declared.describe()
              + "; restore it with the query, the functions and the version of Millrace that saved"
              + " it, or start without it");
    }
  }

  /** The state in words, without its name. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int codec = codecVersions.get(i);
      parts.add(codec == 0 ? columns.get(i) : columns.get(i) + " of version " + codec);
    }
    return kind.label()
        + " of version "
        + version
        + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
  }
}
