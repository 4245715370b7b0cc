package io.millrace.state.store;

import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps the snapshots of each job in a folder of the job's name, within one folder. */
public final class FileSnapshotStores implements SnapshotStores {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

  private final Path folder;
  private final @Nullable SnapshotKey key;

  /**
   * @param folder is made when a job needs it
   * @param key encrypts all of them; null for plain files
   */
  public FileSnapshotStores(Path folder, @Nullable SnapshotKey key) {
    this.folder = folder;
    this.key = key;
  }

  @Override
  public SnapshotStore open(String job) {
    return FileSnapshotStore.open(folderOf(job), key);
  }

  @Override
  public String place(String job) {
    return "'" + folderOf(job) + "'";
  }

  /** The folder with the snapshots of a job. */
  public Path folderOf(String job) {
    return folder.resolve(fileName(job));
  }

  /** The job whose folder has this name. */
  static String jobOf(String fileName) {
    byte[] bytes = new byte[fileName.length()];
    int length = 0;
    for (int i = 0; i < fileName.length(); i++) {
      boolean isEscape = fileName.charAt(i) == '%' && i + 2 < fileName.length();
      int high = isEscape ? Character.digit(fileName.charAt(i + 1), 16) : -1;
      int low = isEscape ? Character.digit(fileName.charAt(i + 2), 16) : -1;
      boolean isByte = high >= 0 && low >= 0;
      bytes[length++] = (byte) (isByte ? high * 16 + low : fileName.charAt(i));
      i += isByte ? 2 : 0;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The name with every byte that is not plain in all file systems as {@code %} and two digits. */
  private static String fileName(String job) {
    StringBuilder name = new StringBuilder();
    for (byte b : job.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = PLAIN.indexOf(b) >= 0;
      if (isPlain || (b == '.' && name.length() > 0)) {
        name.append((char) b);
      } else {
        name.append('%').append(Character.forDigit((b >> 4) & 15, 16));
        name.append(Character.forDigit(b & 15, 16));
      }
    }
    return name.toString();
  }
}
