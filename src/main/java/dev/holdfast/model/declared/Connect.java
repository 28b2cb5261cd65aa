package dev.holdfast.model.declared;

import java.util.Optional;

/// How a remote host is reached.
public record Connect(@Key("over SSH") Optional<Ssh> ssh) {

  public record Ssh(
      @Key(value = "the login name", text = TextRule.NAME) String user,
      @Key(value = "the port", initially = "22", min = 1, max = 65535) int port,
      @Key("the private key") Optional<Secret> identity,
      @Key(value = "how the host proves itself", initially = "pinned") HostKey hostKey) {}

  public enum HostKey {
    PINNED,
    KNOWN_HOSTS
  }
}
