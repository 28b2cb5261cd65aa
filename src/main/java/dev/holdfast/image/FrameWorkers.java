package dev.holdfast.image;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The threads that compress frames, as many as there are processors, shared by all dumps of the
/// process: compression is the one part that costs whole cores. Thread-safe.
public final class FrameWorkers implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("frame-", 0).factory());
  private final ThreadLocal<Codec> codecs = ThreadLocal.withInitial(Codec::new);

  /// Frames that dumps may have under way beyond what is theirs: a dump alone then keeps all
  /// processors busy, and ten at once do not need ten times the memory.
  private final Semaphore spare = new Semaphore(spareFrames(Runtime.getRuntime()));

  /// One thread's contexts and its buffer for reading back what it compressed.
  static final class Codec {
    final ZstdCompressCtx compressor = new ZstdCompressCtx();
    final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    final byte[] readBack = new byte[FrameCutter.RAW_SIZE];
  }

  <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /// Begins when the one before is over, and sees all that it did.
  CompletableFuture<Void> after(CompletableFuture<Void> before, Runnable task) {
    return before.thenRunAsync(task, threads);
  }

  /// Whether one more frame may be under way; whoever got it gives it back.
  boolean borrow() {
    return spare.tryAcquire();
  }

  void giveBack(int frames) {
    spare.release(frames);
  }

  /// Two for each processor, in an eighth of the memory at most.
  private static int spareFrames(Runtime runtime) {
    long fitting = runtime.maxMemory() / 8 / (2 * FrameCutter.RAW_SIZE);
    return (int) Math.min(2L * runtime.availableProcessors(), fitting);
  }

  Codec codec() {
    return codecs.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
