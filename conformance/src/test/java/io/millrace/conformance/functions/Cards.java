package io.millrace.conformance.functions;

import io.millrace.spi.function.ScalarFunction;

/** A function: an example of docs/own-functions.md. */
public final class Cards {
  private Cards() {}

  @ScalarFunction(
      name = "mask_card",
      signature = "(STRING) -> STRING",
      description = "The last four digits of a card's number, and a dot for each of the others.",
      category = "cards",
      examples = "mask_card('4929123') = '...9123'")
  public static String maskCard(String number) {
    int hidden = Math.max(0, number.length() - 4);
    return ".".repeat(hidden) + number.substring(hidden);
  }
}
