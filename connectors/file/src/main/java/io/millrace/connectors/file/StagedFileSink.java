package io.millrace.connectors.file;

import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files that follow snapshots. A snapshot knows the length of every file; the {@link
 * UndoLog} knows which files were begun and rotated behind it. A rotated file gets its name when
 * the snapshot that covers it is committed, so that whoever takes finished files never sees one
 * that is taken back.
 */
final class StagedFileSink implements StagedSink {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFileSink.class);

  private final UndoLog log;
  private final OutputFiles files;
  private final FileSink sink;
  private final List<Rotated> rotated = new ArrayList<>();
  private final TreeSet<String> touchedFolders = new TreeSet<>();
  private long stagedId;
  private boolean isStaged;
  private volatile long appliedId;

  /** A file that waits for its name, and the first snapshot that covers it; 0 before that. */
  private record Rotated(Path target, long snapshotId) {}

  /** How the files of a sink are written, given who learns of what is done to them. */
  interface Writing {
    OutputFiles files(Trail trail);
  }

  /** Opens the files behind a snapshot, or anew. */
  StagedFileSink(
      PathTemplate template, Writing writing, UndoLog log, @Nullable StagedOutput resumed) {
    this.log = log;
    this.files = writing.files(new Kept());
    if (resumed == null) {
      log.discard();
    } else {
      resume(resumed);
    }
    this.sink = new FileSink(template, files);
  }

  private final class Kept implements Trail {
    @Override
    public boolean isKept() {
      return true;
    }

    @Override
    public void beforeMaking(Path file) {
      log.made(file);
      touchedFolders.add(Disk.folderOf(file).toString());
    }

    @Override
    public void beforeExtending(Path file, long length) {
      log.extended(file, length);
    }

    @Override
    public Path beforeRotating(Path file, Path target) {
      log.rotated(file, target);
      rotated.add(new Rotated(target, 0));
      touchedFolders.add(Disk.folderOf(file).toString());
      return UndoLog.pending(target);
    }
  }

  @Override
  public void write(Batch batch) {
    isStaged = false;
    sink.write(batch);
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public byte[] stage(long snapshotId) {
    files.force();
    for (String folder : touchedFolders) {
      force(Path.of(folder));
    }
    touchedFolders.clear();
    rotated.removeIf(file -> file.snapshotId() != 0 && file.snapshotId() <= appliedId);
    rotated.replaceAll(
        file -> file.snapshotId() == 0 ? new Rotated(file.target(), snapshotId) : file);
    log.begin(snapshotId);
    stagedId = snapshotId;
    isStaged = true;
    List<String> names = rotated.stream().map(file -> file.target().toString()).toList();
    return new StagedFiles(files.openFiles(), files.otherFiles(), names).encode();
  }

  @Override
  public void apply(StagedOutput staged) {
    apply(StagedFiles.decode(staged));
    if (staged.snapshotId() > appliedId) {
      log.dropBefore(appliedId);
      appliedId = staged.snapshotId();
    }
  }

  /** A file that is not there has been renamed before, and may have been taken away since. */
  private static void apply(StagedFiles staged) {
    for (String name : staged.rotated()) {
      Path target = Path.of(name);
      Path pending = UndoLog.pending(target);
      try {
        if (Files.exists(pending)) {
          Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
          Disk.force(Disk.folderOf(target));
        }
      } catch (IOException e) {
        throw FileErrors.cannot("rename", pending, e);
      }
    }
  }

  @Override
  public void close() {
    sink.close();
    log.close();
    if (isStaged && stagedId == appliedId) {
      log.dropBefore(stagedId);
    }
  }

  private void resume(StagedOutput resumed) {
    StagedFiles staged = StagedFiles.decode(resumed);
    long id = resumed.snapshotId();
    log.undo(id);
    apply(staged);
    staged.open().forEach(record -> cutOff(record, id, true));
    staged.others().forEach(record -> cutOff(record, id, false));
    files.restore(staged.open(), staged.others());
    log.begin(id);
    stagedId = id;
    appliedId = id;
  }

  /** Brings a file to the length that it had. Who takes a finished file away may do so. */
  private static void cutOff(OutputRecord record, long snapshotId, boolean isOpen) {
    Path file = FileOptions.path(record.path());
    if (!record.hasFile()) {
      return;
    }
    try {
      if (!Files.exists(file) && !isOpen) {
        LOG.warn("'{}' is gone; the next row for it begins it anew", file);
        return;
      }
      String problem = problem(file, record);
      if (!problem.isEmpty()) {
        throw new MillraceException(
            "cannot go on behind snapshot "
                + snapshotId
                + ": '"
                + file
                + "' "
                + problem
                + "; put it back as it was, or start the job without its snapshots");
      }
      if (Files.size(file) > record.length()) {
        Disk.cutOff(file, record.length());
      }
    } catch (IOException e) {
      throw FileErrors.cannot("cut off", file, e);
    }
  }

  private static String problem(Path file, OutputRecord record) throws IOException {
    if (!Files.exists(file)) {
      return "is gone; it had " + record.length() + " bytes";
    }
    long found = Files.size(file);
    if (found < record.length()) {
      return "has " + found + " bytes, but had " + record.length();
    }
    boolean isSame = OutputRecord.headOf(file, record.length()) == record.head();
    return isSame ? "" : "is another file than before: its first bytes have changed";
  }

  private void force(Path folder) {
    try {
      Disk.force(folder, log.folder());
    } catch (IOException e) {
      throw FileErrors.cannot("write", folder, e);
    }
  }
}
