package io.millrace.state.codec;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a state is, as it stands at the head of its section of a snapshot.
 *
 * @param name unique in its operator
 * @param kind what kind of state
 * @param version of the declaration
 * @param columns each column in words: {@code key STRING}, {@code total DECIMAL(10,2)}
 * @param codecVersions for each column the version of its own codec, 0 for SQL types
 * @param later the columns that what was saved may lack; not saved themselves
 * @param isLater whether what was saved may lack the whole state; not saved itself
 */
public record StateSignature(
    String name,
    StateKind kind,
    int version,
    List<String> columns,
    List<Integer> codecVersions,
    Set<Integer> later,
    boolean isLater) {
  public StateSignature {
    columns = List.copyOf(columns);
    codecVersions = List.copyOf(codecVersions);
    later = Set.copyOf(later);
  }

  /** The signature of a state with key columns, which may be none, and fields. */
  public static StateSignature of(
      String name, StateKind kind, int version, List<DataType> keys, List<StateType> fields) {
    List<String> columns = new ArrayList<>();
    List<Integer> versions = new ArrayList<>();
    Set<Integer> later = new HashSet<>();
    for (DataType key : keys) {
      columns.add("key " + key.sql());
      versions.add(0);
    }
    for (StateType field : fields) {
      StateCodec<?> codec = field.codec();
      DataType type = field.type();
      if (field.isLater()) {
        later.add(columns.size());
      }
      columns.add(field.name() + " " + (type == null ? "OBJECT" : type.sql()));
      versions.add(codec == null ? 0 : codec.version());
    }
    return new StateSignature(name, kind, version, columns, versions, later, false);
  }

  /** The signature of a table, whose keys and values may be saved as another kind of state. */
  public static StateSignature of(SlotTableSpec spec, StateKind kind) {
    StateSignature signature = of(spec.name(), kind, spec.version(), spec.keys(), spec.fields());
    return spec.isLater() ? signature.asLater() : signature;
  }

  /** The same of a state that what was saved may lack. */
  public StateSignature asLater() {
    return new StateSignature(name, kind, version, columns, codecVersions, later, true);
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
    return new StateSignature(name, kind, version, columns, versions, Set.of(), false);
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
    return new StateSignature(name, kind, version, columns, versions, Set.of(), false);
  }

  /**
   * Checks that what was saved under this signature can be read by a declaration.
   *
   * @throws MillraceException if not; it names both
   */
  public void requireFits(StateSignature declared) {
    if (kind != declared.kind || version != declared.version || declared.columnsOf(this) == null) {
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

  /**
   * Where the columns of this declaration are in what was saved under a signature.
   *
   * @return for each the index of the saved column, -1 for one that it lacks; null if it cannot be
   *     read
   */
  public @Nullable List<Integer> columnsOf(StateSignature saved) {
    List<Integer> found = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < columns.size(); i++) {
      boolean isThere =
          next < saved.columns.size()
              && columns.get(i).equals(saved.columns.get(next))
              && saved.codecVersions.get(next) <= codecVersions.get(i);
      if (!isThere && !later.contains(i)) {
        return null;
      }
      found.add(isThere ? next++ : -1);
    }
    return next == saved.columns.size() ? found : null;
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
