package io.millrace.operators.functions;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and checksums of bytes, and of texts by their UTF-8 bytes. */
public final class HashFunctions {
  private HashFunctions() {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new RowException(algorithm + " is missing in this JVM: " + e.getMessage());
    }
  }

  @ScalarFunction(
      name = "md5",
      signature = "(STRING) -> STRING",
      description = "The MD5 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"md5('hello') = '5d41402abc4b2a76b9719d911017c592'"})
  public static String md5(String text) {
    return digest("MD5", utf8(text));
  }

  @ScalarFunction(
      name = "md5",
      signature = "(BYTES) -> STRING",
      description = "The MD5 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"length(md5(from_hex('00'))) = 32"})
  public static String md5(Bytes bytes) {
    return digest("MD5", bytes.unsafeArray());
  }

  @ScalarFunction(
      name = "sha1",
      signature = "(STRING) -> STRING",
      description = "The SHA-1 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"sha1('hello') = 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'"})
  public static String sha1(String text) {
    return digest("SHA-1", utf8(text));
  }

  @ScalarFunction(
      name = "sha1",
      signature = "(BYTES) -> STRING",
      description = "The SHA-1 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"length(sha1(from_hex('00'))) = 40"})
  public static String sha1(Bytes bytes) {
    return digest("SHA-1", bytes.unsafeArray());
  }

  @ScalarFunction(
      name = "sha256",
      signature = "(STRING) -> STRING",
      description = "The SHA-256 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {
        "sha256('hello') = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'"
      })
  public static String sha256(String text) {
    return digest("SHA-256", utf8(text));
  }

  @ScalarFunction(
      name = "sha256",
      signature = "(BYTES) -> STRING",
      description = "The SHA-256 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"length(sha256(from_hex('00'))) = 64"})
  public static String sha256(Bytes bytes) {
    return digest("SHA-256", bytes.unsafeArray());
  }

  @ScalarFunction(
      name = "sha512",
      signature = "(STRING) -> STRING",
      description = "The SHA-512 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {
        "sha512('hello') = '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
            + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043'"
      })
  public static String sha512(String text) {
    return digest("SHA-512", utf8(text));
  }

  @ScalarFunction(
      name = "sha512",
      signature = "(BYTES) -> STRING",
      description = "The SHA-512 digest as hexadecimal digits.",
      category = Category.HASHING,
      examples = {"length(sha512(from_hex('00'))) = 128"})
  public static String sha512(Bytes bytes) {
    return digest("SHA-512", bytes.unsafeArray());
  }

  @ScalarFunction(
      name = "crc32",
      signature = "(STRING) -> BIGINT",
      description = "The CRC-32 checksum.",
      category = Category.HASHING,
      examples = {"crc32('hello') = 907060870"})
  public static long crc32(String text) {
    CRC32 checksum = new CRC32();
    checksum.update(utf8(text));
    return checksum.getValue();
  }

  @ScalarFunction(
      name = "crc32",
      signature = "(BYTES) -> BIGINT",
      description = "The CRC-32 checksum.",
      category = Category.HASHING,
      examples = {"crc32(from_hex('68656c6c6f')) = 907060870"})
  public static long crc32(Bytes bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.unsafeArray());
    return checksum.getValue();
  }

  @ScalarFunction(
      name = "xxhash64",
      signature = "(STRING) -> BIGINT",
      description = "The 64-bit xxHash with seed 0: quick and well spread, not for secrets.",
      category = Category.HASHING,
      examples = {"xxhash64('hello') = 2794345569481354659"})
  public static long xxhash64(String text) {
    return XxHash64.hash(utf8(text));
  }

  @ScalarFunction(
      name = "xxhash64",
      signature = "(BYTES) -> BIGINT",
      description = "The 64-bit xxHash with seed 0: quick and well spread, not for secrets.",
      category = Category.HASHING,
      examples = {"xxhash64(from_hex('68656c6c6f')) = 2794345569481354659"})
  public static long xxhash64(Bytes bytes) {
    return XxHash64.hash(bytes.unsafeArray());
  }

  @ScalarFunction(
      name = "hmac_sha256",
      signature = "(STRING, STRING) -> STRING",
      description = "The HMAC-SHA-256 of the first under the key, which is the second.",
      category = Category.HASHING,
      examples = {
        "hmac_sha256('hello', 'key') ="
            + " '9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b'"
      },
      canFail = true)
  public static String hmacSha256(String text, String key) {
    return hmac(utf8(text), utf8(key));
  }

  @ScalarFunction(
      name = "hmac_sha256",
      signature = "(BYTES, BYTES) -> STRING",
      description = "The HMAC-SHA-256 of the first under the key, which is the second.",
      category = Category.HASHING,
      examples = {"length(hmac_sha256(from_hex('00'), from_hex('01'))) = 64"},
      canFail = true)
  public static String hmacSha256(Bytes bytes, Bytes key) {
    return hmac(bytes.unsafeArray(), key.unsafeArray());
  }

  private static String hmac(byte[] bytes, byte[] key) {
    if (key.length == 0) {
      throw new RowException("hmac_sha256 needs a key that is not empty");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new RowException("HmacSHA256 is missing in this JVM: " + e.getMessage());
    }
  }
}
