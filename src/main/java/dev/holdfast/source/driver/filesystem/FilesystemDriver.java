package dev.holdfast.source.driver.filesystem;

import dev.holdfast.io.DataProcess;
import dev.holdfast.io.DisplayText;
import dev.holdfast.io.Mounts;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.source.DumpOutcome;
import dev.holdfast.source.DumpRequest;
import dev.holdfast.source.EstimateRequest;
import dev.holdfast.source.ExtractOutcome;
import dev.holdfast.source.Readiness;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.ToleranceVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files of this host, by GNU tar.
public final class FilesystemDriver implements SourceDriver {
  private static final int FATAL_STATUS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /// What a dump takes beside contents. An estimate goes without: it would ask for each file's
  /// attributes, three calls more a file, and they hardly weigh anything.
  private static final List<String> ATTRIBUTES =
      List.of("--xattrs", "--xattrs-include=*", "--acls", "--selinux");

  private static final String MOUNT_AWAY = ", so its file system is not there";

  private static final Pattern TOTAL = Pattern.compile("Total bytes written: (\\d+).*");

  private final SourceKey key;
  private final Filesystem source;

  public FilesystemDriver(SourceKey key, Filesystem source) {
    this.key = key;
    this.source = source;
  }

  @Override
  public Readiness probe() throws IOException {
    for (var path : source.paths()) {
      var folder = Path.of(path);
      if (source.expect().mountpoint() && Files.notExists(folder)) {
        return new Readiness.Away(problem(absent(folder) + MOUNT_AWAY, "mount it"));
      }
      if (!Files.exists(folder)) {
        return notReady(absent(folder), "mount or create it, or correct 'paths'");
      }
      if (Files.isSymbolicLink(folder)) {
        return notReady(
            path + " is a symbolic link, and a dump would hold nothing but the link",
            "name in 'paths' what it points to: " + folder.toRealPath());
      }
      if (source.expect().mountpoint() && !Mounts.isPoint(folder)) {
        return new Readiness.Away(
            problem(
                path + " is not a mount point" + MOUNT_AWAY,
                "mount it, or drop expect.mountpoint"));
      }
    }
    for (var sentinel : source.expect().sentinels()) {
      if (!Files.exists(Path.of(sentinel))) {
        return notReady(
            "the sentinel " + sentinel + " does not exist", "see whether the right data is there");
      }
    }
    return source.expect().allowEmpty() || hasContent()
        ? new Readiness.Ready()
        : notReady("there is not a single entry below its paths", "set expect.allowEmpty if so");
  }

  @Override
  public Estimate bound() throws IOException {
    long used = 0;
    var seen = new HashSet<Long>();
    for (var path : source.paths()) {
      var folder = Path.of(path);
      if (seen.add(Mounts.device(folder))) {
        used += Mounts.total(folder) - Mounts.free(folder);
      }
    }
    return new Estimate(used, Estimate.Method.USAGE);
  }

  @Override
  public Estimate measure(EstimateRequest request, Duration limit)
      throws IOException, InterruptedException {
    if (request.base().isEmpty()) {
      // without a snapshot: looking for what was renamed would read every folder twice
      return total(Optional.empty(), limit);
    }
    var snapshot = request.scratch().resolve(key.source() + ".measure");
    prepareSnapshot(request.base(), snapshot);
    try {
      return total(Optional.of(snapshot), limit);
    } finally {
      Files.deleteIfExists(snapshot);
    }
  }

  @Override
  public DumpOutcome dump(DumpRequest request, OutputStream sink)
      throws IOException, InterruptedException {
    var obstacle = probe().obstacle();
    if (obstacle.isPresent()) {
      return new DumpOutcome.Failed(obstacle.get());
    }
    var devices = devices();
    prepareSnapshot(request.base(), request.snapshot());
    var ended =
        new DataProcess(create("-", Optional.of(request.snapshot()), ATTRIBUTES), request.noData())
            .run(sink);
    if (ended.stalled()) {
      return failed(
          "no data for " + request.noData().toSeconds() + " s",
          "see what blocks reading it; how.timeouts.noData is the limit");
    }
    var since = probe().obstacle();
    if (since.isPresent()) {
      return new DumpOutcome.Failed(since.get());
    }
    if (!devices.equals(devices())) {
      return failed("another file system was mounted during the dump", "run again");
    }
    return judge(ended);
  }

  @Override
  public Optional<Problem> missing(long members) {
    if (members == 0) {
      return Optional.of(
          problem(
              "the dump holds not a single member",
              "see whether 'exclude' leaves out the paths themselves"));
    }
    return source
        .expect()
        .minFiles()
        .filter(fewest -> members < fewest)
        .map(
            fewest ->
                problem(
                    "the full holds " + members + " members, expect.minFiles is " + fewest,
                    "see whether the right data is there, or lower expect.minFiles"));
  }

  @Override
  public ExtractOutcome extract(InputStream tar, Path target)
      throws IOException, InterruptedException {
    var owner = isRoot() ? "--same-owner" : "--no-same-owner";
    var command =
        List.of(
            "tar",
            "--extract",
            "--file=-",
            "--directory=" + target,
            "--preserve-permissions",
            owner,
            "--numeric-owner",
            "--xattrs",
            "--xattrs-include=*",
            "--acls",
            "--selinux",
            "--delay-directory-restore",
            "--warning=no-timestamp");
    var ended = new DataProcess(command, PATIENCE).feed(tar);
    var messages =
        ended.lines().stream()
            .filter(line -> !line.startsWith("tar: Exiting with failure status"))
            .map(DisplayText::of)
            .toList();
    return new ExtractOutcome(ended.exit() == 0, messages);
  }

  @Override
  public String archiver() throws IOException, InterruptedException {
    var lines = new String(DataProcess.output("tar", "--version"), StandardCharsets.UTF_8).lines();
    return lines.findFirst().orElse("tar");
  }

  private DumpOutcome judge(DataProcess.Ended ended) {
    var messages = TarMessages.of(ended.lines(), ended.unread());
    boolean explained = ended.exit() < FATAL_STATUS || messages.explainsFailure();
    if (messages.fatal() || ended.exit() > FATAL_STATUS || !explained) {
      return failed(
          "tar ended with status "
              + ended.exit()
              + ": "
              + messages.firstSample().orElse("no message"),
          "read tar's message; nothing of this dump was kept");
    }
    DumpWarnings warnings = messages.warnings();
    return new DumpOutcome.Complete(
        warnings, ToleranceVerdict.of(warnings, source.tolerate()), Map.of("tar", ended.exit()));
  }

  private Estimate total(Optional<Path> snapshot, Duration limit)
      throws IOException, InterruptedException {
    // no byte comes from it before its end, so the longest silence is the longest time
    var ended =
        new DataProcess(create("/dev/null", snapshot, List.of("--totals")), limit)
            .run(OutputStream.nullOutputStream());
    if (ended.stalled()) {
      throw new IOException(
          "no answer within " + limit.toSeconds() + " s, which is how.timeouts.estimate");
    }
    return ended.lines().stream()
        .map(TOTAL::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(total -> new Estimate(Long.parseLong(total.group(1)), Estimate.Method.CLIENT))
        .orElseThrow(
            () -> new IOException("tar gave no total: " + String.join("; ", ended.lines())));
  }

  private List<String> create(String file, Optional<Path> snapshot, List<String> more) {
    var command = new ArrayList<>(List.of("tar", "--create", "--file=" + file));
    command.addAll(more);
    command.addAll(
        List.of(
            "--format=pax",
            "--pax-option=delete=atime,delete=ctime",
            "--sort=name",
            "--no-check-device",
            "--numeric-owner",
            "--sparse",
            "--blocking-factor=128",
            "--warning=no-xdev",
            "--warning=no-new-directory",
            "--warning=no-rename-directory"));
    snapshot.ifPresent(known -> command.add("--listed-incremental=" + known));
    if (source.oneFileSystem()) {
      command.add("--one-file-system");
    }
    var names = TarNames.of(source.paths());
    command.addAll(new Excludes(names).options(source.exclude()));
    command.addAll(List.of("--directory=/", "--"));
    source.paths().forEach(path -> command.add(names.of(path)));
    return command;
  }

  private void prepareSnapshot(Optional<Path> base, Path snapshot)
      throws IOException, InterruptedException {
    if (base.isEmpty()) {
      Files.deleteIfExists(snapshot);
      return;
    }
    var scope = source.oneFileSystem() ? List.of("-xdev") : List.<String>of();
    new BaseSnapshot(source.paths(), scope, PATIENCE).copy(base.get(), snapshot);
  }

  private boolean hasContent() throws IOException {
    for (var path : source.paths()) {
      var folder = Path.of(path);
      if (!Files.isDirectory(folder)) {
        return true;
      }
      try (var entries = Files.newDirectoryStream(folder)) {
        if (entries.iterator().hasNext()) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Long> devices() throws IOException {
    var devices = new ArrayList<Long>();
    for (var path : source.paths()) {
      devices.add(Mounts.device(Path.of(path)));
    }
    return devices;
  }

  private Readiness notReady(String fact, String hint) {
    return new Readiness.NotReady(problem(fact, hint));
  }

  private DumpOutcome failed(String fact, String hint) {
    return new DumpOutcome.Failed(problem(fact, hint));
  }

  private Problem problem(String fact, String hint) {
    return new Problem("source " + key, fact, hint);
  }

  /// A folder that may not be looked into hides what is in it: that is not the same as nothing.
  private static String absent(Path path) {
    return Files.notExists(path)
        ? path + " does not exist"
        : path + " cannot be reached by user " + System.getProperty("user.name");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name", "").equals("root");
  }
}
