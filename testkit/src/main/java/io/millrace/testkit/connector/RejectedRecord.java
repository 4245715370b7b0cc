package io.millrace.testkit.connector;

/**
 * A record that could not be decoded.
 *
 * @param origin what names it
 * @param text its bytes as UTF-8
 * @param error why
 */
public record RejectedRecord(String origin, String text, String error) {}
