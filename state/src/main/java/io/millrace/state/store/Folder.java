package io.millrace.state.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * What a store does to its folder, step by step: tests put a folder in its place that fails, or
 * ends, at any of them.
 */
interface Folder extends Closeable {
  Path path();

  /** The names of all files. */
  List<String> names() throws IOException;

  /** Makes an empty file, in place of one of that name. */
  Output create(String name) throws IOException;

  /** Gives a file another name, in one step and in place of one that has it. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. */
  void delete(String name) throws IOException;

  /** Returns when the names of the files are on stable storage. */
  void force() throws IOException;

  /** A file that is written from its beginning to its end. */
  interface Output extends Closeable {
    /** Writes all bytes that remain. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when all bytes are on stable storage. */
    void force() throws IOException;
  }
}
