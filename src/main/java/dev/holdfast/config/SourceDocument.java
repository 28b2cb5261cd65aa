package dev.holdfast.config;

import dev.holdfast.model.declared.Agent;
import dev.holdfast.model.declared.Application;
import dev.holdfast.model.declared.Availability;
import dev.holdfast.model.declared.Compress;
import dev.holdfast.model.declared.Connect;
import dev.holdfast.model.declared.Database;
import dev.holdfast.model.declared.Encrypt;
import dev.holdfast.model.declared.Expect;
import dev.holdfast.model.declared.Hook;
import dev.holdfast.model.declared.Hypervisor;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.Operating;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.Snapshot;
import dev.holdfast.model.declared.Strategy;
import dev.holdfast.model.declared.TextRule;
import dev.holdfast.model.declared.Threshold;
import dev.holdfast.model.declared.Tolerate;
import java.util.List;
import java.util.Optional;

/// A document of kind Source, as written.
record SourceDocument(
    @Flat Header header,
    @Key("what is dumped") SourceType type,
    @Key(
            value = "the machine; localhost is this one",
            initially = "localhost",
            text = TextRule.HOST)
        String host,
    @Key("the operating system it should have") @Later(except = "linux") Optional<Operating> os,
    @Key("programs on the host") @Later Optional<Agent> agent,
    @Key("how the host is reached") @Later Optional<Connect> connect,
    @Key(value = "filesystem: what is dumped, none inside another", text = TextRule.PATH)
        List<String> paths,
    @Key(value = "filesystem: patterns that are left out", text = TextRule.PATTERN)
        List<String> exclude,
    @Key(value = "filesystem: do not enter other mount points", initially = "true")
        boolean oneFileSystem,
    @Key("database: what is dumped") Optional<Database> database,
    @Key("application: what is dumped") Optional<Application> application,
    @Key("hypervisor: what is dumped") Optional<Hypervisor> hypervisor,
    @Key(
            value = "which levels it gets; nofull and incronly build on one full for ever",
            initially = "standard")
        Strategy strategy,
    @Key(value = "one step weighs as much as a day overdue", initially = "medium")
        Priority priority,
    @Key("a frozen view to dump from") @Later Optional<Snapshot> snapshot,
    @Key("what must hold before a dump counts") Expected expect,
    @Key("how many complaints are still a good dump") Tolerate tolerate,
    @Key("how dumps are compressed") Compress compress,
    @Key("how parts are encrypted; this release stores them as they are") Encrypt encrypt,
    @Key("whether it may be away") Optional<Availability> availability,
    @Key("commands around its dumps") @Later List<Hook> hooks) {

  /// The seed's types of source.
  enum SourceType {
    FILESYSTEM,
    DATABASE,
    APPLICATION,
    HYPERVISOR
  }

  /// What must hold, as written.
  record Expected(
      @Key(value = "every path must itself be a mount point", initially = "false")
          boolean mountpoint,
      @Key(value = "files that must exist", shorthand = Type.ListOf.ITEM, text = TextRule.PATH)
          List<String> sentinel,
      @Key("fewest members of a good full") Optional<Long> minFiles,
      @Key(value = "a source without a single file is fine", initially = "false")
          boolean allowEmpty,
      @Key("a dump smaller by this share than the last one is suspicious") @Later
          Optional<Threshold.Percent> shrinkGuard) {

    Expect bound(List<String> sentinels) {
      return new Expect(mountpoint, sentinels, minFiles, allowEmpty);
    }
  }
}
