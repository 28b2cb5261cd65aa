package dev.holdfast.image;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The threads that compress frames, as many as there are processors, shared by all dumps of the
/// process: compression is the one part that costs whole cores. Thread-safe.
public final class FrameWorkers implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("frame-", 0).factory());
  private final ThreadLocal<Codec> codecs = ThreadLocal.withInitial(Codec::new);

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

  Codec codec() {
    return codecs.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
