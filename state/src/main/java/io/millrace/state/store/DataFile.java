package io.millrace.state.store;

import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotContent;
import java.io.DataOutputStream;
import java.io.IOException;

/** A data file that is being written: parts, one after the other. Used by one thread. */
final class DataFile implements AutoCloseable {
  private final StoreFiles files;
  private final String temporaryName;
  private final BlockWriter out;

  DataFile(StoreFiles files, String temporaryName, BlockWriter out) {
    this.files = files;
    this.temporaryName = temporaryName;
    this.out = out;
  }

  /** The name that the file and its parts bear until it is finished. */
  String temporaryName() {
    return temporaryName;
  }

  Part write(SnapshotContent content, boolean isFull) throws IOException {
    long start = out.position();
    DataOutputStream data = new DataOutputStream(out);
    content.write(data);
    data.flush();
    return new Part(temporaryName, start, out.position() - start, out.takeChecksum(), isFull);
  }

  /**
   * Ends the file, which is on stable storage then, still under its temporary name.
   *
   * @return the name that it is to be given
   */
  String finish() throws IOException {
    String name = FileNames.ofData(out.finish());
    out.close();
    return name;
  }

  /** Removes the file, unless it has been given its name. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException ignored) { // what it holds is not wanted, or on stable storage
    }
    files.discardTemporary(temporaryName);
  }
}
