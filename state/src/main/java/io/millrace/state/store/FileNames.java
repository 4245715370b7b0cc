package io.millrace.state.store;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files of a store. Whatever has another name is not the store's. */
final class FileNames {
  /** Matches the name of a data file. */
  static final String DATA = "[0-9a-f]{64}\\.data";

  private static final Pattern DATA_NAME = Pattern.compile(DATA);
  private static final Pattern MANIFEST_NAME =
      Pattern.compile("snapshot-([1-9]\\d{0,17})\\.manifest");
  private static final Pattern TEMPORARY_NAME = Pattern.compile("[0-9a-f]{16}-\\d{1,18}\\.writing");

  private FileNames() {}

  static String ofData(String sha256) {
    return sha256 + ".data";
  }

  static boolean isData(String name) {
    return DATA_NAME.matcher(name).matches();
  }

  static String ofManifest(long id) {
    return "snapshot-" + id + ".manifest";
  }

  /** The id of the snapshot whose manifest it is; empty if it is none. */
  static OptionalLong findId(String name) {
    Matcher matcher = MANIFEST_NAME.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * The name of a file until it is whole.
   *
   * @param prefix of 16 hexadecimal digits
   */
  static String ofTemporary(String prefix, long number) {
    return prefix + "-" + number + ".writing";
  }

  static boolean isTemporary(String name) {
    return TEMPORARY_NAME.matcher(name).matches();
  }
}
