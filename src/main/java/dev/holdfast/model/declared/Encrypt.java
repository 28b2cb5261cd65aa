package dev.holdfast.model.declared;

import java.util.Optional;

/// Whether and where parts are encrypted. This release stores them as they are: `where: none`.
public record Encrypt(
    @Key(value = "who encrypts", initially = "none") @Later Where where,
    @Key(value = "the cipher", initially = "aes256") Cipher cipher,
    @Key(value = "a key declared in the Project", text = TextRule.NAME) Optional<String> key) {

  public enum Where {
    NONE,
    CLIENT,
    SERVER
  }

  public enum Cipher {
    AES256
  }
}
