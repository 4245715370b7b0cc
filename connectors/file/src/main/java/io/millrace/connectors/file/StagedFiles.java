package io.millrace.connectors.file;

import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the files of a sink are like at a snapshot: the bytes that it stages.
 *
 * @param open files that are open, in the order of their last use
 * @param others the other paths that were written to
 * @param rotated the names that rotated files get when the snapshot is committed
 */
record StagedFiles(List<OutputRecord> open, List<OutputRecord> others, List<String> rotated) {
  private static final int VERSION = 1;

  StagedFiles {
    open = List.copyOf(open);
    others = List.copyOf(others);
    rotated = List.copyOf(rotated);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(open, out);
      write(others, out);
      out.writeInt(rotated.size());
      for (String name : rotated) {
        out.writeUTF(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static StagedFiles decode(StagedOutput staged) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(staged.bytes()))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new MillraceException(
            "snapshot "
                + staged.snapshotId()
                + " describes files in the form "
                + version
                + ", which this version does not know; go on with the version that took it");
      }
      List<OutputRecord> open = read(in);
      List<OutputRecord> others = read(in);
      List<String> rotated = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        rotated.add(in.readUTF());
      }
      return new StagedFiles(open, others, rotated);
    } catch (IOException e) {
      throw new MillraceException(
          "what snapshot " + staged.snapshotId() + " says of the files of a sink is damaged", e);
    }
  }

  private static void write(List<OutputRecord> records, DataOutputStream out) throws IOException {
    out.writeInt(records.size());
    for (OutputRecord record : records) {
      out.writeUTF(record.path());
      out.writeInt(record.lastNumber());
      out.writeLong(record.length());
      if (record.hasFile()) {
        out.writeLong(record.size());
        out.writeLong(record.openedAtMillis());
        out.writeInt((int) record.head());
      }
    }
  }

  private static List<OutputRecord> read(DataInputStream in) throws IOException {
    List<OutputRecord> records = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      String path = in.readUTF();
      int lastNumber = in.readInt();
      long length = in.readLong();
      records.add(
          length == OutputRecord.NONE
              ? OutputRecord.rotated(path, lastNumber)
              : new OutputRecord(
                  path,
                  lastNumber,
                  length,
                  in.readLong(),
                  in.readLong(),
                  Integer.toUnsignedLong(in.readInt())));
    }
    return records;
  }
}
