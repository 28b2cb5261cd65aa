package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;

/// A source of type `hypervisor`; declared and checked, dumped by a later release.
public record Hypervisor(
    @Key("the product") Platform platform,
    @Key(value = "its address", text = TextRule.URL) Optional<String> endpoint,
    @Key(value = "machines; none named = all", text = TextRule.SENTENCE) List<String> machines,
    @Key(value = "the login name", text = TextRule.SENTENCE) Optional<String> user,
    @Key("its password") Optional<Secret> password)
    implements SourceSpec {

  public Hypervisor {
    machines = List.copyOf(machines);
  }

  public enum Platform {
    LIBVIRT,
    PROXMOX,
    VMWARE,
    HYPERV
  }
}
