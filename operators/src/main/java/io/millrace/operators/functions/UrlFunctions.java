package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts and escapes of URLs. A text that is no URL has no parts: they are NULL. */
public final class UrlFunctions {
  private UrlFunctions() {}

  @ScalarFunction(
      name = {"url_encode", "url_encode_param"},
      signature = "(STRING) -> STRING",
      description = "The text as a parameter of a URL.",
      category = Category.URLS,
      examples = {"url_encode('a b&ü') = 'a+b%26%C3%BC'"})
  public static String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ScalarFunction(
      name = {"url_decode", "url_decode_param"},
      signature = "(STRING) -> STRING",
      description = "The text that a parameter of a URL stands for.",
      category = Category.URLS,
      examples = {"url_decode('a+b%26%C3%BC') = 'a b&ü'"},
      canFail = true)
  public static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException ignored) { // the row error says it
      throw new RowException("'" + text + "' has a percent sign that begins no escape");
    }
  }

  @ScalarFunction(
      name = "url_extract_host",
      signature = "(STRING) -> STRING",
      description = "The host of a URL; NULL if there is none.",
      category = Category.URLS,
      examples = {
        "url_extract_host('https://example.org:8080/a?b=c#d') = 'example.org'",
        "url_extract_host('no url') IS NULL"
      })
  public static @Nullable String host(String url) {
    return part(url, URI::getHost);
  }

  @ScalarFunction(
      name = "url_extract_path",
      signature = "(STRING) -> STRING",
      description = "The path of a URL, its escapes read; NULL if there is none.",
      category = Category.URLS,
      examples = {"url_extract_path('https://example.org/a/b%20c?d') = '/a/b c'"})
  public static @Nullable String path(String url) {
    return part(url, URI::getPath);
  }

  @ScalarFunction(
      name = "url_extract_port",
      signature = "(STRING) -> INT",
      description = "The port of a URL; NULL if it names none.",
      category = Category.URLS,
      examples = {
        "url_extract_port('https://example.org:8080/') = 8080",
        "url_extract_port('https://example.org/') IS NULL"
      })
  public static @Nullable Long port(String url) {
    URI uri = parse(url);
    return uri == null || uri.getPort() < 0 ? null : (Long) (long) uri.getPort();
  }

  @ScalarFunction(
      name = "url_extract_protocol",
      signature = "(STRING) -> STRING",
      description = "The protocol of a URL; NULL if there is none.",
      category = Category.URLS,
      examples = {"url_extract_protocol('https://example.org/') = 'https'"})
  public static @Nullable String protocol(String url) {
    return part(url, URI::getScheme);
  }

  @ScalarFunction(
      name = "url_extract_query",
      signature = "(STRING) -> STRING",
      description =
          "What is behind the question mark of a URL, its escapes read; NULL without one.",
      category = Category.URLS,
      examples = {"url_extract_query('https://example.org/a?b=c&d=e') = 'b=c&d=e'"})
  public static @Nullable String query(String url) {
    return part(url, URI::getQuery);
  }

  @ScalarFunction(
      name = "url_extract_fragment",
      signature = "(STRING) -> STRING",
      description = "What is behind the number sign of a URL; NULL without one.",
      category = Category.URLS,
      examples = {"url_extract_fragment('https://example.org/a#top') = 'top'"})
  public static @Nullable String fragment(String url) {
    return part(url, URI::getFragment);
  }

  @ScalarFunction(
      name = "url_extract_parameter",
      signature = "(STRING, STRING) -> STRING",
      description = "The first value of a parameter of a URL; empty without =, NULL if absent.",
      category = Category.URLS,
      examples = {
        "url_extract_parameter('http://a.org/?b=1&c=x%26y', 'c') = 'x&y'",
        "url_extract_parameter('http://a.org/?b=1', 'd') IS NULL"
      })
  public static @Nullable String parameter(String url, String name) {
    String query = part(url, URI::getRawQuery);
    if (query == null) {
      return null;
    }
    for (Object each : SearchFunctions.split(query, "&")) {
      String pair = (String) each;
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (name.equals(decoded(key))) {
        return equals < 0 ? "" : decoded(pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException ignored) { // a broken escape stays as it is
      return text;
    }
  }

  private static @Nullable String part(String url, Function<URI, @Nullable String> getter) {
    URI uri = parse(url);
    String part = uri == null ? null : getter.apply(uri);
    return part == null || part.isEmpty() ? null : part;
  }

  private static @Nullable URI parse(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException ignored) { // no URL, so no parts
      return null;
    }
  }
}
