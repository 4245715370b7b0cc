package io.millrace.spi.option;

/** What the value of an option must be. */
public enum OptionType {
  STRING("a string"),
  BOOLEAN("TRUE or FALSE"),
  INTEGER("a whole number"),
  DOUBLE("a number"),
  DURATION("a duration such as 10 SECONDS or '10 s'"),
  BYTES("a size such as '64 MB'"),
  CHOICE("one of its choices");

  private final String description;

  OptionType(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}
