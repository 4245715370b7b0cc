package io.millrace.language.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the page of the documentation that lists what is not supported yet. */
public final class UnsupportedFeatures {
  private UnsupportedFeatures() {}

  /** The page, made of {@link UnsupportedFeature}. */
  public static String markdown() {
    Map<String, List<String>> chapters = new LinkedHashMap<>();
    for (UnsupportedFeature feature : UnsupportedFeature.values()) {
      chapters
          .computeIfAbsent(feature.chapter(), absent -> new ArrayList<>())
          .add(feature.description());
    }
    StringBuilder page =
        new StringBuilder(
            """
            # Not supported yet

            All of this parses, and is refused when a script is compiled, at its place and with the words "… is not
            supported yet". This page is made from the code that refuses.
            """);
    chapters.forEach(
        (chapter, features) -> {
          page.append("\n## ")
              .append(Character.toUpperCase(chapter.charAt(0)))
              .append(chapter.substring(1))
              .append("\n\n");
          features.forEach(feature -> page.append("- ").append(feature).append('\n'));
        });
    return page.toString();
  }
}
