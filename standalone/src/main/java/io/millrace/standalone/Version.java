package io.millrace.standalone;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the command, from the manifest of its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  static String text() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "millrace " + Optional.ofNullable(version).orElse("(not installed)");
  }
}
