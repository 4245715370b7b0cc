package io.millrace.state.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder in which something goes wrong at a given step: any change of a file, of a name, and any
 * waiting for stable storage is one. Knows what would be lost if the machine ended, and so waits
 * for nothing: tests that end no machine are fast.
 */
final class FaultyFolder implements Folder {
  /** What goes wrong. */
  enum Fault {
    /** The step fails, and none after it. */
    ONCE,
    /** From then on nothing more can be written, but files can be renamed and removed. */
    DISK_FULL,
    /** The process ends: from then on nothing is done at all. */
    END
  }

  static final String REASON = "No space left on device";

  private final Folder folder;
  private final Fault fault;
  private int stepsLeft;
  private final Set<String> unforced = new HashSet<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /**
   * @param steps how many steps go well
   */
  FaultyFolder(Folder folder, Fault fault, int steps) {
    this.folder = folder;
    this.fault = fault;
    this.stepsLeft = steps;
  }

  static FaultyFolder withoutFaults(Folder folder) {
    return new FaultyFolder(folder, Fault.ONCE, Integer.MAX_VALUE);
  }

  boolean hasFailed() {
    return stepsLeft < 0;
  }

  /**
   * The machine ends: what was not forced is lost.
   *
   * @param exceptLast whether the last change of a name survives all the same
   */
  void lose(boolean exceptLast) {
    for (String name : unforced) {
      unchecked(() -> Files.write(path().resolve(name), new byte[0]));
    }
    if (exceptLast) {
      undo.pollLast();
    }
    while (!undo.isEmpty()) {
      undo.removeLast().run();
    }
  }

  @Override
  public Path path() {
    return folder.path();
  }

  @Override
  public List<String> names() throws IOException {
    return folder.names();
  }

  @Override
  public Output create(String name) throws IOException {
    step(true);
    Output out = folder.create(name);
    undo.add(() -> unchecked(() -> Files.deleteIfExists(path().resolve(name))));
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        step(true);
        unforced.add(name);
        out.write(bytes);
      }

      @Override
      public void force() throws IOException {
        step(true);
        unforced.remove(name);
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step(false);
    byte[] replaced = bytes(to);
    folder.rename(from, to);
    if (unforced.remove(from)) {
      unforced.add(to);
    }
    undo.add(
        () -> {
          unchecked(() -> Files.move(path().resolve(to), path().resolve(from)));
          if (replaced.length > 0) {
            unchecked(() -> Files.write(path().resolve(to), replaced));
          }
        });
  }

  @Override
  public void delete(String name) throws IOException {
    step(false);
    byte[] deleted = bytes(name);
    folder.delete(name);
    unforced.remove(name);
    if (deleted.length > 0) {
      undo.add(() -> unchecked(() -> Files.write(path().resolve(name), deleted)));
    }
  }

  @Override
  public void force() throws IOException {
    step(false);
    undo.clear();
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  private byte[] bytes(String name) throws IOException {
    Path file = path().resolve(name);
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private void step(boolean needsRoom) throws IOException {
    stepsLeft--;
    boolean fails =
        switch (fault) {
          case ONCE -> stepsLeft == -1;
          case DISK_FULL -> stepsLeft == -1 || (stepsLeft < 0 && needsRoom);
          case END -> stepsLeft < 0;
        };
    if (fails) {
      throw new IOException(REASON);
    }
  }

  private static void unchecked(Change change) {
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Change {
    void run() throws IOException;
  }
}
