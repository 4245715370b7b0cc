package io.millrace.runtime.commit;

import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.CircuitJob.OperatorCapture;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore.PartReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job between two turns as bytes in memory, for programs that keep it themselves:
 * sections by name, each full. Immutable.
 */
public final class JobImage implements SavedSections {
  private static final int FORM = 1;
  private final Map<String, byte[]> sections;
  private final Map<String, String> descriptions;

  private JobImage(Map<String, byte[]> sections, Map<String, String> descriptions) {
    this.sections = sections;
    this.descriptions = descriptions;
  }

  /** Takes the image of a job, between two turns. */
  public static JobImage of(CircuitJob job) {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    Map<String, String> descriptions = new LinkedHashMap<>();
    sections.put(SectionNames.MARKS, bytes(Marks.of(job, List.of())::write));
    Map<String, String> operators = job.statefulOperators();
    for (OperatorCapture operator : job.capture(true)) {
      String name = SectionNames.OPERATOR + operator.identity();
      sections.put(name, bytes(operator.capture()));
      descriptions.put(name, operators.getOrDefault(operator.identity(), name));
    }
    return new JobImage(sections, descriptions);
  }

  /**
   * Reads an image.
   *
   * @throws MillraceException if the bytes are none
   */
  public static JobImage ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int form = in.readInt();
      if (form != FORM) {
        throw new MillraceException(
            "the snapshot has form " + form + ", this version of Millrace reads form " + FORM);
      }
      Map<String, byte[]> sections = new LinkedHashMap<>();
      Map<String, String> descriptions = new LinkedHashMap<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        descriptions.put(name, in.readUTF());
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
          throw damaged(null);
        }
        byte[] section = new byte[length];
        in.readFully(section);
        sections.put(name, section);
      }
      return new JobImage(sections, descriptions);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** The image as bytes. */
  public byte[] toBytes() {
    return bytes(
        out -> {
          out.writeInt(FORM);
          out.writeInt(sections.size());
          for (Map.Entry<String, byte[]> section : sections.entrySet()) {
            out.writeUTF(section.getKey());
            out.writeUTF(describe(section.getKey()));
            out.writeInt(section.getValue().length);
            out.write(section.getValue());
          }
        });
  }

  @Override
  public List<String> names() {
    return List.copyOf(sections.keySet());
  }

  @Override
  public String describe(String section) {
    return descriptions.getOrDefault(section, section);
  }

  @Override
  public void read(String section, PartReader reader) {
    byte[] bytes = sections.get(section);
    if (bytes == null) {
      throw damaged(null);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      reader.read(in);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static byte[] bytes(SnapshotContent content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static MillraceException damaged(@Nullable IOException cause) {
    return new MillraceException("the snapshot is damaged: its bytes make no sense", cause);
  }
}
