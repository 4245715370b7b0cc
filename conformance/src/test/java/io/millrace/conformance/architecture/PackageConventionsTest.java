package io.millrace.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PackageConventionsTest {
  private static final Set<String> EMPTY_NAMES =
      Set.of(
          "base", "common", "commons", "core", "helper", "helpers", "impl", "misc", "shared",
          "util", "utils");
  private static final Pattern DOCUMENTED =
      Pattern.compile("/\\*\\*.*\\*/\\s*@NullMarked\\s+package .*", Pattern.DOTALL);
  private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  @Test
  void shouldSayWhatItIsAndMarkNullsWhenPackage() {
    List<String> silent =
        packages().stream()
            .map(folder -> folder.resolve("package-info.java"))
            .filter(info -> !Files.exists(info) || !isDocumented(info))
            .map(Sources::nameOf)
            .toList();

    assertThat(silent)
        .as("missing package-info.java, or one without Javadoc followed by @NullMarked")
        .isEmpty();
  }

  @Test
  void shouldNameAConceptWhenPackage() {
    List<String> nameless =
        packages().stream()
            .filter(folder -> EMPTY_NAMES.contains(folder.getFileName().toString()))
            .map(Sources::nameOf)
            .toList();

    assertThat(nameless).as("packages whose name says nothing about what is in them").isEmpty();
  }

  @Test
  void shouldLeaveNothingOpenWhenOnMain() {
    List<String> open =
        Sources.ofMain().stream()
            .filter(
                file ->
                    Sources.linesOf(file).stream().anyMatch(line -> LEFT_OPEN.matcher(line).find()))
            .map(Sources::nameOf)
            .toList();

    assertThat(open)
        .as("sources with a mark of unfinished work: do it, or open an issue")
        .isEmpty();
  }

  private static List<Path> packages() {
    return Sources.ofMain().stream().map(Path::getParent).distinct().toList();
  }

  private static boolean isDocumented(Path info) {
    return DOCUMENTED.matcher(String.join("\n", Sources.linesOf(info))).matches();
  }
}
