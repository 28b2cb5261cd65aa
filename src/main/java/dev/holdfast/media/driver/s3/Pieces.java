package dev.holdfast.media.driver.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The pieces of one upload on their way, as many at a time as there are upload threads. Used by
/// one thread.
final class Pieces implements AutoCloseable {
  private final Requests requests;
  private final String upload;
  private final Semaphore free;
  private final SortedMap<Integer, Future<Requests.Sent>> sending = new TreeMap<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-write").factory());

  Pieces(Requests requests, String upload, int threads) {
    this.requests = requests;
    this.upload = upload;
    this.free = new Semaphore(threads);
  }

  /// Sends a piece as soon as a thread is free, which is waited for.
  ///
  /// @throws IOException when an earlier piece failed
  void send(Requests.Part piece, Sums sums) throws IOException {
    try {
      free.acquire();
      failFast();
      sending.put(piece.number(), workers.submit(() -> sent(piece, sums)));
    } catch (InterruptedException stopped) {
      throw stopped();
    }
  }

  /// Every piece in its order, once the server has them all.
  List<Requests.Sent> sent() throws IOException {
    try {
      var sent = new ArrayList<Requests.Sent>();
      for (var one : sending.values()) {
        sent.add(result(one));
      }
      return sent;
    } catch (InterruptedException stopped) {
      throw stopped();
    }
  }

  /// Interrupts what is under way and waits for its end.
  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
  }

  private Requests.Sent sent(Requests.Part piece, Sums sums) throws IOException {
    try {
      return requests.part(upload, piece, sums);
    } finally {
      free.release();
    }
  }

  private void failFast() throws IOException, InterruptedException {
    for (var one : sending.values()) {
      if (one.state() == Future.State.FAILED) {
        result(one);
      }
    }
  }

  private static InterruptedIOException stopped() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("stopped while a part was sent");
  }

  private static Requests.Sent result(Future<Requests.Sent> one)
      throws IOException, InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException trouble -> throw trouble;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IOException(failed);
      }
    }
  }
}
