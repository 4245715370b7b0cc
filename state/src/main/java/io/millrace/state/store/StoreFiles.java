package io.millrace.state.store;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotStore.PartReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of a store, one by one: what is in them and how they come and go, but not which of them
 * are needed. May be used by several threads.
 */
final class StoreFiles {
  private final Folder folder;
  private final BlockFormat format;

  /** In the names of temporary files, so that nobody who comes later uses the same. */
  private final String prefix = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

  private final AtomicLong temporaries = new AtomicLong();
  private final Set<String> inWriting = ConcurrentHashMap.newKeySet();

  StoreFiles(Folder folder, BlockFormat format) {
    this.folder = folder;
    this.format = format;
  }

  Path path(String name) {
    return folder.path().resolve(name);
  }

  List<String> names() throws IOException {
    return folder.names();
  }

  /** The ids of all manifests, rising. */
  List<Long> ids() throws IOException {
    return folder.names().stream()
        .map(FileNames::findId)
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .sorted()
        .toList();
  }

  boolean exists(String name) {
    return Files.exists(path(name));
  }

  DataFile newDataFile() throws IOException {
    String name = newTemporary();
    return new DataFile(this, name, format.writer(folder.create(name)));
  }

  /** Writes a manifest under a temporary name, which it returns. */
  String writeManifest(String text) throws IOException {
    String name = newTemporary();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean isWritten = false;
    try (Folder.Output out = folder.create(name)) {
      if (format.isEncrypted()) {
        BlockWriter blocks = format.writer(out);
        blocks.write(bytes);
        blocks.finish();
      } else {
        out.write(ByteBuffer.wrap(bytes));
        out.force();
      }
      isWritten = true;
    } finally {
      if (!isWritten) {
        discardTemporary(name);
      }
    }
    return name;
  }

  /** Gives a file that is whole its name, in place of one that has it. */
  void rename(String temporaryName, String name) throws IOException {
    folder.rename(temporaryName, name);
    inWriting.remove(temporaryName);
  }

  /** Returns when all names are on stable storage. */
  void force() throws IOException {
    folder.force();
  }

  void delete(String name) throws IOException {
    folder.delete(name);
  }

  /** Removes a file if that is possible; else whoever collects what is not needed will do it. */
  void discard(String name) {
    try {
      folder.delete(name);
    } catch (IOException ignored) { // the error that led here is the one to be told
    }
  }

  void discardTemporary(String name) {
    if (inWriting.contains(name)) {
      discard(name);
      inWriting.remove(name);
    }
  }

  /** Removes the temporary files of processes that have ended, and those that could not be. */
  void removeLeftovers() throws IOException {
    for (String name : folder.names()) {
      if (FileNames.isTemporary(name) && !inWriting.contains(name)) {
        folder.delete(name);
      }
    }
  }

  /** Reads a manifest; see {@link io.millrace.spi.snapshot.SnapshotStore#manifest}. */
  Manifest readManifest(long id) throws IOException {
    Path file = path(FileNames.ofManifest(id));
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException ignored) { // said in its own way
      throw StoreErrors.damaged(file, "it is not there");
    }
    if (format.isEncrypted() && ManifestText.isBegin(bytes)) {
      throw BlockFormat.notEncrypted(file);
    }
    if (format.isEncrypted() || FileHead.isHead(bytes)) {
      try (BlockReader blocks = format.reader(file)) {
        bytes = blocks.readAll();
      }
    }
    Manifest manifest = ManifestText.read(bytes, file);
    if (manifest.id() != id) {
      throw StoreErrors.damaged(file, "it is that of snapshot " + manifest.id());
    }
    return manifest;
  }

  /** Reads a part; see {@link io.millrace.spi.snapshot.SnapshotStore#read}. */
  void read(Part part, PartReader reader) throws IOException {
    Path file = path(part.file());
    if (!FileNames.isData(part.file())) {
      throw StoreErrors.damaged(file, "a data file has another name");
    }
    try (BlockReader blocks = format.reader(file)) {
      PartInput in = new PartInput(blocks, part);
      try {
        reader.read(new DataInputStream(in));
      } catch (IOException | RuntimeException e) {
        // Other bytes than were written explain any failure of a reader, so they are told first.
        in.checkRest();
        if (e instanceof EOFException) {
          throw new EOFException("a part of it has fewer bytes than its reader expects");
        }
        throw e;
      }
      in.checkRest();
    }
  }

  private String newTemporary() {
    String name = FileNames.ofTemporary(prefix, temporaries.incrementAndGet());
    inWriting.add(name);
    return name;
  }
}
