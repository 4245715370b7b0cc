package io.millrace.state.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts blocks with AES-256 in Galois/Counter Mode (NIST SP 800-38D). The key is one of the file
 * alone, so the block's index serves as nonce; index and last-block flag are authenticated too, so
 * that blocks can be neither cut off nor put elsewhere (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015).
 */
final class EncryptionSeal implements BlockSeal {
  private static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;

  EncryptionSeal(SecretKey key) {
    this.key = key;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  @Override
  public int length() {
    return TAG_BYTES;
  }

  @Override
  public void seal(long index, boolean isLast, byte[] block, int size) {
    try {
      start(Cipher.ENCRYPT_MODE, index, isLast);
      cipher.doFinal(block, 0, size, block, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses block " + index, e);
    }
  }

  @Override
  public boolean open(long index, boolean isLast, byte[] block, int size) {
    try {
      start(Cipher.DECRYPT_MODE, index, isLast);
      cipher.doFinal(block, 0, size + TAG_BYTES, block, 0);
      return true;
    } catch (AEADBadTagException ignored) { // that is the answer
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses block " + index, e);
    }
  }

  private void start(int mode, long index, boolean isLast) throws GeneralSecurityException {
    ByteBuffer place = ByteBuffer.allocate(NONCE_BYTES + 1);
    place.putInt(0).putLong(index).put((byte) (isLast ? 1 : 0));
    byte[] bytes = place.array();
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, bytes, 0, NONCE_BYTES));
    cipher.updateAAD(bytes);
  }
}
