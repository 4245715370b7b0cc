package io.millrace.connectors.file;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files one after the other, in the order of their names, as one partition. When it follows
 * them, the last one is read on as it grows; a file whose successor is there, or whose name another
 * file has taken, is finished.
 */
final class FileSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
  private static final String PARTITION = "files";
  private static final long LONGEST_WAIT_NANOS = 20_000_000;

  private final Decoder decoder;
  private final boolean follows;
  private final FileQueue queue;
  private final InputFile.Layout layout;
  private final @Nullable DoneFolder doneFolder;
  private @Nullable FileChannel claim;
  private final RecordOrigin origin = this::describe;
  private @Nullable InputFile current;
  private Optional<FilePosition> resumeAt = Optional.empty();

  /** The name that the current file had when reading began, if it has another one now. */
  private Optional<Path> renamedFrom = Optional.empty();

  FileSource(FileOptions.OfSource options, Decoder decoder) {
    this.decoder = decoder;
    this.follows = options.follows();
    this.layout = new InputFile.Layout(decoder.framing(), options.maxRecordSize());
    if (follows && decoder.framing().kind() == Framing.Kind.WHOLE) {
      throw new MillraceException(
          "'mode' = 'follow' reads lines, but the format takes whole files; use 'mode' = 'once'");
    }
    Optional<Path> done = options.doneFolder().map(path -> path.toAbsolutePath().normalize());
    InputFiles files = InputFiles.of(options.path(), done, follows || done.isPresent());
    if (follows && done.isPresent() && files.isSingle()) {
      throw new MillraceException(
          "'done.folder' with 'mode' = 'follow' needs a folder or a glob as 'path': a single file"
              + " that is followed is never finished");
    }
    this.claim = files.isSingle() ? FileClaim.toRead(FileOptions.path(options.path())) : null;
    this.doneFolder = done.map(DoneFolder::new).orElse(null);
    this.queue = new FileQueue(files, follows, done.isPresent());
  }

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public PollStatus poll(int partition, RowWriter writer, int maxRows) {
    int records = 0;
    while (records < maxRows) {
      if (current == null && !openNext(writer)) {
        return follows ? PollStatus.IDLE : PollStatus.ENDED;
      }
      InputFile file = current;
      if (file == null) {
        continue;
      }
      try {
        RecordReader.Step step = next(file);
        if (step != RecordReader.Step.END) {
          decode(file.records(), step, writer);
          records++;
        } else if (current == file) {
          return PollStatus.IDLE;
        }
      } catch (IOException e) {
        fail(file, e, writer);
      }
    }
    return PollStatus.MORE;
  }

  /** The next record; at the end of the file, what follows from what has become of it. */
  private RecordReader.Step next(InputFile file) throws IOException {
    RecordReader.Step step = file.records().next();
    if (step != RecordReader.Step.END) {
      return step;
    }
    if (follows && file.mayGrow() && renamedFrom.isEmpty()) {
      InputFile.Fate fate = file.fate();
      if (fate == InputFile.Fate.TRUNCATED) {
        LOG.warn("'{}' was truncated; it is read again from its beginning", file.path());
        close();
        queue.again(file.path());
        return step;
      }
      if (fate != InputFile.Fate.REPLACED && !queue.hasNext()) {
        return step;
      }
      if (fate == InputFile.Fate.REPLACED) {
        queue.again(file.path());
      }
      step = file.records().next();
    }
    if (step == RecordReader.Step.END) {
      step = file.records().last();
    }
    if (step == RecordReader.Step.END) {
      finish(file);
    }
    return step;
  }

  private void finish(InputFile file) {
    Optional<Path> former = renamedFrom;
    close();
    if (former.isEmpty()) {
      queue.finish(file.path());
    } else if (follows) {
      queue.again(former.get());
    }
  }

  private void decode(RecordReader records, RecordReader.Step step, RowWriter writer) {
    writer.record(origin, RowWriter.NO_TIME);
    if (step == RecordReader.Step.TOO_LONG) {
      writer.reject(
          records.bytes(),
          records.start(),
          records.length(),
          "the record is longer than 'max.record.size' = " + layout.maxRecordSize() + " bytes");
      return;
    }
    try {
      decoder.decode(records.bytes(), records.start(), records.length(), writer);
    } catch (DecodeException e) {
      writer.reject(records.bytes(), records.start(), records.length(), e.message());
    }
  }

  /** Rejects what is left of damaged data and goes on with the next file; else gives up. */
  private void fail(InputFile file, IOException error, RowWriter writer) {
    if (!InputFile.isDamage(file.path(), error)) {
      throw FileErrors.cannot("read", file.path(), error);
    }
    RecordReader records = file.records();
    boolean isInside = records.last() != RecordReader.Step.END;
    String name = describe();
    finish(file);
    writer.record(() -> name, RowWriter.NO_TIME);
    reject(
        file.path(),
        error,
        records.bytes(),
        records.start(),
        isInside ? records.length() : 0,
        writer);
  }

  private static void reject(
      Path file, IOException error, byte[] bytes, int start, int length, RowWriter writer) {
    String reason = error instanceof EOFException ? "cut off" : "damaged: " + error.getMessage();
    writer.reject(bytes, start, length, "the compressed data of '" + file + "' is " + reason);
  }

  /** Opens the next file, if there is one; it is passed over if it is damaged at its beginning. */
  private boolean openNext(RowWriter writer) {
    Optional<FilePosition> position = resumeAt.filter(resumed -> resumed.offset() > 0);
    resumeAt = Optional.empty();
    Optional<Path> path =
        position.isPresent() ? Optional.of(Path.of(position.get().file())) : queue.next();
    if (path.isEmpty()) {
      return false;
    }
    Path file = path.get();
    decoder.reset();
    try {
      if (position.isPresent()) {
        resume(file, position.get(), writer);
      } else {
        current = InputFile.open(file, layout);
      }
    } catch (IOException e) {
      if (!InputFile.isDamage(file, e)) {
        throw FileErrors.cannot("read", file, e);
      }
      queue.finish(file);
      writer.record(file::toString, RowWriter.NO_TIME);
      reject(file, e, new byte[0], 0, 0, writer);
    }
    return true;
  }

  /** Opens a file behind what an earlier process has read of it, wherever it is now. */
  private void resume(Path file, FilePosition position, RowWriter writer) throws IOException {
    Optional<Path> found =
        ResumedFile.find(position, Optional.ofNullable(doneFolder).map(DoneFolder::path));
    if (found.isPresent()) {
      Path path = found.get();
      readHeader(path, position.offset(), writer);
      current =
          InputFile.open(path, layout, InputFile.head(path), position.offset(), position.line());
      renamedFrom = path.equals(file) ? Optional.empty() : Optional.of(file);
      return;
    }
    String problem = "'" + file + "' " + ResumedFile.problem(position);
    if (!follows) {
      throw new MillraceException(
          problem + "; put the old one back, or start the job without its snapshots");
    }
    LOG.warn("{}; reading goes on at the beginning of the next file", problem);
    queue.again(file);
  }

  /** Gives the decoder the records at the beginning of the file that say how to read the others. */
  private void readHeader(Path path, long offset, RowWriter writer) throws IOException {
    int wanted = decoder.headerRecords();
    try (InputFile file = InputFile.open(path, layout)) {
      RecordReader records = file.records();
      while (wanted > 0
          && records.offset() < offset
          && records.next() == RecordReader.Step.RECORD) {
        if (records.length() > 0) {
          wanted--;
          decoder.decode(records.bytes(), records.start(), records.length(), writer);
        }
      }
    } catch (DecodeException e) {
      LOG.debug("the header of '{}' was rejected before", path, e);
    }
  }

  @Override
  public void await(Duration timeout) {
    LockSupport.parkNanos(Math.min(timeout.toNanos(), LONGEST_WAIT_NANOS));
  }

  @Override
  public String position(int partition) {
    InputFile file = current;
    if (file == null) {
      return resumeAt
          .orElseGet(
              () -> new FilePosition(queue.last(), FilePosition.END, 1, 0, "", queue.finished()))
          .format();
    }
    RecordReader records = file.records();
    long offset = records.offset();
    return new FilePosition(
            renamedFrom.orElse(file.path()).toString(),
            offset,
            records.nextLine(),
            records.head().checksum(offset),
            file.key(),
            queue.finished())
        .format();
  }

  @Override
  public void seek(int partition, String position) {
    close();
    FilePosition resumed = FilePosition.parse(position);
    resumeAt = Optional.of(resumed);
    queue.resume(resumed);
  }

  @Override
  public void acknowledge(List<String> positions) {
    DoneFolder folder = doneFolder;
    if (folder == null) {
      return;
    }
    for (FinishedFile file : FilePosition.parse(positions.get(0)).finished()) {
      folder.take(file);
      queue.moved(file.name());
    }
  }

  @Override
  public void close() {
    InputFile file = current;
    current = null;
    renamedFrom = Optional.empty();
    if (file != null) {
      file.close();
    }
    release();
  }

  private void release() {
    try (FileChannel released = claim) {
      claim = null;
    } catch (IOException ignored) { // nothing was written, so nothing is lost
      return;
    }
  }

  private String describe() {
    InputFile file = current;
    return file == null ? PARTITION : file.path() + ":" + file.records().line();
  }
}
