package io.millrace.testkit.snapshot;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.FilesInUse;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotSections;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in memory, every part a file of its own. What is finished survives {@link #close}, as
 * it would on a disk: the same store is then opened again by going on with it. {@link #damage} and
 * {@link #failWith} bring about what else takes a broken disk.
 */
public final class MemorySnapshotStore implements SnapshotStore {
  private final TreeMap<Long, Manifest> manifests = new TreeMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Set<String> damaged = new HashSet<>();
  private final FilesInUse inUse = new FilesInUse();
  private long filesWritten;
  private @Nullable Writer writer;
  private @Nullable MillraceException failure;

  /** From now on the bytes of a part are others than those that were written. */
  public synchronized void damage(Part part) {
    damaged.add(part.file());
  }

  /** From now on nothing can be written, for this reason; null ends that. */
  public synchronized void failWith(@Nullable MillraceException reason) {
    failure = reason;
  }

  /** The names of all files, manifests not among them. */
  public synchronized Set<String> files() {
    return Set.copyOf(files.keySet());
  }

  @Override
  public synchronized List<Long> ids() {
    return List.copyOf(manifests.keySet());
  }

  @Override
  public synchronized Manifest manifest(long id) {
    Manifest manifest = manifests.get(id);
    if (manifest == null) {
      throw new DamagedSnapshotException("there is no snapshot " + id, null);
    }
    return manifest;
  }

  @Override
  public synchronized SnapshotWriter begin(String job, long id, @Nullable Manifest previous) {
    if (writer != null) {
      throw new IllegalStateException("another snapshot is being written");
    }
    if (id < 1) {
      throw new IllegalArgumentException("not the id of a snapshot: " + id);
    }
    inUse.writerBegins(previous);
    writer = new Writer(job, id, previous);
    return writer;
  }

  @Override
  public void read(Part part, PartReader reader) {
    byte[] content = content(part);
    try {
      reader.read(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      throw new MillraceException("cannot read " + part + ": " + e, e);
    }
  }

  @Override
  public Part writeMerged(SnapshotContent content) {
    byte[] bytes = bytes(content);
    synchronized (this) {
      Part part = add(bytes, true);
      inUse.addMerged(part.file());
      return part;
    }
  }

  @Override
  public synchronized void retain(Set<Long> ids) {
    manifests.keySet().retainAll(ids);
    Set<String> needed = inUse.with(manifests.values());
    files.keySet().retainAll(needed);
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      writer.close();
    }
  }

  private synchronized byte[] content(Part part) {
    byte[] content = files.get(part.file());
    if (content == null || damaged.contains(part.file())) {
      throw new DamagedSnapshotException(
          part + (content == null ? " is not there" : " has other bytes"), null);
    }
    return content;
  }

  private synchronized Part add(byte[] bytes, boolean isFull) {
    checkWritable();
    String file = "file " + ++filesWritten;
    files.put(file, bytes);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Part(file, 0, bytes.length, (int) crc.getValue(), isFull);
  }

  private void checkWritable() {
    if (failure != null) {
      throw failure;
    }
  }

  private static byte[] bytes(SnapshotContent content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new MillraceException("cannot write a part: " + e, e);
    }
    return bytes.toByteArray();
  }

  private final class Writer implements SnapshotWriter {
    private final String job;
    private final long id;
    private final SnapshotSections sections;
    private final List<String> written = new ArrayList<>();
    private boolean isOpen = true;

    Writer(String job, long id, @Nullable Manifest previous) {
      this.job = job;
      this.id = id;
      this.sections = new SnapshotSections(previous);
    }

    @Override
    public void writeFull(String section, SnapshotContent content) {
      checkOpen();
      sections.checkNew(section);
      sections.add(section, List.of(write(content, true)));
    }

    @Override
    public void writeChanges(String section, SnapshotContent content) {
      checkOpen();
      sections.previousParts(section).forEach(MemorySnapshotStore.this::content);
      sections.addChanges(section, write(content, false));
    }

    @Override
    public void keep(String section) {
      checkOpen();
      List<Part> parts = sections.previousParts(section);
      parts.forEach(MemorySnapshotStore.this::content);
      sections.add(section, parts);
    }

    @Override
    public void replace(String section, int count, Part merged) {
      checkOpen();
      synchronized (MemorySnapshotStore.this) {
        content(merged);
        inUse.writerTakes(merged.file());
      }
      sections.replace(section, count, merged);
    }

    @Override
    public Manifest finish(long takenAtMillis, Map<String, String> attributes) {
      checkOpen();
      synchronized (MemorySnapshotStore.this) {
        checkWritable();
        Manifest manifest =
            new Manifest(
                job, id, takenAtMillis, attributes, sections.toList(), checksum(takenAtMillis));
        manifests.put(id, manifest);
        end(true);
        return manifest;
      }
    }

    @Override
    public void close() {
      synchronized (MemorySnapshotStore.this) {
        if (isOpen) {
          written.forEach(files::remove);
          end(false);
        }
      }
    }

    private Part write(SnapshotContent content, boolean isFull) {
      byte[] bytes = bytes(content);
      synchronized (MemorySnapshotStore.this) {
        Part part = add(bytes, isFull);
        inUse.writerTakes(part.file());
        written.add(part.file());
        return part;
      }
    }

    private String checksum(long takenAtMillis) {
      CRC32C crc = new CRC32C();
      String text = job + id + ' ' + takenAtMillis + sections.toList();
      crc.update(text.getBytes(StandardCharsets.UTF_8));
      return Long.toHexString(crc.getValue());
    }

    private void end(boolean finished) {
      isOpen = false;
      inUse.writerEnds(finished);
      writer = null;
    }

    private void checkOpen() {
      if (!isOpen) {
        throw new IllegalStateException("the writer of snapshot " + id + " is closed");
      }
    }
  }
}
