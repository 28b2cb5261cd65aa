package dev.holdfast.job;

import dev.holdfast.image.DamagedException;
import dev.holdfast.image.FrameWorkers;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.Member;
import dev.holdfast.image.MemberPath;
import dev.holdfast.image.PointInTimeView;
import dev.holdfast.image.RestoreStream;
import dev.holdfast.image.Wanted;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.Expect;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.SourceSpec;
import dev.holdfast.model.declared.Tolerate;
import dev.holdfast.report.Printable;
import dev.holdfast.report.RestoreReport;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.Span;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.driver.SourceDrivers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Conducts a restore: the true tree at a point in time, of which each image of the chain gives the
/// members that live in it. Nothing deleted comes back, nothing outside the target is touched, and
/// no byte is used before its digest was checked.
public final class Restore {
  private final RestoreRequest request;
  private final RunEvents events;
  private final List<String> messages = new ArrayList<>();
  private List<MemberPath> roots = List.of();
  private boolean complete = true;

  private Restore(RestoreRequest request, RunEvents events) {
    this.request = request;
    this.events = events;
  }

  /// Restores into the request's target.
  ///
  /// @throws HoldfastException NOT_FOUND when nothing is selected, USAGE when the target is not
  ///     empty, DAMAGED when stored bytes failed their check
  public static RestoreReport run(RestoreRequest request, RunEvents events)
      throws IOException, InterruptedException {
    return new Restore(request, events).restore();
  }

  /// Gives the content of one regular file.
  public static RestoreReport content(RestoreRequest request, RunEvents events, OutputStream out)
      throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("holdfast-restore");
    try {
      var report = new Restore(into(request, scratch), events).restore();
      try (var files = Files.walk(scratch)) {
        var regular = files.filter(Files::isRegularFile).toList();
        if (regular.size() != 1) {
          throw new HoldfastException(
              ExitCode.USAGE,
              new Problem(
                  "", regular.size() + " files are selected, --stdout gives one", "name one file"));
        }
        Files.copy(regular.getFirst(), out);
      }
      return report.to("standard output");
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private static RestoreRequest into(RestoreRequest request, Path target) {
    return new RestoreRequest(
        request.declarations(),
        request.set(),
        request.source(),
        request.paths(),
        request.at(),
        request.image(),
        target,
        true,
        request.clock());
  }

  private RestoreReport restore() throws IOException, InterruptedException {
    var began = Instant.now(request.clock());
    var state = SetState.of(request.declarations().state(), request.set().name());
    // before the catalog is asked: what it names stays until the end
    try (var _ = Readers.of(state).announce();
        var reader = SetReader.open(request.declarations(), request.set())) {
      var row =
          request.image().isPresent()
              ? reader.image(request.image().get())
              : reader.newest(request.source(), request.at());
      var point = reader.at(row, wanted());
      var selected = select(point.view());
      prepareTarget();
      events.tell(new RunEvent.PhaseBegan(RunEvent.Phase.RESTORE));
      extract(point, selected);
      return report(point, selected, began).with(reader.detours().notes());
    } catch (DamagedException damaged) {
      throw new HoldfastException(ExitCode.DAMAGED, damaged.damage().problem(), damaged);
    } catch (MalformedStreamException malformed) {
      throw new HoldfastException(
          ExitCode.DAMAGED,
          new Problem(
              "source " + key(),
              malformed.getMessage() == null
                  ? "a stored file is malformed"
                  : malformed.getMessage(),
              "'holdfast verify " + request.set().name() + "' names every damaged file"),
          malformed);
    }
  }

  private Wanted wanted() {
    return request.paths().isEmpty()
        ? Wanted.everything()
        : new Wanted(request.paths().stream().flatMap(TypedPath::readings).toList());
  }

  private List<PointInTimeView.Entry> select(PointInTimeView view) {
    if (request.paths().isEmpty()) {
      roots = List.of(MemberPath.ROOT);
      return view.entries(MemberPath.ROOT);
    }
    roots = request.paths().stream().map(path -> TypedPath.in(view, path)).toList();
    var selected = new LinkedHashSet<PointInTimeView.Entry>();
    for (var path : roots) {
      var found = view.entries(path);
      if (found.isEmpty()) {
        throw new HoldfastException(
            ExitCode.NOT_FOUND,
            new Problem(
                "source " + key(),
                "has no '/" + Printable.of(path) + "' at that time",
                "'holdfast ls " + key() + "' and 'holdfast find' show what there is"));
      }
      selected.addAll(found);
    }
    return List.copyOf(selected);
  }

  private void prepareTarget() throws IOException {
    var target = request.target();
    Files.createDirectories(target);
    try (var entries = Files.newDirectoryStream(target)) {
      if (entries.iterator().hasNext() && !request.intoExisting()) {
        throw new HoldfastException(
            ExitCode.USAGE,
            new Problem(
                target.toString(),
                "is not empty; a restore would mix with what is there",
                "name an empty folder, or give --into-existing to replace files of the same names"));
      }
    }
  }

  private void extract(SetReader.PointInTime point, List<PointInTimeView.Entry> selected)
      throws IOException, InterruptedException {
    var driver = driver();
    var selection = new RestoreStream.Selection(point.view(), selected);
    try (var workers = new FrameWorkers()) {
      for (int image = 0; image < point.files().size(); image++) {
        int current = image;
        if (selected.stream().noneMatch(entry -> entry.image() == current)) {
          continue;
        }
        try (var tar =
            RestoreStream.open(
                selection, image, point.files().get(image), point.frames().get(image), workers)) {
          var outcome = driver.extract(tar, request.target());
          complete &= outcome.complete();
          messages.addAll(outcome.messages());
        }
      }
    }
  }

  private RestoreReport report(
      SetReader.PointInTime point, List<PointInTimeView.Entry> selected, Instant began) {
    var missing =
        point.view().missing().stream()
            .filter(this::isSelected)
            .map(
                path ->
                    new Problem(
                        Printable.of(new MemberPath("/" + path)),
                        "vanished or was unreadable while it was dumped",
                        "an earlier image may hold it: --at"))
            .toList();
    var problems =
        complete
            ? List.<Problem>of()
            : messages.stream()
                .map(
                    text ->
                        new Problem(
                            "",
                            text,
                            "restore it into an empty folder where that can be made: '"
                                + key()
                                + " PATH --to DIR'"))
                .toList();
    long bytes =
        selected.stream()
            .map(PointInTimeView.Entry::member)
            .filter(member -> member.type() == Member.Type.FILE)
            .mapToLong(Member::size)
            .sum();
    long lost = complete ? 0 : Math.min(selected.size(), messages.size());
    return new RestoreReport(
        key(),
        point.at(),
        complete && missing.isEmpty() ? ExitCode.OK : ExitCode.RESTORE_INCOMPLETE,
        new Span(began, Instant.now(request.clock())),
        point.chain(),
        request.target().toString(),
        new RestoreReport.Members(
            selected.size() + (long) missing.size(), selected.size() - lost, bytes),
        missing,
        problems,
        notes());
  }

  private List<String> notes() {
    return System.getProperty("user.name", "").equals("root")
        ? List.of()
        : List.of("owners were not restored: that needs root");
  }

  private boolean isSelected(String path) {
    return roots.stream().anyMatch(root -> root.contains(new MemberPath(path)));
  }

  /// A source that is no longer declared can be restored all the same.
  private SourceDriver driver() {
    var declared = request.set().source(request.source()).map(Source::spec);
    SourceSpec spec =
        declared.orElseGet(
            () ->
                new Filesystem(
                    List.of("/"), List.of(), true, Expect.nothing(), Tolerate.defaults()));
    return SourceDrivers.of(key(), spec);
  }

  private SourceKey key() {
    return new SourceKey(request.set().name(), request.source());
  }
}
